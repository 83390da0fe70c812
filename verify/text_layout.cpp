#include "verify/text_layout.hpp"

#include <algorithm>

namespace cl::verify {

namespace {
constexpr std::size_t columns = 100;
}  // namespace

std::string wrapped(std::string_view first, std::string_view text) {
    std::string out(first);
    std::string const indent(first.size(), ' ');
    std::size_t column = first.size();
    bool start = true;
    while (!text.empty()) {
        std::size_t const end = std::min(text.find(' '), text.size());
        std::string_view const word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (!start && column + 1 + word.size() > columns) {
            out += "\n" + indent;
            column = indent.size();
            start = true;
        }
        out += start ? "" : " ";
        column += word.size() + (start ? 0 : 1);
        out += word;
        start = false;
    }
    return out + "\n";
}

std::string field(std::string_view name, std::string_view value) {
    std::string label = "  " + std::string(name);
    label.resize(18, ' ');
    return wrapped(label, value);
}

}  // namespace cl::verify
