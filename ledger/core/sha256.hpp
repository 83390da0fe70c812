// SHA-256, the only hash that outsiders need (docs/format.md).
#pragma once

#include "ledger/core/hash32.hpp"

#include <initializer_list>
#include <string_view>

namespace cl {

/// SHA-256 of the concatenation of `parts`. OpenSSL's EVP with a digest fetched once and one context per thread (SHA-NI where the
/// machine has it). Any thread.
[[nodiscard]] Hash32 sha256(std::initializer_list<std::string_view> parts);
[[nodiscard]] inline Hash32 sha256(std::string_view bytes) {
    return sha256({bytes});
}

/// RFC 6962 2.1: SHA-256(0x01 || left || right).
[[nodiscard]] Hash32 node_hash(Hash32 const& left, Hash32 const& right);

}  // namespace cl
