#include "api/reader_pool.hpp"

namespace cl::api {

ReaderPool::ReaderPool(service::Service& service, int threads, std::size_t queue_limit)
    : service_(service), queue_limit_(queue_limit) {
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
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
            if (jobs_.empty()) {
                return;
            }
            job = std::move(jobs_.front());
            jobs_.pop_front();
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
