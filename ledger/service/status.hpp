// Whether the service can take requests, said by the writer and asked by everybody.
//
// Threads: any thread.
#pragma once

#include "ledger/core/error.hpp"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace cl::service {

class Status {
public:
    /// Still starting; `what` says how far it is.
    void starting(std::string what) {
        std::lock_guard const lock(mutex_);
        refusal_ = fail(errc::not_ready, std::move(what));
    }
    void ready() {
        {
            std::lock_guard const lock(mutex_);
            started_ = true;
            refusal_.reset();
        }
        changed_.notify_all();
    }
    /// The first failure stays: what follows from it says less.
    void stopped(Error why) {
        {
            std::lock_guard const lock(mutex_);
            if (stopped_) return;
            stopped_ = true;
            refusal_ = std::move(why);
        }
        changed_.notify_all();
    }
    /// Both buffers before state.db are full: requests are refused until one is free. `why`: what keeps it from being free, if that
    /// is known to be a failure.
    void stalled(bool now, std::string why = {}) {
        std::lock_guard const lock(mutex_);
        stalled_ = now;
        stalled_why_ = std::move(why);
    }

    /// not_ready or writer_stopped, or nothing.
    [[nodiscard]] std::optional<Error> readiness() const {
        std::lock_guard const lock(mutex_);
        if (!refusal_ && stalled_ && !stalled_why_.empty()) return fail(errc::not_ready, stalled_why_);
        return refusal_;
    }
    /// Why an append is refused at once: as readiness(), or busy.
    [[nodiscard]] std::optional<Error> refusal() const {
        std::lock_guard const lock(mutex_);
        if (refusal_) return refusal_;
        if (stalled_) return fail(errc::busy, "the projections are behind; try again");
        return std::nullopt;
    }
    [[nodiscard]] Result<void> wait_until_ready() const {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return started_ || stopped_; });
        if (stopped_) return *refusal_;
        return {};
    }

private:
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    std::optional<Error> refusal_ = Error{errc::not_ready, "starting", {}};
    bool started_ = false;
    bool stopped_ = false;
    bool stalled_ = false;
    std::string stalled_why_;
};

}  // namespace cl::service
