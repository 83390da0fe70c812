#include "ledger/core/time_bound.hpp"

#include <algorithm>

namespace cl {
namespace {

constexpr std::size_t second_at = 17;    // of `2026-11-23T18:15:00.000Z`
constexpr std::size_t fraction_at = 20;  // behind the point
constexpr std::size_t kept_digits = 3;

/// True if parse_rfc3339, which has read this time, read less than is written.
bool was_cut(std::string_view time) {
    if (time.substr(second_at, 2) == "60") return true;
    if (time[fraction_at - 1] != '.') return false;
    std::string_view const fraction = time.substr(fraction_at, time.find_first_not_of("0123456789", fraction_at) - fraction_at);
    return fraction.find_first_not_of('0', kept_digits) != std::string_view::npos;
}

}  // namespace

Result<Millis> parse_time_bound(std::string_view text) {
    CL_TRY_ASSIGN(Millis const time, parse_rfc3339(text));
    return std::min(time + (was_cut(text) ? 1 : 0), latest_time);
}

}  // namespace cl
