// Filling a batch from the queue.
#include "ledger/core/limits.hpp"
#include "ledger/service/writer.hpp"

#include <algorithm>
#include <utility>

namespace cl::service {

Result<void> Writer::fill(Batch& batch, Queue::Turn first) {
    Queue::Turn turn = std::move(first);
    std::size_t items = 0;
    for (;;) {
        Job& job = turn.what.job;
        items += turn.granted;
        auto const done = take(batch, job, turn.granted);
        if (done && *done) {
            finished_.push_back(std::move(job));
        } else {
            queue_.put_back(std::move(turn));
            if (!done) return done.error();
        }
        // Replays and refusals make no entry: their number is bounded too, so that the first does not wait for the last.
        if (batch.full() || items >= limits::batch_entries) return {};
        auto next = queue_.pop(0);
        if (!next) return {};
        turn = std::move(*next);
    }
}

Result<bool> Writer::take(Batch& batch, Job& job, std::size_t most) {
    if (auto* append = std::get_if<AppendJob>(&job)) return take_append(batch, *append, most);
    if (auto* inbound = std::get_if<InboundJob>(&job)) return take_inbound(batch, *inbound);
    return take_program(batch, std::get<ProgramJob>(job));
}

Result<bool> Writer::take_append(Batch& batch, AppendJob& job, std::size_t most) {
    Intake intake(batch);
    auto& items = job.request.items;
    job.answer.results.reserve(items.size());  // results must stay where they are: they are filled after COMMIT
    std::size_t const end = std::min(items.size(), job.next + most);
    for (; job.next < end; ++job.next) {
        if (batch.full()) return false;
        ItemResult result;
        result.correlation_id = std::move(items[job.next].correlation_id);
        auto const& change = items[job.next].change;
        std::string_view const kind = change ? consent::info(change->kind).name : "none";
        std::string const within = items[job.next].fault ? std::string() : std::move(items[job.next].pointer);
        auto const taken = intake.change(job.request, job.next, std::move(items[job.next]));
        if (!taken && !is_refusal(taken.error().code)) return taken.error();
        job.answer.results.push_back(std::move(result));
        if (taken) {
            delivery_.expect(job.answer.results.back(), *taken, job.request.receipt);
        } else {
            job.answer.results.back().problem = taken.error();
            job.answer.results.back().problem->pointer.insert(0, within);
        }
        core_->counters.item(kind, taken ? taken->status : ItemStatus::refused);
    }
    return job.next == items.size();
}

Result<bool> Writer::take_inbound(Batch& batch, InboundJob& job) {
    auto message = Intake(batch).inbound(job.request);
    if (!message) {
        if (!is_refusal(message.error().code)) return message.error();
        core_->counters.item("inbound", ItemStatus::refused);
        job.refused = message.error();
        return true;
    }
    job.answer.cls = message->cls;
    if (!message->reply_text.empty()) job.answer.reply_text = std::move(message->reply_text);
    job.reply_seq = message->reply_seq;
    job.answer.results.reserve(message->entries.size());
    for (Intake::Message::One& one : message->entries) {
        ItemResult& result = job.answer.results.emplace_back();
        if (one.taken) {
            delivery_.expect(result, *one.taken, job.request.receipt);
        } else {
            result.problem = std::move(one.refused);
        }
        core_->counters.item("inbound", one.taken ? one.taken->status : ItemStatus::refused);
    }
    return true;
}

Result<bool> Writer::take_program(Batch& batch, ProgramJob& job) {
    auto drafts = job.drafts(batch.pending());
    if (!drafts) {
        if (!is_refusal(drafts.error().code)) return drafts.error();
        job.refused = drafts.error();
        return true;
    }
    for (Draft& draft : *drafts) {
        auto const added = batch.add(std::move(draft));
        if (!added && !is_refusal(added.error().code)) return added.error();
        if (!added) job.refused = added.error();
        if (!added) return true;
        core_->counters.item("program", ItemStatus::recorded);
    }
    return true;
}

}  // namespace cl::service
