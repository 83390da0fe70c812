// Where answers are finished: what a replay's entry says, proofs to the published checkpoint, reply texts, and the call of `done`, in
// which the HTTP side writes the JSON. None of it takes the writer's time, and a long answer does not stand before a short one.
//
// Threads: start, take and stop are the writer's; the work happens on two threads of the desk's own, one of which is for short answers
// alone.
#pragma once

#include "ledger/core/limits.hpp"
#include "ledger/service/core.hpp"
#include "ledger/service/fair_lines.hpp"
#include "ledger/service/jobs.hpp"
#include "ledger/service/published.hpp"

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace cl::service {

class AnswerDesk {
public:
    /// `core` outlives the desk.
    explicit AnswerDesk(Core& core);
    ~AnswerDesk();
    AnswerDesk(AnswerDesk const&) = delete;
    AnswerDesk& operator=(AnswerDesk const&) = delete;

    /// Opens the readers and starts the threads. errc of the store; then take() must not be called.
    [[nodiscard]] Result<void> start();
    /// Answers each of `jobs`, soon. They are settled (Delivery), and `published` covers them.
    void take(std::vector<Job> jobs, std::shared_ptr<Published const> const& published);
    /// Answers what was taken, ends the threads, closes the readers. Idempotent.
    void stop();

private:
    class Clerk;
    struct Finished {
        Job job;
        std::shared_ptr<Published const> published;
    };
    void run(Clerk& clerk, bool long_ones_too);

    Core* core_;
    std::vector<std::unique_ptr<Clerk>> clerks_;
    std::vector<std::thread> threads_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Finished> short_;                    ///< guarded by mutex_
    FairLines<Finished> long_{limits::queue_turn};  ///< guarded by mutex_
    bool stopping_ = false;                         ///< guarded by mutex_
};

}  // namespace cl::service
