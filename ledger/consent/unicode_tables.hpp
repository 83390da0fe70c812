// What the letters, marks and signs beyond ASCII and Latin become in a folded text. Only unicode.cpp reads it.
//
// Threads: constants.
#pragma once

#include "ledger/consent/unicode.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace cl::consent::tables {

// clang-format off
// Each letter without case and accent, final sigma as sigma; a space where there is none.
inline constexpr char32_t greek_first = 0x0386;
inline constexpr std::u32string_view greek =
    U"α εηι ο υωιαβγδεζηθικλμνξοπρ στυφχψω"
    U"ιυαεηιυαβγδεζηθικλμνξοπρσστυφχψωιυουω";
inline constexpr char32_t cyrillic_first = 0x0400;
inline constexpr std::u32string_view cyrillic =
    U"ееђгєѕііјљњћкиуџабвгдежзииклмноп"
    U"рстуфхцчшщъыьэюяабвгдежзииклмноп"
    U"рстуфхцчшщъыьэюяееђгєѕііјљњћкиуџ";

enum class Rule : std::uint8_t {
    part,
    drop,
    shift,     // the first becomes `to`, the rest keep their distance
    pairs,     // upper and lower case in turn, from an upper one on
    alphabet,  // A to Z again and again, counted from `to`
    digits     // 0 to 9 again and again, counted from the first
};

struct Range {
    char32_t first;
    char32_t last;
    Rule rule;
    char32_t to = 0;
};

// Sorted, checked below.
inline constexpr Range ranges[] = {
    {0x0080, 0x00A9, Rule::part},
    {0x00AA, 0x00AA, Rule::shift, U'a'},
    {0x00AB, 0x00AC, Rule::part},
    {0x00AD, 0x00AD, Rule::drop},  // soft hyphen
    {0x00AE, 0x00B1, Rule::part},
    {0x00B2, 0x00B3, Rule::shift, U'2'},
    {0x00B4, 0x00B4, Rule::drop},  // an acute accent typed for an apostrophe
    {0x00B5, 0x00B8, Rule::part},
    {0x00B9, 0x00B9, Rule::shift, U'1'},
    {0x00BA, 0x00BA, Rule::shift, U'o'},
    {0x00BB, 0x00BF, Rule::part},
    {0x00D7, 0x00D7, Rule::part},
    {0x00F7, 0x00F7, Rule::part},
    {0x02B0, 0x036F, Rule::drop},  // modifier letters and combining marks
    {0x037E, 0x037E, Rule::part},
    {0x0384, 0x0385, Rule::drop},
    {0x0387, 0x0387, Rule::part},
    {0x0460, 0x0481, Rule::pairs},
    {0x0482, 0x0482, Rule::part},
    {0x0483, 0x0489, Rule::drop},
    {0x048A, 0x04BF, Rule::pairs},
    {0x04D0, 0x052F, Rule::pairs},
    {0x0531, 0x0556, Rule::shift, 0x0561},  // Armenian
    {0x055A, 0x055F, Rule::part},
    {0x0589, 0x058F, Rule::part},
    {0x0591, 0x05BD, Rule::drop},  // Hebrew points
    {0x05BE, 0x05BE, Rule::part},
    {0x05BF, 0x05BF, Rule::drop},
    {0x05C0, 0x05C0, Rule::part},
    {0x05C1, 0x05C2, Rule::drop},
    {0x05C3, 0x05C3, Rule::part},
    {0x05C4, 0x05C5, Rule::drop},
    {0x05C6, 0x05C6, Rule::part},
    {0x05C7, 0x05C7, Rule::drop},
    {0x05F3, 0x05F4, Rule::drop},
    {0x0600, 0x060F, Rule::part},
    {0x0610, 0x061A, Rule::drop},
    {0x061B, 0x061B, Rule::part},
    {0x061C, 0x061C, Rule::drop},
    {0x061D, 0x061F, Rule::part},
    {0x0640, 0x0640, Rule::drop},  // tatweel, which only stretches a word
    {0x064B, 0x065F, Rule::drop},  // Arabic vowel marks
    {0x0660, 0x0669, Rule::shift, U'0'},
    {0x066A, 0x066D, Rule::part},
    {0x0670, 0x0670, Rule::drop},
    {0x06D4, 0x06D4, Rule::part},
    {0x06D6, 0x06DC, Rule::drop},
    {0x06F0, 0x06F9, Rule::shift, U'0'},
    {0x0700, 0x070D, Rule::part},  // Syriac
    {0x07C0, 0x07C9, Rule::digits},
    {0x07F7, 0x07F9, Rule::part},
    {0x0830, 0x083E, Rule::part},
    {0x085E, 0x085E, Rule::part},
    {0x0964, 0x0965, Rule::part},  // danda
    {0x0966, 0x096F, Rule::digits},  // Devanagari
    {0x0970, 0x0970, Rule::part},
    {0x09E6, 0x09EF, Rule::digits},  // Bengali
    {0x0A66, 0x0A6F, Rule::digits},
    {0x0AE6, 0x0AEF, Rule::digits},
    {0x0AF0, 0x0AF1, Rule::part},
    {0x0B66, 0x0B6F, Rule::digits},
    {0x0BE6, 0x0BEF, Rule::digits},  // Tamil
    {0x0C66, 0x0C6F, Rule::digits},
    {0x0CE6, 0x0CEF, Rule::digits},
    {0x0D66, 0x0D6F, Rule::digits},
    {0x0DF4, 0x0DF4, Rule::part},
    {0x0E2F, 0x0E2F, Rule::part},  // Thai
    {0x0E4F, 0x0E4F, Rule::part},
    {0x0E50, 0x0E59, Rule::digits},
    {0x0E5A, 0x0E5B, Rule::part},
    {0x0ED0, 0x0ED9, Rule::digits},  // Lao
    {0x0F04, 0x0F14, Rule::part},  // Tibetan
    {0x0F20, 0x0F29, Rule::digits},
    {0x0F3A, 0x0F3D, Rule::part},
    {0x0F85, 0x0F85, Rule::part},
    {0x0FD0, 0x0FDA, Rule::part},
    {0x1040, 0x1049, Rule::digits},  // Burmese
    {0x104A, 0x104F, Rule::part},
    {0x10FB, 0x10FB, Rule::part},  // Georgian
    {0x115F, 0x1160, Rule::drop},  // Hangul fillers
    {0x1360, 0x1368, Rule::part},  // Ethiopic
    {0x1400, 0x1400, Rule::part},
    {0x166E, 0x166E, Rule::part},
    {0x1680, 0x1680, Rule::part},
    {0x169B, 0x169C, Rule::part},
    {0x16EB, 0x16ED, Rule::part},
    {0x1735, 0x1736, Rule::part},
    {0x17B4, 0x17B5, Rule::drop},
    {0x17D4, 0x17DB, Rule::part},  // Khmer
    {0x17E0, 0x17E9, Rule::digits},
    {0x1800, 0x180A, Rule::part},  // Mongolian
    {0x180B, 0x180F, Rule::drop},
    {0x1810, 0x1819, Rule::digits},
    {0x1944, 0x1945, Rule::part},
    {0x1A1E, 0x1A1F, Rule::part},
    {0x1AB0, 0x1AFF, Rule::drop},
    {0x1B5A, 0x1B6A, Rule::part},
    {0x1BFC, 0x1BFF, Rule::part},
    {0x1C3B, 0x1C3F, Rule::part},
    {0x1C7E, 0x1C7F, Rule::part},
    {0x1CD0, 0x1CE8, Rule::drop},  // Vedic marks
    {0x1DC0, 0x1DFF, Rule::drop},
    {0x2000, 0x200A, Rule::part},
    {0x200B, 0x200F, Rule::drop},  // zero width, direction marks
    {0x2010, 0x2017, Rule::part},
    {0x2018, 0x2019, Rule::drop},  // typographic apostrophes
    {0x201A, 0x201A, Rule::part},
    {0x201B, 0x201B, Rule::drop},
    {0x201C, 0x2029, Rule::part},
    {0x202A, 0x202E, Rule::drop},  // direction overrides
    {0x202F, 0x2031, Rule::part},
    {0x2032, 0x2032, Rule::drop},  // prime
    {0x2033, 0x205F, Rule::part},
    {0x2060, 0x206F, Rule::drop},
    {0x2070, 0x2070, Rule::shift, U'0'},
    {0x2074, 0x2079, Rule::shift, U'4'},
    {0x207A, 0x207E, Rule::part},
    {0x207F, 0x207F, Rule::shift, U'n'},
    {0x2080, 0x2089, Rule::shift, U'0'},
    {0x208A, 0x208E, Rule::part},
    {0x20A0, 0x20CF, Rule::part},
    {0x20D0, 0x20FF, Rule::drop},
    {0x2100, 0x249B, Rule::part},                // signs, arrows, circled numbers
    {0x249C, 0x24B5, Rule::alphabet, 0x249C},    // (a)
    {0x24B6, 0x24E9, Rule::alphabet, 0x24B6},    // circled
    {0x24EA, 0x2BFF, Rule::part},
    {0x2E00, 0x2E7F, Rule::part},
    {0x3000, 0x3004, Rule::part},
    {0x3008, 0x3020, Rule::part},
    {0x302A, 0x302F, Rule::drop},
    {0x3030, 0x3030, Rule::part},
    {0x3037, 0x3037, Rule::part},
    {0x303D, 0x303F, Rule::part},
    {0x30A0, 0x30A0, Rule::part},
    {0x30FB, 0x30FB, Rule::part},  // Katakana middle dot
    {0x3164, 0x3164, Rule::drop},
    {0xA4FE, 0xA4FF, Rule::part},  // Lisu
    {0xA60D, 0xA60F, Rule::part},
    {0xA66F, 0xA672, Rule::drop},
    {0xA673, 0xA673, Rule::part},
    {0xA674, 0xA67D, Rule::drop},
    {0xA67E, 0xA67E, Rule::part},
    {0xA6F2, 0xA6F7, Rule::part},
    {0xA730, 0xA730, Rule::shift, U'f'},
    {0xA731, 0xA731, Rule::shift, U's'},
    {0xA874, 0xA877, Rule::part},
    {0xA8CE, 0xA8CF, Rule::part},
    {0xA8E0, 0xA8F1, Rule::drop},
    {0xA8F8, 0xA8FA, Rule::part},
    {0xA92E, 0xA92F, Rule::part},
    {0xA95F, 0xA95F, Rule::part},
    {0xA9C1, 0xA9CD, Rule::part},
    {0xAA5C, 0xAA5F, Rule::part},
    {0xAADE, 0xAADF, Rule::part},
    {0xABEB, 0xABEB, Rule::part},
    {0xE000, 0xF8FF, Rule::part},                // private use: some carriers' own emoji
    {0xFE00, 0xFE0F, Rule::drop},                // variation selectors
    {0xFE10, 0xFE19, Rule::part},
    {0xFE20, 0xFE2F, Rule::drop},
    {0xFE30, 0xFE6F, Rule::part},
    {0xFEFF, 0xFEFF, Rule::drop},
    {0xFF01, 0xFF06, Rule::part},
    {0xFF07, 0xFF07, Rule::drop},
    {0xFF08, 0xFF0F, Rule::part},
    {0xFF10, 0xFF19, Rule::shift, U'0'},         // full-width
    {0xFF1A, 0xFF20, Rule::part},
    {0xFF21, 0xFF3A, Rule::alphabet, 0xFF21},
    {0xFF3B, 0xFF3F, Rule::part},
    {0xFF40, 0xFF40, Rule::drop},
    {0xFF41, 0xFF5A, Rule::alphabet, 0xFF41},
    {0xFF5B, 0xFF65, Rule::part},
    {0xFFA0, 0xFFA0, Rule::drop},
    {0xFFE0, 0xFFFF, Rule::part},
    {0x1D100, 0x1D164, Rule::part},  // music
    {0x1D165, 0x1D182, Rule::drop},
    {0x1D183, 0x1D1FF, Rule::part},
    {0x1D400, 0x1D6A3, Rule::alphabet, 0x1D400},  // mathematical
    {0x1D7CE, 0x1D7FF, Rule::digits},  // mathematical
    {0x1F000, 0x1F10F, Rule::part},
    {0x1F110, 0x1F129, Rule::alphabet, 0x1F110},  // (A)
    {0x1F12A, 0x1F12F, Rule::part},
    {0x1F130, 0x1F149, Rule::alphabet, 0x1F130},  // squared
    {0x1F14A, 0x1F14F, Rule::part},
    {0x1F150, 0x1F169, Rule::alphabet, 0x1F150},  // white on black, round
    {0x1F16A, 0x1F16F, Rule::part},
    {0x1F170, 0x1F189, Rule::alphabet, 0x1F170},  // white on black, square
    {0x1F18A, 0x1FAFF, Rule::part},               // emoji; flags too, so that a flag adds no letters
    {0xE0000, 0xE0FFF, Rule::drop},
    {invalid_byte, invalid_byte, Rule::part},
};

constexpr bool sorted(std::span<Range const> table) {
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (table[i].last < table[i].first || (i > 0 && table[i].first <= table[i - 1].last)) return false;
    }
    return true;
}
static_assert(sorted(ranges));

// Folded Cyrillic and Greek letters, and digits, beside the Latin letter that they pass for. Sorted.
struct LookAlike {
    char32_t letter;
    char latin;
};
inline constexpr LookAlike look_alikes[] = {
    {U'0', 'o'}, {U'1', 'i'}, {U'3', 'e'}, {U'5', 's'}, {U'α', 'a'}, {U'ε', 'e'}, {U'ι', 'i'}, {U'κ', 'k'}, {U'ν', 'v'},
    {U'ο', 'o'}, {U'ρ', 'p'}, {U'τ', 't'}, {U'υ', 'u'}, {U'χ', 'x'}, {U'а', 'a'}, {U'е', 'e'}, {U'о', 'o'}, {U'р', 'p'},
    {U'с', 'c'}, {U'т', 't'}, {U'у', 'y'}, {U'х', 'x'}, {U'ѕ', 's'}, {U'і', 'i'}, {U'ј', 'j'}, {U'ԁ', 'd'}, {U'ԛ', 'q'},
    {0x057D, 'u'}, {0x057F, 's'}, {0x0585, 'o'},                                     // Armenian
    {0x13A2, 't'}, {0x13A6, 'i'}, {0x13AC, 'e'}, {0x13DA, 's'}, {0x13DE, 'l'}, {0x13DF, 'c'}, {0x13E2, 'p'},  // Cherokee
    {0xA4D0, 'b'}, {0xA4D1, 'p'}, {0xA4D3, 'd'}, {0xA4D4, 't'}, {0xA4DA, 'c'}, {0xA4E0, 'n'}, {0xA4E1, 'l'},  // Lisu
    {0xA4E2, 's'}, {0xA4E3, 'r'}, {0xA4E4, 'v'}, {0xA4EE, 'a'}, {0xA4F0, 'e'}, {0xA4F2, 'i'}, {0xA4F3, 'o'}, {0xA4F4, 'u'},
};
// clang-format on

}  // namespace cl::consent::tables
