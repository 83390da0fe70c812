#include "api/reader_pool.hpp"

namespace cl::api {

ReaderPool::ReaderPool(service::Service& service, int threads, std::size_t queue_limit)
    : service_(service), queue_limit_(queue_limit), long_limit_(threads > 1 ? static_cast<std::size_t>(threads) - 1 : 1) {
    for (int i = 0; i < threads; ++i) {
        threads_.emplace_back([this] { run(); });
    }
}

ReaderPool::~ReaderPool() {
    stop();
}

bool ReaderPool::submit(Job job) {
    {
        std::lock_guard const lock(mutex_);
        if (stopping_ || jobs_.size() >= queue_limit_) {
            return false;
        }
        jobs_.push_back(std::move(job));
    }
    wake_.notify_one();
    return true;
}

bool ReaderPool::submit_long(std::function<void()> work) {
    {
        std::lock_guard const lock(mutex_);
        if (stopping_ || long_.size() >= queue_limit_) {
            return false;
        }
        long_.push_back(std::move(work));
    }
    wake_.notify_one();
    return true;
}

bool ReaderPool::long_may_run() const noexcept {
    return !long_.empty() && long_running_ < long_limit_;
}

void ReaderPool::stop() {
    {
        std::lock_guard const lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    for (std::thread& thread : threads_) {
        if (thread.joinable()) {
            thread.join();
        }
    }
}

void ReaderPool::run() {
    // Opened late and kept: a start-up that is still rebuilding refuses it, and the next job tries again.
    std::unique_ptr<service::Queries> queries;
    for (;;) {
        Job job;
        std::function<void()> work;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stopping_ || !jobs_.empty() || long_may_run(); });
            if (!jobs_.empty()) {
                job = std::move(jobs_.front());
                jobs_.pop_front();
            } else if (long_may_run()) {
                work = std::move(long_.front());
                long_.pop_front();
                ++long_running_;
            } else {
                return;
            }
        }
        if (work) {
            work();
            work = nullptr;
            std::lock_guard const lock(mutex_);
            --long_running_;
            continue;  // this thread looks again itself, so nobody has to be woken
        }
        if (!queries) {
            auto opened = service_.make_queries();
            if (!opened) {
                job(std::move(opened).error());
                continue;
            }
            queries = std::move(*opened);
        }
        job(queries.get());
    }
}

}  // namespace cl::api
