// A clock that stands still until it is told otherwise. For tests.
//
// Threads: any.
#pragma once

#include "ledger/core/clock.hpp"

#include <atomic>

namespace cl::test {

class FakeClock final : public Clock {
public:
    explicit FakeClock(Millis now = 1'795'000'000'000) : now_(now) {}
    [[nodiscard]] Millis now() const override { return now_; }
    [[nodiscard]] Millis steady() const override { return steady_; }

    /// Time goes on.
    void advance(Millis by) {
        now_ += by;
        steady_ += by;
    }
    /// Somebody sets the wall clock.
    void jump(Millis by) { now_ += by; }

private:
    std::atomic<Millis> now_;
    std::atomic<Millis> steady_{1'000};
};

}  // namespace cl::test
