// Rung when an account has new published entries.
//
// Threads: any thread.
#pragma once

#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace cl::service {

class Bell {
public:
    using Listener = std::function<void(std::string_view account)>;

    /// One listener; empty = none. When this returns, the former one is not being called and will not be.
    void listen(Listener listener) {
        std::lock_guard const lock(mutex_);
        listener_ = std::move(listener);
    }
    void ring(std::set<std::string> const& accounts) const {
        std::lock_guard const lock(mutex_);
        if (!listener_) return;
        for (std::string const& account : accounts) listener_(account);
    }

private:
    mutable std::mutex mutex_;
    Listener listener_;  ///< guarded by mutex_
};

}  // namespace cl::service
