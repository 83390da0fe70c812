// A token's text, `cl_<id>_<secret><crc32>` (docs/tokens.md): the secret is 32 bytes in 64 lower-case hexadecimal digits, the CRC-32
// (zlib's) of everything before it in 8. Hexadecimal, since it has no `_` and one spelling; the checksum lets a client and a secret
// scanner tell a torn token from a wrong one without a server.
//
// Threads: pure functions, any thread.
#pragma once

#include "ledger/core/error.hpp"
#include "ledger/core/hash32.hpp"
#include "ledger/core/random.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace cl::service {

struct TokenText {
    std::string id;      ///< [a-z0-9], 1 to 32 characters
    std::string secret;  ///< 32 bytes
};

/// A fresh id of ten characters and a fresh secret.
[[nodiscard]] TokenText new_token_text(Random& random);
[[nodiscard]] std::string to_text(TokenText const& token);
/// errc::unauthorized on anything that to_text would not write.
[[nodiscard]] Result<TokenText> parse_token_text(std::string_view text);

[[nodiscard]] std::uint32_t crc32(std::string_view bytes) noexcept;

}  // namespace cl::service
