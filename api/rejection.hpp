// Why a request was turned away before a handler saw it, as the operator counts it.
//
// Threads: plain values.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cl::api {

enum class Rejection : std::uint8_t {
    missing,    ///< no token
    malformed,  ///< not of a token's form, or mistyped
    unknown,    ///< no such token, or not its secret
    expired,
    revoked,
    forbidden,    ///< a token whose role or accounts do not reach
    signature,    ///< a webhook that its provider did not sign
    rate,         ///< the token's quota is used up
    certificate,  ///< a webhook that no pinned certificate proves, and that another one may
};

inline constexpr std::array<std::string_view, 9> rejection_names = {
    "missing", "malformed", "unknown", "expired", "revoked", "forbidden", "signature", "rate", "certificate"};

[[nodiscard]] constexpr std::string_view name(Rejection why) noexcept {
    return rejection_names[static_cast<std::size_t>(why)];
}

}  // namespace cl::api
