// cl::consent::fold (classifier.hpp). One pass, one allocation: a folded letter never takes more bytes than it came in.

#include "ledger/consent/classifier.hpp"
#include "ledger/consent/unicode.hpp"

#include <array>
#include <cstddef>

namespace cl::consent {

namespace {

// Writes a code point as UTF-8 and returns where the next one goes.
char* write_point(char* to, char32_t point) noexcept {
    auto const put_tail = [&to, point](char32_t lead, unsigned follow) {
        *to++ = static_cast<char>(lead);
        while (follow-- > 0) *to++ = static_cast<char>(0x80U | ((point >> (6U * follow)) & 0x3FU));
        return to;
    };
    if (point < 0x80) return put_tail(point, 0);
    if (point < 0x800) return put_tail(0xC0U | (point >> 6U), 1);
    if (point < 0x10000) return put_tail(0xE0U | (point >> 12U), 2);
    return put_tail(0xF0U | (point >> 18U), 3);
}

constexpr char dropped = '\1';

// What each ASCII byte becomes: itself in lower case, ' ' where it parts two words, `dropped`; 0 where a code point has more bytes.
constexpr auto ascii_folds = [] {
    std::array<char, 256> table{};
    for (std::size_t c = 0; c < 0x80; ++c) table[c] = ' ';
    for (int c = 'a'; c <= 'z'; ++c) {
        table[static_cast<std::size_t>(c)] = static_cast<char>(c);
        table[static_cast<std::size_t>(c - 'a' + 'A')] = static_cast<char>(c);
    }
    for (int c = '0'; c <= '9'; ++c) table[static_cast<std::size_t>(c)] = static_cast<char>(c);
    for (char c : {'\'', '`'}) table[static_cast<std::size_t>(c)] = dropped;
    return table;
}();

}  // namespace

std::string fold(std::string_view text) {
    std::string out(text.size(), '\0');
    // Everything that changes from byte to byte is local and has no address: the compiler keeps it in registers.
    char* const begin = out.data();
    char* to = begin;
    bool parted = false;
    for (std::size_t at = 0; at < text.size();) {
        char const plain = ascii_folds[static_cast<unsigned char>(text[at])];
        if (plain != 0) {
            // Nearly every byte of nearly every message. Where words end cannot be foretold, so nothing here is a branch; what is written
            // and not wanted is written over, and never beyond the place that was read.
            bool const stays = plain > ' ';
            *to = ' ';
            to += static_cast<std::ptrdiff_t>(stays && parted);
            *to = plain;
            to += static_cast<std::ptrdiff_t>(stays);
            parted = (parted && !stays) || (plain == ' ' && to != begin);
            ++at;
            continue;
        }
        CodePoint const point = decode_point(text, at);
        at += point.bytes;
        FoldedPoint const folded = fold_point(point.value);
        if (folded.folding == Folding::part) parted = to != begin;
        if (folded.folding != Folding::letter) continue;
        if (parted) *to++ = ' ';
        parted = false;
        to = write_point(to, folded.first);
        if (folded.second != 0) to = write_point(to, folded.second);
    }
    out.resize(static_cast<std::size_t>(to - begin));
    return out;
}

}  // namespace cl::consent
