// Just enough Unicode to compare what people type into a phone: a UTF-8 decoder that accepts any bytes, and what one code
// point becomes when case, width and accents do not matter. Not Unicode normalisation: see the scripts named in fold_point.
//
// Threads: pure functions, any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cl::consent {

/// Stands for a byte that is no part of valid UTF-8. Not a code point.
inline constexpr char32_t invalid_byte = 0x110000;

/// One code point and how many bytes it took; invalid_byte and 1 where the bytes are not UTF-8 (RFC 3629: no overlong forms, no
/// surrogates, nothing above U+10FFFF).
struct CodePoint {
    char32_t value;
    std::size_t bytes;
};

/// The code point at `at`, which must lie inside the text. Never fails.
[[nodiscard]] CodePoint decode_point(std::string_view text, std::size_t at) noexcept;

/// What a code point becomes in a folded text.
enum class Folding : std::uint8_t {
    letter,  ///< the one or two characters in FoldedPoint
    part,    ///< parts two words: spaces, punctuation, symbols, emoji, invalid bytes
    drop     ///< nothing at all: apostrophes, zero-width and combining characters
};

/// A folded code point; `second` is 0 unless one letter becomes two ("ß" becomes "ss").
struct FoldedPoint {
    Folding folding;
    char32_t first = 0;
    char32_t second = 0;
};

/// Folds case, width and accents of Latin, Greek, Cyrillic and Armenian letters, the styled Latin alphabets (full-width,
/// circled, squared, mathematical, small capitals) and the decimal digits of other scripts; letters of other scripts stay as they are.
[[nodiscard]] FoldedPoint fold_point(char32_t point) noexcept;

/// The Latin letter or digit that a folded letter is easily taken for: Cyrillic, Greek, or a digit written for a letter
/// ("st0p"). The point itself if there is none.
[[nodiscard]] char32_t look_alike(char32_t folded) noexcept;

}  // namespace cl::consent
