#include "ledger/core/markup.hpp"

#include <cstdint>

namespace cl {
namespace {

/// The character that stands at the start of `text`, and its length. A stray byte stands for itself: none is between what is looked for.
struct Character {
    std::uint32_t code;
    std::size_t bytes;
};

Character first_of(std::string_view text) {
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    auto const continues = [&](std::size_t i) { return i < text.size() && (byte(i) & 0xC0U) == 0x80U; };
    if ((byte(0) & 0xE0U) == 0xC0U && continues(1)) return {(byte(0) & 0x1FU) << 6U | (byte(1) & 0x3FU), 2};
    if ((byte(0) & 0xF0U) == 0xE0U && continues(1) && continues(2)) {
        return {(byte(0) & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU), 3};
    }
    return {byte(0) < 0x80U ? byte(0) : 0xFFFDU, 1};
}

bool is_unseen(std::uint32_t code) {
    struct Range {
        std::uint32_t first;
        std::uint32_t last;
    };
    constexpr Range ranges[] = {{0x00, 0x08},     {0x0B, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},    {0x61C, 0x61C},
                                {0x200B, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F}, {0xFEFF, 0xFEFF}};
    for (Range const& range : ranges) {
        if (code >= range.first && code <= range.last) return true;
    }
    return false;
}

void append_escape(std::uint32_t code, std::string& out) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += "\\u";
    for (unsigned shift = 16; shift > 0;) {
        shift -= 4;
        out += digits[code >> shift & 0xFU];
    }
}

}  // namespace

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

void append_visible_markup(std::string_view text, std::string& out) {
    std::size_t kept = 0;  // up to here it is in `out`
    for (std::size_t at = 0; at < text.size();) {
        Character const here = first_of(text.substr(at));
        if (is_unseen(here.code)) {
            append_markup(text.substr(kept, at - kept), out);
            append_escape(here.code, out);
            kept = at + here.bytes;
        }
        at += here.bytes;
    }
    append_markup(text.substr(kept), out);
}

std::string visible_markup(std::string_view text) {
    std::string out;
    append_visible_markup(text, out);
    return out;
}

std::string markup(std::string_view text) {
    std::string out;
    append_markup(text, out);
    return out;
}

}  // namespace cl
