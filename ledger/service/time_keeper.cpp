#include "ledger/service/time_keeper.hpp"

#include "ledger/core/limits.hpp"

#include <algorithm>

namespace cl::service {

Result<Millis> TimeKeeper::next() {
    Millis const wall = clock_->now();
    Millis const steady = clock_->steady();
    jumped_ = jumped_ || (wall - wall_) - (steady - steady_) > limits::clock_jump_ms;
    if (jumped_) {
        return fail(
            errc::clock_jump,
            "the wall clock ran ahead of the steady clock by more than a minute: check the machine's time, then start again");
    }
    wall_ = wall;
    steady_ = steady;
    behind_ = std::max<Millis>(0, last_ - wall);
    last_ = std::max(last_, wall);
    return last_;
}

}  // namespace cl::service
