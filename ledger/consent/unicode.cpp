// See unicode.hpp. The tables are short because a text message needs few of them; what they do not name is kept as it is.

#include "ledger/consent/unicode.hpp"

#include "ledger/consent/latin_table.hpp"
#include "ledger/consent/unicode_tables.hpp"

#include <algorithm>
#include <iterator>

namespace cl::consent {

namespace {

using namespace tables;

constexpr unsigned byte_at(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

// How many bytes follow this first byte, and the smallest code point that may be written so; 0 for no first byte.
struct Lead {
    std::size_t follow;
    char32_t least;
    char32_t bits;
};
constexpr Lead lead(unsigned byte) {
    if (byte >= 0xC2 && byte <= 0xDF) return {1, 0x80, byte & 0x1FU};
    if (byte >= 0xE0 && byte <= 0xEF) return {2, 0x800, byte & 0x0FU};
    if (byte >= 0xF0 && byte <= 0xF4) return {3, 0x10000, byte & 0x07U};
    return {0, 0, 0};
}

FoldedPoint plain(LatinRows const& rows, char32_t point) {
    std::size_t const column = (point - rows.first) * 2;
    char const first = rows.plain[column];
    char const second = rows.plain[column + 1];
    if (first == ' ') return {Folding::letter, point};
    return {Folding::letter, static_cast<char32_t>(first), second == ' ' ? U'\0' : static_cast<char32_t>(second)};
}

FoldedPoint by_range(char32_t point) {
    auto const* range =
        std::lower_bound(std::begin(ranges), std::end(ranges), point, [](Range const& r, char32_t p) { return r.last < p; });
    if (range == std::end(ranges) || point < range->first) return {Folding::letter, point};
    switch (range->rule) {
    case Rule::part: return {Folding::part};
    case Rule::drop: return {Folding::drop};
    case Rule::shift: return {Folding::letter, point - range->first + range->to};
    case Rule::pairs: return {Folding::letter, point + ((point - range->first) % 2 == 0 ? 1U : 0U)};
    case Rule::digits: return {Folding::letter, U'0' + (point - range->first) % 10};
    case Rule::alphabet: return {Folding::letter, U'a' + (point - range->to) % 26};
    }
    return {Folding::letter, point};
}

FoldedPoint ascii(char32_t point) {
    if (point >= U'A' && point <= U'Z') return {Folding::letter, point + (U'a' - U'A')};
    if ((point >= U'a' && point <= U'z') || (point >= U'0' && point <= U'9')) return {Folding::letter, point};
    return {point == U'\'' || point == U'`' ? Folding::drop : Folding::part};
}

}  // namespace

CodePoint decode_point(std::string_view text, std::size_t at) noexcept {
    unsigned const first = byte_at(text, at);
    if (first < 0x80) return {first, 1};
    Lead const head = lead(first);
    if (head.follow == 0 || text.size() - at <= head.follow) return {invalid_byte, 1};
    char32_t point = head.bits;
    for (std::size_t i = 1; i <= head.follow; ++i) {
        unsigned const next = byte_at(text, at + i);
        if ((next & 0xC0U) != 0x80U) return {invalid_byte, 1};
        point = (point << 6U) | (next & 0x3FU);
    }
    bool const surrogate = point >= 0xD800 && point <= 0xDFFF;
    if (point < head.least || surrogate || point > 0x10FFFF) return {invalid_byte, 1};
    return {point, head.follow + 1};
}

FoldedPoint fold_point(char32_t point) noexcept {
    if (point < 0x80) return ascii(point);
    if (point >= greek_first && point < greek_first + greek.size() && greek[point - greek_first] != U' ') {
        return {Folding::letter, greek[point - greek_first]};
    }
    if (point >= cyrillic_first && point < cyrillic_first + cyrillic.size()) {
        return {Folding::letter, cyrillic[point - cyrillic_first]};
    }
    for (LatinRows const* rows : {&latin_extended, &latin_small_capitals, &latin_additional, &latin_letterlike}) {
        if (point < rows->first || point >= rows->end()) continue;
        FoldedPoint const folded = plain(*rows, point);
        if (folded.first != point) return folded;
    }
    return by_range(point);
}

char32_t look_alike(char32_t folded) noexcept {
    auto const* found = std::lower_bound(std::begin(look_alikes), std::end(look_alikes), folded,
                                         [](LookAlike const& l, char32_t p) { return l.letter < p; });
    if (found == std::end(look_alikes) || found->letter != folded) return folded;
    return static_cast<char32_t>(found->latin);
}

}  // namespace cl::consent
