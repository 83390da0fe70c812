// What a running service counts for whoever watches it.
//
// Threads: any thread.
#pragma once

#include "ledger/core/clock.hpp"
#include "ledger/service/histogram.hpp"
#include "ledger/service/requests.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

namespace cl::service {

/// What became of items of one kind. `kind`: an entry's, `inbound` for a message, `program` for what the program
/// itself appends (a token), `none` for what was no change at all.
struct AppendCount {
    std::string_view kind;
    ItemStatus result{};
    std::int64_t count = 0;
};

class AppendCounts {
public:
    /// `kind` lives as long as the program.
    void add(std::string_view kind, ItemStatus result) {
        std::lock_guard const lock(mutex_);
        ++counts_[{kind, result}];
    }
    [[nodiscard]] std::vector<AppendCount> get() const {
        std::lock_guard const lock(mutex_);
        std::vector<AppendCount> all;
        for (auto const& [key, count] : counts_) all.push_back(AppendCount{key.first, key.second, count});
        return all;
    }

private:
    mutable std::mutex mutex_;
    std::map<std::pair<std::string_view, ItemStatus>, std::int64_t> counts_;  // guarded by mutex_; at most kinds x results
};

/// In seconds, from the queue to the disk, and in entries.
inline constexpr std::array<double, 12> append_bounds = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                         0.1,   0.25,   0.5,   1.0,  2.5,   10.0};
inline constexpr std::array<double, 7> batch_bounds = {1, 4, 16, 64, 256, 1'024, 4'096};

struct Counters {
    std::atomic<std::int64_t> appended{0};
    std::atomic<std::int64_t> replayed{0};
    std::atomic<std::int64_t> refused{0};
    std::atomic<std::int64_t> batches{0};
    std::atomic<std::int64_t> ignored_senders{0};
    std::atomic<Millis> last_append{0};
    std::atomic<Millis> last_checkpoint{0};
    AppendCounts appends;
    Histogram append_seconds{append_bounds};
    Histogram batch_entries{batch_bounds};

    void item(std::string_view kind, ItemStatus result) {
        appends.add(kind, result);
        switch (result) {
        case ItemStatus::recorded: appended.fetch_add(1); return;
        case ItemStatus::replayed: replayed.fetch_add(1); return;
        case ItemStatus::refused: refused.fetch_add(1); return;
        }
    }
};

}  // namespace cl::service
