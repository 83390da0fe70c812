// The one writer: drains the queue, builds a batch, commits it, signs once, publishes, hands the results to the answer desk
// (docs/architecture.md "One POST, through every layer").
//
// After a failed COMMIT or sync nothing is known about the disk: the writer stops, everything waiting and everything later is refused with
// errc::writer_stopped, and only a restart, which checks the tail again, goes on.
//
// Threads: start, stop and queue are for any thread; all else happens on the writer's own.
#pragma once

#include "ledger/service/answer_desk.hpp"
#include "ledger/service/core.hpp"
#include "ledger/service/delivery.hpp"
#include "ledger/service/erasure.hpp"
#include "ledger/service/head_file.hpp"
#include "ledger/service/jobs.hpp"
#include "ledger/service/recovery.hpp"
#include "ledger/service/tree.hpp"

#include <limits>
#include <optional>
#include <thread>
#include <vector>

namespace cl::service {

class Writer {
public:
    Writer(Core& core, Recovered recovered, HeadFile head);
    ~Writer();

    /// Signs and publishes the tree as it was found. Before start().
    [[nodiscard]] Result<void> first_checkpoint();
    void start();
    /// Finishes and answers what is queued, stores the last checkpoint, closes the projections, syncs head, ends the thread. Idempotent;
    /// one caller at a time.
    void stop();
    [[nodiscard]] Queue& queue() noexcept { return queue_; }

private:
    // Life of the thread
    void run();
    [[nodiscard]] Result<void> start_up();
    void serve();
    void wind_up();
    [[nodiscard]] Result<void> store_last_checkpoint();
    void refuse_everything();
    void stop_writing(Error const& why);

    // One batch
    void one_batch(Queue::Turn first);
    /// Takes jobs while there is room; a job that is not finished goes back to the queue. Fails if the writer must stop after this batch.
    [[nodiscard]] Result<void> fill(Batch& batch, Queue::Turn first);
    /// Takes up to `most` items of a job; true when it has none left.
    [[nodiscard]] Result<bool> take(Batch& batch, Job& job, std::size_t most);
    [[nodiscard]] Result<bool> take_append(Batch& batch, AppendJob& job, std::size_t most);
    [[nodiscard]] Result<bool> take_inbound(Batch& batch, InboundJob& job);
    [[nodiscard]] Result<bool> take_program(Batch& batch, ProgramJob& job);
    [[nodiscard]] Result<void> commit(Batch& batch);
    void add_tiles(Batch& batch);
    void add_checkpoint(Batch& batch);
    [[nodiscard]] Result<void> publish();
    void note_durations();
    void answer_finished();

    // Between batches
    [[nodiscard]] Result<void> house_keeping(bool idle);
    [[nodiscard]] Result<void> erase_at_start(std::vector<Seq> const& erasures);
    [[nodiscard]] Result<void> erase(std::vector<Seq> const& erasures);
    void erase_later(std::vector<Seq> const& erasures);
    /// Overwrites some of what is to go, and looks at the write-ahead log again.
    [[nodiscard]] Result<void> erase_portion();
    [[nodiscard]] Result<void> search_erased(bool idle);
    [[nodiscard]] Result<void> sweep();

    Core* core_;
    Queue queue_;
    std::thread thread_;

    // The writer thread's own
    log::Head head_;
    Tree tree_;
    HeadFile head_file_;
    TimeKeeper time_;
    AnswerDesk desk_;
    std::unique_ptr<state::Reader> reader_;
    Delivery delivery_;
    std::vector<Job> finished_;       ///< to be answered after COMMIT
    std::vector<Seq> tail_erasures_;  ///< subject.erased entries that the start found
    Seq tail_first_ = 0;              ///< the start looked at the entries from here on
    bool started_ = false;
    bool stopped_ = false;
    ErasureWalk erase_walk_;     ///< to the entries whose openings are still to go
    bool vault_wal_old_ = true;  ///< it was not emptied since the start, and may hold what was overwritten before
    Seq search_to_ = -1;         ///< what was erased before this entry is being searched for; -1: no search is under way
    Millis search_not_before_ = std::numeric_limits<Millis>::min();  ///< steady
    Seq sweep_at_ = 0;  ///< the log before `sweep_end_` is searched for erasures between batches
    Seq sweep_end_ = 0;
    merkle::Size stored_size_ = -1;  ///< of the newest stored checkpoint
    Millis stored_at_ = 0;           ///< steady
    Millis forgot_at_ = 0;           ///< steady; message ids
    Millis swept_at_ = 0;
    Millis erase_tried_at_ = 0;
    Millis uses_saved_at_ = 0;  ///< steady; when tokens were used last
    bool clock_said_ = false;
    bool stall_said_ = false;
};

}  // namespace cl::service
