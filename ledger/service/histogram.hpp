// A histogram as Prometheus counts: how many values there were up to each bound, and their sum.
//
// Threads: any thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

namespace cl::service {

/// What was counted, as plain values.
struct HistogramCount {
    std::vector<double> bounds;       ///< upper ones, rising
    std::vector<std::int64_t> below;  ///< of each bound, not cumulated; what is above the last is in `count` alone
    std::int64_t count = 0;
    double sum = 0;
};

class Histogram {
public:
    explicit Histogram(std::span<double const> bounds) {
        counted_.bounds.assign(bounds.begin(), bounds.end());
        counted_.below.resize(bounds.size());
    }

    void add(double value) {
        std::lock_guard const lock(mutex_);
        auto const bound = std::lower_bound(counted_.bounds.begin(), counted_.bounds.end(), value);
        if (bound != counted_.bounds.end()) {
            ++counted_.below[static_cast<std::size_t>(bound - counted_.bounds.begin())];
        }
        ++counted_.count;
        counted_.sum += value;
    }
    [[nodiscard]] HistogramCount get() const {
        std::lock_guard const lock(mutex_);
        return counted_;
    }

private:
    mutable std::mutex mutex_;
    HistogramCount counted_;  // guarded by mutex_
};

}  // namespace cl::service
