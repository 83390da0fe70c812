// What the line-oriented C2SP texts have in common. Used by checkpoint.cpp and proof.cpp only.
//
// Threads: pure functions, any thread.
#pragma once

#include "ledger/core/merkle.hpp"

#include <optional>
#include <string_view>

namespace cl {

/// Takes the first line off `text` (with its newline) and returns it without; nothing if no newline is left.
[[nodiscard]] std::optional<std::string_view> next_line(std::string_view& text);

/// A decimal number of at most 2^63-1 without sign or leading zeros.
[[nodiscard]] std::optional<merkle::Size> parse_size(std::string_view text);

/// 32 bytes in base64.
[[nodiscard]] std::optional<Hash32> parse_hash_line(std::string_view text);

}  // namespace cl
