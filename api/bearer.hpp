// The scheme of the tokens that are sent to us.
//
// Threads: pure functions, any thread.
#pragma once

#include <algorithm>
#include <cctype>
#include <optional>
#include <string_view>

namespace cl::api {

/// What stands behind `Bearer ` in an Authorization header, whose scheme has no case (RFC 9110 11.1); nothing where it is of another one.
[[nodiscard]] inline std::optional<std::string_view> bearer_token(std::string_view authorization) noexcept {
    constexpr std::string_view scheme = "bearer ";
    auto const same = [](char ours, char given) { return std::tolower(static_cast<unsigned char>(given)) == ours; };
    if (authorization.size() < scheme.size() || !std::equal(scheme.begin(), scheme.end(), authorization.begin(), same)) {
        return std::nullopt;
    }
    return authorization.substr(scheme.size());
}

}  // namespace cl::api
