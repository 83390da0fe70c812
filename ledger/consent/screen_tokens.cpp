// See screen_tokens.hpp. One pass.

#include "ledger/consent/screen_tokens.hpp"

#include "ledger/consent/phrase_index.hpp"
#include "ledger/consent/unicode.hpp"
#include "ledger/core/ascii.hpp"

namespace cl::consent {

namespace {

// The sign that a code point is where numbers and addresses are written, 0 for any other.
char sign_of(char32_t point) noexcept {
    if (point >= 0xFF01 && point <= 0xFF5E) point -= 0xFEE0;  // full-width
    switch (point) {
    case U'-':
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212: return '-';
    case U'.': return '.';
    case U'/': return '/';
    case U'@': return '@';
    case U'#': return '#';
    case U':': return ':';
    case U',': return ',';
    case U'_': return '_';
    default: return ' ';
    }
}

void append(std::string& out, char32_t point) {
    if (point < 0x80) {
        out += static_cast<char>(point);
    } else {  // beyond ASCII a letter is a letter: what the screens look for has none, so one byte stands for each
        out += '\x7f';
    }
}

}  // namespace

ScreenText::ScreenText(std::string_view text) {
    folded_.reserve(2 * text.size());  // never grows: a code point becomes two letters at most, and the views stay good
    tokens_.reserve(text.size() / 5 + 1);
    std::size_t begin = 0;
    char before = ' ';
    bool alone = true;   // nothing but blanks and one sign since the last token
    bool blank = false;  // some blank
    auto const close = [&] {
        if (folded_.size() == begin) return;
        ScreenToken token;
        token.text = std::string_view(folded_).substr(begin);
        token.before = before;
        token.glued = before != ' ' && !blank;
        token.digits = true;
        WordHash hash;
        for (char c : token.text) {
            token.digits = token.digits && ascii::is_digit(c);
            token.number = token.number || ascii::is_digit(c);
            hash.add(c);
        }
        token.hash = hash.value();
        tokens_.push_back(token);
        begin = folded_.size();
        before = ' ';
        alone = true;
        blank = false;
    };
    for (std::size_t at = 0; at < text.size();) {
        char const byte = text[at];
        if ((byte >= 'a' && byte <= 'z') || ascii::is_digit(byte)) {
            folded_ += byte;
            ++at;
            continue;
        }
        CodePoint const point = decode_point(text, at);
        at += point.bytes;
        FoldedPoint const folded = fold_point(point.value);
        if (folded.folding == Folding::letter) {
            append(folded_, folded.first);
            if (folded.second != 0) append(folded_, folded.second);
        } else if (folded.folding == Folding::part) {
            close();
            char const sign = sign_of(point.value);
            if (sign == ' ') {
                blank = true;
                continue;
            }
            before = alone ? sign : ' ';
            alone = false;
        }
    }
    close();
}

}  // namespace cl::consent
