#include "api/feed.hpp"

#include "ledger/core/limits.hpp"

#include <utility>

namespace cl::api {

namespace {

constexpr auto reader_pause = std::chrono::milliseconds(10);  // while the readers' queue is full

}  // namespace

Feed::Feed(service::Service& service, ReaderPool& readers) : service_(service), readers_(readers) {
    service_.on_published([this](std::string_view account) { ring(account); });
    thread_ = std::thread([this] { run(); });
}

Feed::~Feed() {
    stop();
}

bool Feed::wait(std::string account, std::chrono::milliseconds time, Look look) {
    auto const waiter = std::make_shared<Waiter>(Waiter{std::move(account), Clock::now() + time, std::move(look)});
    {
        std::lock_guard const lock(mutex_);
        std::size_t const taken = waiters_.size();
        if (released_ || taken >= limits::feed_waiters || waiters_.count(waiter->account) >= limits::feed_waiters - taken) {
            return false;
        }
        waiters_.emplace(waiter->account, waiter);
    }
    if (submit(waiter)) {
        return true;
    }
    std::lock_guard const lock(mutex_);
    forget(waiter);
    return false;
}

void Feed::release() {
    {
        std::lock_guard const lock(mutex_);
        released_ = true;
        while (!deadlines_.empty()) {
            wake(deadlines_.begin()->second);
        }
    }
    changed_.notify_all();
}

void Feed::stop() {
    service_.on_published({});
    release();
    {
        std::lock_guard const lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) {
        thread_.join();
    }
}

void Feed::ring(std::string_view account) {
    bool woken = false;
    std::lock_guard const lock(mutex_);
    auto const [first, last] = waiters_.equal_range(account);
    for (auto at = first; at != last; ++at) {
        at->second->rung = true;
        if (at->second->parked) {
            wake(at->second);
            woken = true;
        }
    }
    if (woken) {
        changed_.notify_all();
    }
}

void Feed::wake(Ptr const& waiter) {
    Ptr const keep = waiter;  // it may be the set's own
    deadlines_.erase({keep->until, keep});
    keep->parked = false;
    ready_.push_back(keep);
}

void Feed::forget(Ptr const& waiter) {
    auto const [first, last] = waiters_.equal_range(waiter->account);
    for (auto at = first; at != last; ++at) {
        if (at->second == waiter) {
            waiters_.erase(at);
            return;
        }
    }
}

bool Feed::submit(Ptr const& waiter) {
    return readers_.submit([this, waiter](Result<service::Queries*> queries) { look(waiter, std::move(queries)); });
}

void Feed::look(Ptr const& waiter, Result<service::Queries*> queries) {
    bool last = false;
    {
        std::lock_guard const lock(mutex_);
        waiter->rung = false;
        last = released_ || Clock::now() >= waiter->until;
    }
    bool const answered = waiter->look(std::move(queries), last);
    {
        std::lock_guard const lock(mutex_);
        if (answered) {
            forget(waiter);
        } else if (waiter->rung || released_) {
            ready_.push_back(waiter);
        } else {
            waiter->parked = true;
            deadlines_.emplace(waiter->until, waiter);
        }
        // With the lock held: once it is free, an ending feed may be gone.
        changed_.notify_all();
    }
}

void Feed::run() {
    std::unique_lock lock(mutex_);
    for (;;) {
        while (!deadlines_.empty() && deadlines_.begin()->first <= Clock::now()) {
            wake(deadlines_.begin()->second);
        }
        if (ready_.empty()) {
            if (stopping_ && waiters_.empty()) {
                return;
            }
            if (deadlines_.empty()) {
                changed_.wait(lock);
            } else {
                // A copy: whoever wakes the waiter takes its deadline away, and wait_until looks at the time once more.
                Clock::time_point const next = deadlines_.begin()->first;
                changed_.wait_until(lock, next);
            }
            continue;
        }
        Ptr const waiter = std::move(ready_.front());
        ready_.pop_front();
        lock.unlock();
        bool const taken = submit(waiter);
        lock.lock();
        if (!taken) {
            ready_.push_front(waiter);
            changed_.wait_for(lock, reader_pause);
        }
    }
}

}  // namespace cl::api
