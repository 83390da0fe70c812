// The scheme of the tokens that are sent to us.
//
// Threads: pure functions, any thread.
#pragma once

#include "ledger/core/ascii.hpp"

#include <optional>
#include <string_view>

namespace cl::api {

/// What stands behind `Bearer ` in an Authorization header, whose scheme has no case (RFC 9110 11.1); nothing where it is of another one.
[[nodiscard]] inline std::optional<std::string_view> bearer_token(std::string_view authorization) noexcept {
    constexpr std::string_view scheme = "bearer ";
    if (!ascii::is_word(authorization.substr(0, scheme.size()), scheme)) {
        return std::nullopt;
    }
    return authorization.substr(scheme.size());
}

}  // namespace cl::api
