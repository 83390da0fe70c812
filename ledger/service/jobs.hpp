// What waits for the writer, and the bounded queue that it waits in, a line for each account (docs/architecture.md "Whose turn it is").
//
// Threads: a Job belongs to who holds it; the Queue is for any thread, taking is the writer's.
#pragma once

#include "ledger/core/limits.hpp"
#include "ledger/service/batch.hpp"
#include "ledger/service/fair_lines.hpp"
#include "ledger/service/requests.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

namespace cl::service {

struct AppendJob {
    AppendRequest request;
    AppendDone done;
    std::size_t next = 0;  ///< the first item not yet looked at
    AppendAnswer answer;   ///< results[0, next) are decided
    std::chrono::steady_clock::time_point queued{};
};

struct InboundJob {
    InboundRequest request;
    InboundDone done;
    InboundAnswer answer;
    Seq reply_seq = -1;            ///< the trigger.defined whose reply is to be opened
    std::optional<Error> refused;  ///< the whole message was
    std::chrono::steady_clock::time_point queued{};
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

/// What a job takes of the queue. `bytes`: about what it holds in memory.
struct JobSize {
    std::size_t items = 1;
    std::size_t bytes = 0;
};
/// A job in the queue, and what it took of it as a whole.
struct QueuedJob {
    Job job;
    JobSize size;
};

/// Accounts take turns of limits::queue_turn items, so that an opt-out waits for no other account's batches; within an account jobs
/// keep their order. A full queue still takes a little from an account that has little in it.
class Queue {
public:
    using Turn = FairLines<QueuedJob>::Turn;

    /// False if the queue is full by items or bytes, or closed: then `job` is untouched.
    [[nodiscard]] bool push(Job&& job);
    /// Waits until there is a job, the queue is closed, or the time is over. Nothing if there is no job.
    [[nodiscard]] std::optional<Turn> pop(int wait_ms);
    /// A job of which `granted` items, or fewer, were taken: it goes on with its account's next turn, before the account's other jobs.
    void put_back(Turn&& turn);
    /// No job comes in any more; what is there can still be taken.
    void close();
    [[nodiscard]] bool closed() const;
    [[nodiscard]] std::size_t items() const;

private:
    // With mutex_ held
    [[nodiscard]] bool has_room(std::string const& account, JobSize const& size) const;
    void count_in(std::string const& account, JobSize const& size);
    void count_out(std::string const& account, JobSize const& size);

    mutable std::mutex mutex_;
    std::condition_variable arrived_;
    FairLines<QueuedJob> waiting_{limits::queue_turn};
    JobSize total_{0, 0};
    std::unordered_map<std::string, JobSize> held_;  ///< by account
    bool closed_ = false;
};

}  // namespace cl::service
