#include "verify/reconcile/crew.hpp"

#include "ledger/core/limits.hpp"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace cl::verify::reconcile {
namespace {

class Crew {
public:
    Crew(Input& input, unsigned workers, std::function<Tally(std::string_view)> const& judge, Merge const& merge)
        : input_(input), judge_(judge), merge_(merge), ahead_(workers * (1 + limits::reconcile_chunks_ahead)) {}

    /// Until the file ends or anything fails.
    void work() noexcept {
        try {
            std::string text;
            for (std::size_t turn = 0; take(text, turn);) {
                Done done{judge_(text), text.size()};
                hand_over(turn, std::move(done));
            }
        } catch (...) {
            std::lock_guard const lock(mutex_);
            failure_ = std::current_exception();
            over_ = true;
            changed_.notify_all();
        }
    }

    std::optional<Error> result() {
        if (failure_) {
            std::rethrow_exception(failure_);
        }
        return std::move(error_);
    }

private:
    struct Done {
        Tally tally;
        std::size_t bytes = 0;
    };

    /// The next piece of the file, and whose turn it is. Waits where too much was done out of turn.
    bool take(std::string& text, std::size_t& turn) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return over_ || (!reading_ && next_ < merged_ + ahead_); });
        if (over_) {
            return false;
        }
        reading_ = true;
        lock.unlock();
        auto const more = input_.next(text);
        lock.lock();
        reading_ = false;
        over_ = over_ || !more || !*more;
        changed_.notify_all();
        if (!more) {
            error_ = more.error();
        }
        turn = next_;
        next_ += more && *more ? 1U : 0U;
        return more && *more;
    }

    void hand_over(std::size_t turn, Done done) {
        std::unique_lock lock(mutex_);
        waiting_.emplace(turn, std::move(done));
        if (merging_) {
            return;  // somebody is at it and will come to this one
        }
        merging_ = true;
        for (auto next = waiting_.find(merged_); next != waiting_.end(); next = waiting_.find(merged_)) {
            Done ready = std::move(next->second);
            waiting_.erase(next);
            lock.unlock();
            merge_(std::move(ready.tally), ready.bytes);
            lock.lock();
            ++merged_;
            changed_.notify_all();
        }
        merging_ = false;
    }

    Input& input_;
    std::function<Tally(std::string_view)> const& judge_;
    Merge const& merge_;
    std::size_t ahead_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool reading_ = false;
    bool merging_ = false;
    bool over_ = false;  // nothing more to take
    std::size_t next_ = 0;
    std::size_t merged_ = 0;
    std::map<std::size_t, Done> waiting_;
    std::optional<Error> error_;
    std::exception_ptr failure_;
};

}  // namespace

std::optional<Error> run_crew(Input& input, unsigned workers, std::function<Tally(std::string_view)> const& judge,
                              Merge const& merge) {
    unsigned const count = std::max(1U, workers == 0 ? std::thread::hardware_concurrency() : workers);
    Crew crew(input, count, judge, merge);
    std::vector<std::thread> others;
    for (unsigned i = 1; i < count; ++i) {
        others.emplace_back([&crew] { crew.work(); });
    }
    crew.work();
    for (std::thread& other : others) {
        other.join();
    }
    return crew.result();
}

}  // namespace cl::verify::reconcile
