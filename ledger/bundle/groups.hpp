// Hashes for people who compare them by eye.
//
// Threads: pure functions, any thread.
#pragma once

#include <string>
#include <string_view>

namespace cl::bundle {

/// In groups of 8, with a space between them.
[[nodiscard]] inline std::string in_groups(std::string_view hex) {
    constexpr std::size_t group = 8;
    std::string out;
    for (std::size_t at = 0; at < hex.size(); at += group) out.append(at == 0 ? "" : " ").append(hex.substr(at, group));
    return out;
}

}  // namespace cl::bundle
