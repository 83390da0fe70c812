// Requests that wait for an account's next entry: kept as data and not as threads. One thread of the feed's own knows whose time is up and
// whom to wake; the looks themselves are jobs of the reader pool.
//
// Threads: every member may be called from any thread.
#pragma once

#include "api/reader_pool.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace cl::api {

class Feed {
public:
    /// Looks once, on a reader thread, and answers the request; false, without an answer, where there is nothing yet. `last`: it must answer.
    using Look = std::function<bool(Result<service::Queries*> queries, bool last)>;

    /// Both outlive the feed, which is the service's listener (Service::on_published) while it lives.
    Feed(service::Service& service, ReaderPool& readers);
    ~Feed();
    Feed(Feed const&) = delete;
    Feed& operator=(Feed const&) = delete;

    /// Looks at once, again after each entry of the account that is published from then on, and a last time after `time`, until a look
    /// has answered. An entry that is published during a look leads to another one, so none is missed. False, and nothing is done, where
    /// limits::feed_waiters wait already, the account has as many as there are places left (so that it never takes all of them), no reader can
    /// be had, or the service is ending.
    [[nodiscard]] bool wait(std::string account, std::chrono::milliseconds time, Look look);
    /// Everybody who waits gets a last look now, and nobody waits any more: the server wants to end.
    void release();
    /// release(), and waits for the last looks. Before the reader pool's stop. Idempotent.
    void stop();

private:
    using Clock = std::chrono::steady_clock;
    struct Waiter {
        std::string account;
        Clock::time_point until;
        Look look;
        bool rung = false;    ///< an entry was published since the look began
        bool parked = false;  ///< waits in `deadlines_`; else it is being looked for, or is to be
    };
    using Ptr = std::shared_ptr<Waiter>;

    void ring(std::string_view account);
    void run();
    [[nodiscard]] bool submit(Ptr const& waiter);
    void look(Ptr const& waiter, Result<service::Queries*> queries);
    // With mutex_ held
    void wake(Ptr const& waiter);
    void forget(Ptr const& waiter);

    service::Service& service_;
    ReaderPool& readers_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::multimap<std::string, Ptr, std::less<>> waiters_;   // guarded by mutex_
    std::set<std::pair<Clock::time_point, Ptr>> deadlines_;  // guarded by mutex_; the parked ones
    std::deque<Ptr> ready_;                                  // guarded by mutex_
    bool released_ = false;                                  // guarded by mutex_
    bool stopping_ = false;                                  // guarded by mutex_
    std::thread thread_;
};

}  // namespace cl::api
