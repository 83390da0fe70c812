#include "ledger/service/day_counts.hpp"

#include "ledger/core/limits.hpp"

#include <utility>

namespace cl::service {

void CountedDays::count(Millis recorded_at, std::string_view kind) {
    Millis const start = start_of_day(recorded_at);
    ActivityDay& day = days[start];
    day.start = start;
    ++day.entries;
    if (kind.starts_with("opt_in.")) ++day.opt_ins;
    if (kind.starts_with("opt_out.")) ++day.opt_outs;
    if (kind == "contact.blocked") ++day.blocks;
}

CountedDays DayCounts::get(std::string_view account) const {
    std::lock_guard const lock(mutex_);
    auto const found = accounts_.find(account);
    return found == accounts_.end() ? CountedDays{} : found->second;
}

void DayCounts::keep(std::string_view account, CountedDays counted) {
    std::lock_guard const lock(mutex_);
    auto const found = accounts_.find(account);
    if (found == accounts_.end()) {
        // Which one goes matters little: it is counted again when it is asked about.
        if (accounts_.size() >= limits::day_count_accounts) accounts_.erase(accounts_.begin());
        accounts_.emplace(account, std::move(counted));
    } else if (std::pair(counted.last, -counted.first) >= std::pair(found->second.last, -found->second.first)) {
        found->second = std::move(counted);
    }
}

}  // namespace cl::service
