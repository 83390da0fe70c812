#include "ledger/core/time_bound.hpp"

#include <algorithm>

namespace cl {
namespace {

constexpr std::size_t second_at = 17;  // of `2026-11-23T18:15:00.000Z`
constexpr std::size_t finer_at = 23;   // its digits that are finer than a millisecond

/// True if parse_rfc3339 has read less than the time that is written.
bool was_cut(std::string_view time) {
    if (time.substr(second_at, 2) == "60") return true;
    if (time.size() <= finer_at || time[finer_at - 4] != '.') return false;
    for (char const c : time.substr(finer_at)) {
        if (c < '0' || c > '9') return false;
        if (c != '0') return true;
    }
    return false;
}

}  // namespace

Result<Millis> parse_time_bound(std::string_view text) {
    CL_TRY_ASSIGN(Millis const time, parse_rfc3339(text));
    return std::min(time + (was_cut(text) ? 1 : 0), latest_time);
}

}  // namespace cl
