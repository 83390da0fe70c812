// Private: the wait for the writer, which merges a batch into the projections and publishes it a moment later. A reader that comes between
// the two waits for the second. It is microseconds, unless the machine has something better to do with its processors.
//
// Threads: belongs to one.
#pragma once

#include <chrono>
#include <thread>

namespace cl::service {

class Patience {
public:
    /// Waits a little, at first only for the other threads' turn. False, without waiting, once about a second was spent.
    [[nodiscard]] bool wait() {
        if (waits_ >= quick + slow) return false;
        if (waits_++ < quick) {
            std::this_thread::yield();
        } else {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        return true;
    }

private:
    static constexpr int quick = 200;
    static constexpr int slow = 1'000;
    int waits_ = 0;
};

}  // namespace cl::service
