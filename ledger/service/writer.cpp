#include "ledger/service/writer.hpp"

#include "ledger/core/limits.hpp"
#include "ledger/service/catch_up.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace cl::service {
namespace {

constexpr int idle_ms = 200;  // between looks at what has to be done without requests
constexpr int slice_pause_ms =
    1;                       // between slices of an erasure or a search of the vault's files, while nobody asks for anything
constexpr int stall_ms = 5;  // while the projections catch up

}  // namespace

Writer::Writer(Core& core, Recovered recovered, HeadFile head)
    : core_(&core),
      head_(recovered.tail.head),
      tree_(std::move(recovered.tail.edge)),
      head_file_(std::move(head)),
      time_(core.env.clock, recovered.tail.recorded_at),
      desk_(core),
      tail_erasures_(std::move(recovered.tail.erasures)),
      tail_first_(recovered.tail.first) {}

Writer::~Writer() {
    stop();
}

void Writer::start() {
    thread_ = std::thread([this] { run(); });
}

void Writer::stop() {
    queue_.close();
    if (thread_.joinable()) thread_.join();
}

void Writer::run() {
    if (auto started = start_up(); !started) {
        stop_writing(started.error());
    } else {
        started_ = true;
        core_->status.ready();
        serve();
    }
    refuse_everything();
    wind_up();
}

Result<void> Writer::start_up() {
    Seq const known_before = core_->projections->watermark().size;
    std::vector<Seq> erasures = std::move(tail_erasures_);
    CL_TRY(catch_up(*core_, *core_->store, head_, erasures, [this] { return !queue_.closed(); }));
    CL_TRY_ASSIGN(reader_, core_->projections->make_reader());
    CL_TRY(desk_.start());
    CL_TRY_ASSIGN(auto const stored, core_->store->last_checkpoint());
    if (stored) stored_size_ = stored->size;
    stored_at_ = forgot_at_ = swept_at_ = uses_saved_at_ = core_->env.clock.steady();
    sweep_end_ = std::min(tail_first_, known_before);
    core_->erasures.start(head_.size);
    return erase_at_start(erasures);
}

void Writer::serve() {
    while (!stopped_) {
        if (!core_->projections->room_for_batch()) {
            auto const error = core_->projections->flush_error();
            if (error && !stall_said_) core_->say("state.db cannot be written: " + error->detail);
            stall_said_ = error.has_value();
            core_->status.stalled(true, error ? "state.db cannot be written; the operator's log says why" : "");
            if (error && queue_.closed()) return;
            std::this_thread::sleep_for(std::chrono::milliseconds(stall_ms));
            continue;
        }
        stall_said_ = false;
        core_->status.stalled(false);
        bool const closed = queue_.closed();
        auto turn = queue_.pop(closed ? 0 : search_to_ >= 0 || !erase_walk_.empty() ? slice_pause_ms : idle_ms);
        if (!turn && closed) return;
        bool const idle = !turn;
        if (turn) one_batch(std::move(*turn));
        if (stopped_) return;
        if (auto kept = house_keeping(idle); !kept) stop_writing(kept.error());
    }
}

void Writer::stop_writing(Error const& why) {
    stopped_ = true;
    core_->say("the writer stopped: " + why.detail);
    core_->status.stopped(fail(errc::writer_stopped, why.detail));
}

void Writer::refuse_everything() {
    Error const why = core_->status.refusal().value_or(fail(errc::not_ready, "the service is stopping"));
    for (Job& job : finished_) refuse(job, why);
    finished_.clear();
    for (;;) {
        bool const closed = queue_.closed();
        auto turn = queue_.pop(closed ? 0 : idle_ms);
        if (!turn && closed) return;
        if (turn) refuse(turn->what.job, why);
    }
}

void Writer::wind_up() {
    desk_.stop();
    reader_.reset();
    if (auto stored = store_last_checkpoint(); !stored) core_->say("the last checkpoint: " + stored.error().detail);
    if (auto saved = core_->token_uses.save(); !saved) core_->say(saved.error().detail);
    if (auto closed = core_->projections->close(); !closed) core_->say("state.db: " + closed.error().detail);
    if (auto synced = head_file_.sync(core_->env.clock.steady()); !synced) core_->say(synced.error().detail);
}

Result<void> Writer::store_last_checkpoint() {
    // So that ledger.db alone, copied after a clean stop, is covered by a signature to its end.
    if (!started_ || stopped_) return {};
    auto const published = core_->published.get();
    if (published->edge->size <= stored_size_) return {};
    log::Batch last;
    last.checkpoint = log::StoredCheckpoint{published->edge->size, published->checkpoint};
    CL_TRY(core_->store->append(head_, last));
    stored_size_ = last.checkpoint->size;
    return {};
}

void Writer::one_batch(Queue::Turn first) {
    Batch batch(Batch::Context{core_->store.get(), reader_.get(), &core_->contact_key, &core_->env.random, &time_}, head_);
    auto const filled = fill(batch, std::move(first));
    auto const committed = commit(batch);
    if (!committed) return stop_writing(committed.error());
    auto const erased = batch.erasures().empty() ? Result<void>() : erase(batch.erasures());
    answer_finished();
    if (!filled) return stop_writing(filled.error());
    if (!erased) return stop_writing(erased.error());
}

Result<void> Writer::commit(Batch& batch) {
    if (batch.empty()) return delivery_.settle(batch);
    add_tiles(batch);
    add_checkpoint(batch);
    if (auto appended = core_->store->append(batch.head(), batch.made()); !appended) {
        delivery_.abandon();
        return appended;
    }
    std::vector<log::Row> const& rows = batch.made().rows;
    if (batch.made().checkpoint) {
        stored_size_ = batch.made().checkpoint->size;
        stored_at_ = core_->env.clock.steady();
    }
    if (rows.empty()) return delivery_.settle(batch);
    head_ = log::Head{rows.back().seq + 1, rows.back().leaf};
    core_->projections->merge(batch.pending().take(), state::Watermark{head_.size, head_.leaf});
    core_->counters.batches.fetch_add(1);
    core_->counters.batch_entries.add(static_cast<double>(rows.size()));
    core_->counters.last_append = time_.last();
    CL_TRY(publish());
    core_->bell.ring(batch.accounts());
    return delivery_.settle(batch);
}

void Writer::add_tiles(Batch& batch) {
    for (log::Row const& row : batch.made().rows) tree_.append(row.leaf);
    for (Tree::Full const& full : tree_.take_full()) {
        batch.made().tiles.push_back(log::TileRow{full.level, full.index, full.tile->bytes(tile::full_width)});
    }
}

void Writer::add_checkpoint(Batch& batch) {
    auto const published = core_->published.get();
    merkle::Size const size = published->edge->size;
    if (size <= stored_size_) return;
    bool const due = core_->env.clock.steady() - stored_at_ >= limits::checkpoint_ms;
    if (due || size - stored_size_ >= limits::checkpoint_entries) {
        batch.made().checkpoint = log::StoredCheckpoint{size, published->checkpoint};
    }
}

Result<void> Writer::publish() {
    Checkpoint const checkpoint{core_->origin, tree_.size(), tree_.root()};
    std::string note = sign_checkpoint(checkpoint, core_->signer);
    auto const next = std::make_shared<Published const>(Published{tree_.snapshot(), std::move(note)});
    core_->published.set(next);
    core_->counters.last_checkpoint = core_->env.clock.now();
    return head_file_.write(next->checkpoint, core_->env.clock.steady());
}

/// Into both places of head: after an accepted rollback the other one would go on speaking of what was given up.
Result<void> Writer::first_checkpoint() {
    CL_TRY(publish());
    CL_TRY(head_file_.sync(core_->env.clock.steady()));
    return head_file_.write(core_->published.get()->checkpoint, core_->env.clock.steady());
}

void Writer::note_durations() {
    auto const now = std::chrono::steady_clock::now();
    auto const note = [&](auto queued) {
        core_->counters.append_seconds.add(std::chrono::duration<double>(now - queued).count());
    };
    for (Job const& job : finished_) {
        if (auto const* append = std::get_if<AppendJob>(&job)) note(append->queued);
        if (auto const* inbound = std::get_if<InboundJob>(&job)) note(inbound->queued);
    }
}

void Writer::answer_finished() {
    note_durations();
    desk_.take(std::exchange(finished_, {}), core_->published.get());
}

}  // namespace cl::service
