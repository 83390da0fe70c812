#include "verify/bundle/table_cell.hpp"

#include <array>
#include <cstddef>

namespace cl::verify::bundle {
namespace {

constexpr std::string_view digits = "0123456789";

/// Where a reader that drops these begins to read.
std::string_view without(std::string_view dropped, std::string_view text) {
    std::size_t const at = text.find_first_not_of(dropped);
    return at == std::string_view::npos ? std::string_view() : text.substr(at);
}

bool formula(std::string_view text) {
    constexpr std::array<std::string_view, 8> signs = {
        "=", "+", "-", "@", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};
    std::string_view const seen = without(" \"'", text);
    for (std::string_view const sign : signs) {
        if (seen.starts_with(sign)) return true;
    }
    return false;
}

/// True of what a spreadsheet shows in another way than it is written: anything of digits and the signs of numbers, dates and times, but
/// whole numbers that a double holds.
bool altered(std::string_view text) {
    std::string_view const bare = without("'", text);
    if (bare.find_first_of(digits) == std::string_view::npos) return false;
    if (bare.find_first_not_of("0123456789 $%()+,-./:Ee") != std::string_view::npos) return false;
    bool const whole = bare.find_first_not_of(digits) == std::string_view::npos && bare.size() < 16;
    bool const padded = bare.size() > 1 && bare[0] == '0';
    return !whole || padded || bare.size() != text.size();
}

bool blank(std::string_view text) {
    std::string_view const bare = without("'", text);
    return !bare.empty() && (bare[0] == '\t' || bare[0] == '\r' || bare[0] == '\n');
}

}  // namespace

std::string as_shown(std::string_view text) {
    std::string out;
    for (char const c : text) {
        if (c != '\0') out += c;
    }
    std::string const clean = out;
    out = formula(clean) || altered(clean) || blank(clean) ? "'" : "";
    // Behind each sign that separates cells somewhere.
    std::string_view rest = clean;
    while (!rest.empty()) {
        std::size_t const at = rest.find_first_of(",;|\t\r\n");
        std::size_t const length = at == std::string_view::npos ? rest.size() : at + 1;
        out += rest.substr(0, length);
        rest.remove_prefix(length);
        if (formula(rest)) out += '\'';
    }
    return out;
}

}  // namespace cl::verify::bundle
