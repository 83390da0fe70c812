// Hashes and places for people.
//
// Threads: pure functions, any thread.
#pragma once

#include "ledger/bundle/plan.hpp"

#include <string>
#include <string_view>

namespace cl::bundle {

/// In groups of 8, with a space between them: to be compared by eye.
[[nodiscard]] inline std::string in_groups(std::string_view hex) {
    constexpr std::size_t group = 8;
    std::string out;
    for (std::size_t at = 0; at < hex.size(); at += group) out.append(at == 0 ? "" : " ").append(hex.substr(at, group));
    return out;
}

/// The entries beside a range that show that none of it is missing: `entry 84 before, entry 243 behind`. Empty if there are none.
[[nodiscard]] inline std::string neighbours(Plan const& plan) {
    std::string out;
    if (plan.before >= 0) out = "entry " + std::to_string(plan.before) + " before";
    if (plan.behind >= 0) out.append(out.empty() ? "" : ", ").append("entry " + std::to_string(plan.behind) + " behind");
    return out;
}

}  // namespace cl::bundle
