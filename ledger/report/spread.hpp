// How a quantity is spread, in memory that does not grow with the number of values.
//
// Threads: plain values.
#pragma once

#include <cstdint>
#include <vector>

namespace cl::report {

/// Counts values from 0 on in bins 1/64 of their size wide, so that a percentile is at most 1.6 % above the value that it stands for.
class Spread {
public:
    /// A negative value counts as 0.
    void add(std::int64_t value);
    [[nodiscard]] std::int64_t count() const noexcept { return count_; }
    [[nodiscard]] std::int64_t most() const noexcept { return most_; }
    /// The smallest value that at least `percent` of all do not exceed, within the width of a bin; 0 where there is none.
    [[nodiscard]] std::int64_t percentile(int percent) const noexcept;

private:
    std::vector<std::int64_t> bins_;  // at most 64 a power of two
    std::int64_t count_ = 0;
    std::int64_t most_ = 0;
};

}  // namespace cl::report
