// The time that entries are recorded at (docs/promises.md "Clock"): the wall clock, never backward, and never run away from the steady clock.
//
// Threads: belongs to the writer.
#pragma once

#include "ledger/core/clock.hpp"
#include "ledger/core/error.hpp"

namespace cl::service {

class TimeKeeper {
public:
    /// `last`: recorded_at of the newest entry; no time before it is given out.
    TimeKeeper(Clock const& clock, Millis last) : clock_(&clock), wall_(clock.now()), steady_(clock.steady()), last_(last) {}

    /// The time for the next entry. errc::clock_jump if the wall clock went more than limits::clock_jump_ms further than the steady
    /// clock since the last call; every later call fails too. Readings are compared from call to call, so that slow correction by
    /// a time service never adds up to a jump.
    [[nodiscard]] Result<Millis> next();

    /// How far behind the newest entry the wall clock was at the last call; 0 if it was not.
    [[nodiscard]] Millis behind() const noexcept { return behind_; }
    [[nodiscard]] Millis last() const noexcept { return last_; }

private:
    Clock const* clock_;
    Millis wall_;
    Millis steady_;
    Millis last_;
    Millis behind_ = 0;
    bool jumped_ = false;
};

}  // namespace cl::service
