// A few threads for look-ups that touch the disk and for large bodies, so that the I/O thread never waits for either
// (docs/architecture.md "Threads"). The queues are bounded: full means an immediate "busy".
//
// Threads: every member may be called from any thread.
#pragma once

#include "ledger/core/error.hpp"
#include "ledger/service/service.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace cl::api {

class ReaderPool {
public:
    using Job = std::function<void(Result<service::Queries*>)>;

    /// `service` outlives the pool. Each thread opens its Queries with its first job.
    ReaderPool(service::Service& service, int threads, std::size_t queue_limit);
    ~ReaderPool();
    ReaderPool(ReaderPool const&) = delete;
    ReaderPool& operator=(ReaderPool const&) = delete;

    /// Runs `job` on a reader thread with that thread's Queries, or with the failure to open them. Returns false if the queue is full or
    /// the pool has stopped: the job is then not run.
    [[nodiscard]] bool submit(Job job);
    /// The same for work that takes long and needs no Queries, as the reading of a large body. One thread is always left for look-ups.
    [[nodiscard]] bool submit_long(std::function<void()> work);
    /// Finishes what is queued and ends the threads. Idempotent.
    void stop();

private:
    void run();
    // With mutex_ held
    [[nodiscard]] bool long_may_run() const noexcept;

    service::Service& service_;
    std::size_t const queue_limit_;
    std::size_t const long_limit_;  ///< that run at a time
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job> jobs_;                    // guarded by mutex_
    std::deque<std::function<void()>> long_;  // guarded by mutex_
    std::size_t long_running_ = 0;            // guarded by mutex_
    bool stopping_ = false;                   // guarded by mutex_
    std::vector<std::thread> threads_;
};

}  // namespace cl::api
