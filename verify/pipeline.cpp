#include "verify/pipeline.hpp"

#include "ledger/core/limits.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace cl::verify {
namespace {

/// One batch on its way. `done` is guarded by the pipeline's mutex; the rest belongs to one thread at a time.
struct Job {
    Batch batch;
    merkle::Size first_place = 0;
    Prepared prepared;
    std::exception_ptr failure;
    bool done = false;
};

class Pipeline {
public:
    Pipeline(Source& source, merkle::Size first, note::VerifierKey const* key, std::size_t ahead)
        : source_(source), first_(first), key_(key), ahead_(ahead) {}

    /// The reading thread.
    void read() {
        merkle::Size place = first_;
        std::exception_ptr failure;
        std::optional<Error> error;
        try {
            for (bool more = true; more;) {
                auto job = std::make_shared<Job>();
                auto const got = source_.next(job->batch);
                if (!got) {
                    error = got.error();
                }
                more = got && *got;
                job->first_place = place;
                place += static_cast<merkle::Size>(job->batch.rows.size());
                // What was read before a failure is judged too: it may name the first bad entry.
                more = push(std::move(job)) && more;
            }
        } catch (...) {
            failure = std::current_exception();
        }
        std::lock_guard const lock(mutex_);
        reading_ = false;
        error_ = std::move(error);
        failure_ = failure;
        changed_.notify_all();
    }

    /// A preparing thread.
    void work() {
        for (;;) {
            std::shared_ptr<Job> job;
            {
                std::unique_lock lock(mutex_);
                changed_.wait(lock, [this] { return stopped_ || !waiting_.empty() || !reading_; });
                if (stopped_ || waiting_.empty()) {
                    return;
                }
                job = std::move(waiting_.front());
                waiting_.pop_front();
            }
            try {
                job->prepared = prepare(std::move(job->batch), job->first_place, key_);
            } catch (...) {
                job->failure = std::current_exception();
            }
            std::lock_guard const lock(mutex_);
            job->done = true;
            changed_.notify_all();
        }
    }

    /// The calling thread: batches in order.
    std::optional<Error> consume_all(std::function<void(Prepared)> const& consume) {
        for (;;) {
            std::shared_ptr<Job> job;
            {
                std::unique_lock lock(mutex_);
                changed_.wait(lock, [this] { return in_order_.empty() ? !reading_ : in_order_.front()->done; });
                if (in_order_.empty()) {
                    if (failure_) {
                        std::rethrow_exception(failure_);
                    }
                    return std::move(error_);
                }
                job = std::move(in_order_.front());
                in_order_.pop_front();
                changed_.notify_all();
            }
            if (job->failure) {
                std::rethrow_exception(job->failure);
            }
            consume(std::move(job->prepared));
        }
    }

    /// Nobody is left to judge what would still be read.
    void stop() {
        std::lock_guard const lock(mutex_);
        stopped_ = true;
        changed_.notify_all();
    }

private:
    bool push(std::shared_ptr<Job> job) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return stopped_ || in_order_.size() < ahead_; });
        if (stopped_) {
            return false;
        }
        in_order_.push_back(job);
        waiting_.push_back(std::move(job));
        changed_.notify_all();
        return true;
    }

    Source& source_;
    merkle::Size first_;
    note::VerifierKey const* key_;
    std::size_t ahead_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::shared_ptr<Job>> in_order_;
    std::deque<std::shared_ptr<Job>> waiting_;
    bool reading_ = true;
    bool stopped_ = false;
    std::optional<Error> error_;
    std::exception_ptr failure_;
};

/// Joins the threads on every way out.
class Threads {
public:
    explicit Threads(Pipeline& pipeline) : pipeline_(pipeline) {}
    Threads(Threads const&) = delete;
    Threads& operator=(Threads const&) = delete;
    ~Threads() {
        pipeline_.stop();
        for (std::thread& thread : threads_) {
            thread.join();
        }
    }
    template <class Body>
    void start(Body body) {
        threads_.emplace_back(std::move(body));
    }

private:
    Pipeline& pipeline_;
    std::vector<std::thread> threads_;
};

}  // namespace

std::optional<Error> run_pipeline(Source& source, merkle::Size first, note::VerifierKey const* key, unsigned workers,
                                  std::function<void(Prepared)> const& consume) {
    unsigned const count = std::max(1U, workers == 0 ? std::thread::hardware_concurrency() : workers);
    Pipeline pipeline(source, first, key, count + limits::verify_batches_ahead);
    Threads threads(pipeline);
    threads.start([&pipeline] { pipeline.read(); });
    for (unsigned i = 0; i < count; ++i) {
        threads.start([&pipeline] { pipeline.work(); });
    }
    return pipeline.consume_all(consume);
}

}  // namespace cl::verify
