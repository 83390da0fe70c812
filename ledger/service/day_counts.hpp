// What was recorded on each day of an account, as far as it has been counted. Entries never change, so each is counted once.
//
// Threads: any.
#pragma once

#include "ledger/service/queries.hpp"

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace cl::service {

/// The entries of an account from one account_seq to another, by day. Empty where `last` is 0.
struct CountedDays {
    std::int64_t first = 0;
    std::int64_t last = 0;
    std::map<Millis, ActivityDay> days;  ///< by ActivityDay::start

    void count(Millis recorded_at, std::string_view kind);
};

/// The days of the accounts that were asked about, at most limits::day_count_accounts of them.
class DayCounts {
public:
    [[nodiscard]] CountedDays get(std::string_view account) const;
    /// Keeps what was counted from `get` on, unless another thread has kept newer entries meanwhile, or as new ones and more of them.
    void keep(std::string_view account, CountedDays counted);

private:
    mutable std::mutex mutex_;
    std::map<std::string, CountedDays, std::less<>> accounts_;
};

}  // namespace cl::service
