// The whole log verified again and again while it is served: each entry's hash, its place behind the one before it, every full tile, and the
// root that the service has signed, which it holds in memory whatever happens to the file. It finds a disk that forgets and a hand in the
// file; it is no proof to others, which is what consent-verify is for.
//
// Threads: one of its own; made, asked and destroyed by any.
#pragma once

#include "ledger/service/core.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace cl::service {

class ChainCheck {
public:
    /// Begins when the service is ready, and again `every` after each end; after one that could not read, a minute after it. Takes a
    /// quarter of a core at most.
    ChainCheck(std::shared_ptr<Core> core, Millis every);
    ~ChainCheck();
    ChainCheck(ChainCheck const&) = delete;
    ChainCheck& operator=(ChainCheck const&) = delete;

    /// Waits for the check to stop, which takes a few milliseconds once the service is ready or has stopped. Idempotent; not from two
    /// threads at once.
    void stop();

    [[nodiscard]] ChainStats stats() const;
    /// `chain`: what the last check said that read to the end; `chain_read`: the last one could not. Nothing before there was one.
    [[nodiscard]] std::optional<Check> last() const;

private:
    void run();
    /// errc::not_ready: it was stopped.
    [[nodiscard]] Result<merkle::Size> walk();
    void note(Result<merkle::Size> const& outcome);
    /// False at once when it is to stop.
    [[nodiscard]] bool wait(std::chrono::nanoseconds time);

    std::shared_ptr<Core> const core_;
    Millis const every_;
    mutable std::mutex mutex_;
    std::condition_variable stop_asked_;
    bool stop_ = false;          // guarded by mutex_
    ChainStats stats_;           // guarded by mutex_
    std::optional<Check> last_;  // guarded by mutex_
    std::thread thread_;         // last: it uses what is above
};

}  // namespace cl::service
