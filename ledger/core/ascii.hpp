// The letters and digits of ASCII, whatever the locale is: what the formats and protocols mean by them.
//
// Threads: pure functions, any thread.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace cl::ascii {

[[nodiscard]] constexpr bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool is_lower(char c) noexcept {
    return c >= 'a' && c <= 'z';
}
[[nodiscard]] constexpr bool is_upper(char c) noexcept {
    return c >= 'A' && c <= 'Z';
}

/// Every other byte stays as it is.
[[nodiscard]] constexpr char lower(char c) noexcept {
    return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}
[[nodiscard]] inline std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return lower(c); });
    return out;
}

/// Whether `text` is `word` but for its case. `word` is in lower case.
[[nodiscard]] constexpr bool is_word(std::string_view text, std::string_view word) noexcept {
    return std::equal(text.begin(), text.end(), word.begin(), word.end(),
                      [](char given, char ours) { return lower(given) == ours; });
}

}  // namespace cl::ascii
