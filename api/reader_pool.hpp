// A few threads for look-ups that touch the disk, so that the I/O thread never does (DESIGN.md 5). The queue is bounded: full means an
// immediate "busy".
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
    /// Finishes what is queued and ends the threads. Idempotent.
    void stop();

private:
    void run();

    service::Service& service_;
    std::size_t const queue_limit_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job> jobs_;   // guarded by mutex_
    bool stopping_ = false;  // guarded by mutex_
    std::vector<std::thread> threads_;
};

}  // namespace cl::api
