#include "ledger/core/markup.hpp"

namespace cl {

void append_markup(std::string_view text, std::string& out) {
    for (char const c : text) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;  // HTML 4 knew no &apos;, and XML knows both
        default:
            if ((static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7f) {
                out += "\xEF\xBF\xBD";
            } else {
                out += c;
            }
        }
    }
}

std::string markup(std::string_view text) {
    std::string out;
    append_markup(text, out);
    return out;
}

}  // namespace cl
