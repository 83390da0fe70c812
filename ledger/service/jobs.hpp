// What waits for the writer, and the bounded queue that it waits in (DESIGN.md 6).
//
// Threads: a Job belongs to who holds it; the Queue is for any thread, taking is the writer's.
#pragma once

#include "ledger/service/batch.hpp"
#include "ledger/service/requests.hpp"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <variant>
#include <vector>

namespace cl::service {

struct AppendJob {
    AppendRequest request;
    AppendDone done;
    std::size_t next = 0;  ///< the first item not yet looked at
    AppendAnswer answer;   ///< results[0, next) are decided
};

struct InboundJob {
    InboundRequest request;
    InboundDone done;
    InboundAnswer answer;
    Seq reply_seq = -1;            ///< the trigger.defined whose reply is to be opened
    std::optional<Error> refused;  ///< the whole message was
};

/// Entries that the program makes itself. `drafts` is asked on the writer's thread, so that it sees what is there.
struct ProgramJob {
    std::function<Result<std::vector<Draft>>(Pending&)> drafts;
    std::function<void(Result<void>)> done;
    std::optional<Error> refused;
};

using Job = std::variant<AppendJob, InboundJob, ProgramJob>;

/// Fails a whole request.
void refuse(Job& job, Error const& error);

class Queue {
public:
    /// False if the queue is full by items or bytes, or closed: then `job` is untouched.
    [[nodiscard]] bool push(Job&& job);
    /// Waits until there is a job, the queue is closed, or the time is over. Nothing if there is no job.
    [[nodiscard]] std::optional<Job> pop(int wait_ms);
    /// No job comes in any more; what is there can still be taken.
    void close();
    [[nodiscard]] bool closed() const;
    [[nodiscard]] std::size_t items() const;

private:
    struct Waiting {
        Job job;
        std::size_t items = 0;
        std::size_t bytes = 0;
    };
    mutable std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<Waiting> waiting_;
    std::size_t items_ = 0;
    std::size_t bytes_ = 0;
    bool closed_ = false;
};

}  // namespace cl::service
