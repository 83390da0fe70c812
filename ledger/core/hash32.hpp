// The 32-byte value that everything here is named by: leaf hashes, node hashes, commitments, contact pseudonyms.
//
// Threads: plain values, any thread.
#pragma once

#include "ledger/core/error.hpp"

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cl {

struct Hash32 {
    std::array<std::uint8_t, 32> bytes{};

    /// The raw bytes as a view; valid as long as this object.
    [[nodiscard]] std::string_view view() const noexcept { return {reinterpret_cast<char const*>(bytes.data()), bytes.size()}; }

    friend auto operator<=>(Hash32 const&, Hash32 const&) = default;
};

/// Hash of the first eight bytes: the value is uniform already.
struct Hash32Hasher {
    [[nodiscard]] std::size_t operator()(Hash32 const& hash) const noexcept;
};

/// Lower-case hexadecimal.
[[nodiscard]] std::string to_hex(std::string_view bytes);
[[nodiscard]] std::string to_hex(Hash32 const& hash);

/// Accepts lower-case digits only, so that one value has one spelling. errc::malformed otherwise.
[[nodiscard]] Result<std::string> from_hex(std::string_view hex);
[[nodiscard]] Result<Hash32> hash_from_hex(std::string_view hex);

/// errc::malformed unless exactly 32 bytes.
[[nodiscard]] Result<Hash32> hash_from_bytes(std::string_view bytes);

/// RFC 4648 section 4: standard alphabet with padding. The decoder refuses anything the encoder would not write.
[[nodiscard]] std::string to_base64(std::string_view bytes);
[[nodiscard]] Result<std::string> from_base64(std::string_view text);

}  // namespace cl
