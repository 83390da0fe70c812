// Latin letters without their accents, case and ligatures: two columns for each code point, blank where it is no Latin letter
// or has no plain form. Made from the Unicode character names and compatibility decompositions (Unicode 14).
//
// Threads: constants.
#pragma once

#include <cstddef>
#include <string_view>

namespace cl::consent {

/// A run of code points from `first` on.
struct LatinRows {
    char32_t first;
    std::string_view plain;

    /// One past the last code point of the run.
    [[nodiscard]] constexpr char32_t end() const noexcept { return first + static_cast<char32_t>(plain.size() / 2); }
};

// clang-format off
/// Latin-1, Extended-A, Extended-B and IPA.
inline constexpr LatinRows latin_extended{0xC0,
    "a a a a a a aec e e e e i i i i d n o o o o o   o u u u u y thss"  // U+00C0
    "a a a a a a aec e e e e i i i i d n o o o o o   o u u u u y thy "  // U+00E0
    "a a a a a a c c c c c c c c d d d d e e e e e e e e e e g g g g "  // U+0100
    "g g g g h h h h i i i i i i i i i i ijijj j k k k l l l l l l l "  // U+0120
    "l l l n n n n n n n n n o o o o o o oeoer r r r r r s s s s s s "  // U+0140
    "s s t t t t t t u u u u u u u u u u u u w w y y y z z z z z z s "  // U+0160
    "b b b b     o c c   d d d   e e e f f g   hvi i k k l   m n n o "  // U+0180
    "o o oioip p r         t t t t u u u v y y z z                   "  // U+01A0
    "        dzdzdzljljljnjnjnja a i i o o u u u u u u u u u u e a a "  // U+01C0
    "a a aeaeg g g g k k o o o o     j dzdzdzg g     n n a a aeaeo o "  // U+01E0
    "a a a a e e e e i i i i o o o o r r r r u u u u s s t t     h h "  // U+0200
    "n d ououz z a a e e o o o o o o o o y y l n t j     a c c l t s "  // U+0220
    "z     b u v e e j j   q r r y y a a a b o c d d e e   e e e   j "  // U+0240
    "g g g     h h   i i i l l l   m m m n n n   oeo   r r r r r r r "  // U+0260
    "r r s   j     t t u u v v w y y z z               b e g h j k l "  // U+0280
    "q                           h h "};  // U+02A0

/// Phonetic extensions.
inline constexpr LatinRows latin_small_capitals{0x1D00,
    "a aeaeb c d   e e i j k l m n o         oeou    p r r t u       "  // U+1D00
    "v w z                   a aeb   "};  // U+1D20

/// Extended Additional: Vietnamese and rarer accents.
inline constexpr LatinRows latin_additional{0x1E00,
    "a a b b b b b b c c d d d d d d d d d d e e e e e e e e e e f f "  // U+1E00
    "g g h h h h h h h h h h i i i i k k k k k k l l l l l l l l m m "  // U+1E20
    "m m m m n n n n n n n n o o o o o o o o p p p p r r r r r r r r "  // U+1E40
    "s s s s s s s s s s t t t t t t t t u u u u u u u u u u v v v v "  // U+1E60
    "w w w w w w w w w w x x x x y y z z z z z z h t w y a s s s ss  "  // U+1E80
    "a a a a a a a a a a a a a a a a a a a a a a a a e e e e e e e e "  // U+1EA0
    "e e e e e e e e i i i i o o o o o o o o o o o o o o o o o o o o "  // U+1EC0
    "o o o o u u u u u u u u u u u u u u y y y y y y y y         y y "};  // U+1EE0
/// Letterlike symbols, where double-struck and script alphabets keep a few of their letters.
inline constexpr LatinRows latin_letterlike{0x2100,
    "    c               g h h h h   i i l l   n       p q r r r     "  // U+2100
    "        z       z   k   b c   e e f   m o         i             "  // U+2120
    "          d d e i j             "};  // U+2140
// clang-format on

}  // namespace cl::consent
