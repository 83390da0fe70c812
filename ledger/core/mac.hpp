// Digests and keyed digests that others chose: what the providers' webhooks are signed with. The ledger's own hashes are in sha256.hpp and
// keys.hpp.
//
// Threads: pure functions, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cl {

/// md5 and sha1 are broken as digests and still hold as HMAC; a provider that knows nothing better is taken as it is.
enum class Digest : std::uint8_t { md5, sha1, sha256, sha512 };

/// The raw bytes; empty where the machine's OpenSSL has no such digest, which equals no signature.
[[nodiscard]] std::string digest(Digest kind, std::string_view text);
/// RFC 2104, the raw bytes; empty as above.
[[nodiscard]] std::string hmac(Digest kind, std::string_view key, std::string_view text);

/// Takes the same time wherever they differ; false where the lengths do, or where both are empty.
[[nodiscard]] bool same_secret(std::string_view a, std::string_view b) noexcept;

}  // namespace cl
