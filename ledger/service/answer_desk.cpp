#include "ledger/service/answer_desk.hpp"

#include "ledger/service/tile_source.hpp"

#include <algorithm>
#include <utility>

namespace cl::service {
namespace {

constexpr std::size_t findings_of_one_entry = 64;

std::size_t results_of(Job const& job) {
    if (auto const* append = std::get_if<AppendJob>(&job)) return append->answer.results.size();
    if (auto const* inbound = std::get_if<InboundJob>(&job)) return inbound->answer.results.size();
    return 0;
}

}  // namespace

/// One thread's readers, and what it does with them.
class AnswerDesk::Clerk {
public:
    Clerk(Core& core, std::unique_ptr<log::LogReader> log, std::unique_ptr<state::Reader> state)
        : core_(&core), log_(std::move(log)), state_(std::move(state)), tiles_(*log_) {}

    void answer(Job& job, Published const& published) {
        if (auto* append = std::get_if<AppendJob>(&job)) {
            // The posted texts are of no use any more, and may be large.
            std::vector<AppendItem>().swap(append->request.items);
            finish(append->answer, append->request.receipt, published, append->done);
        } else if (auto* inbound = std::get_if<InboundJob>(&job)) {
            if (inbound->refused) return inbound->done(std::move(*inbound->refused));
            if (inbound->reply_seq >= 0) {
                auto const reply = log_->opening(inbound->reply_seq, "/data/reply");
                if (!reply) say(reply.error());
                if (reply && *reply && !(*reply)->content.empty()) inbound->answer.reply_text = (*reply)->content;
            }
            finish(inbound->answer, inbound->request.receipt, published, inbound->done);
        } else {
            auto& program = std::get<ProgramJob>(job);
            if (program.refused) return program.done(std::move(*program.refused));
            program.done(Result<void>{});
        }
    }

private:
    template <class Answer, class Done>
    void finish(Answer& answer, ReceiptDetail detail, Published const& published, Done const& done) {
        answer.checkpoint = published.checkpoint;
        for (ItemResult& result : answer.results) {
            if (result.status == ItemStatus::refused) continue;
            if (auto const told = tell(result, detail, published); !told) {
                say(told.error());
                return done(told.error());
            }
        }
        done(std::move(answer));
    }

    Result<void> tell(ItemResult& result, ReceiptDetail detail, Published const& published) {
        if (result.status == ItemStatus::replayed) CL_TRY(read_again(result, detail));
        if (detail != ReceiptDetail::full) return {};
        TlogProof proof;
        proof.index = result.seq;
        CL_TRY_ASSIGN(proof.hashes, tiles_.inclusion(result.seq, *published.edge));
        proof.checkpoint = published.checkpoint;
        result.proof = write_proof(proof);
        return {};
    }

    Result<void> read_again(ItemResult& result, ReceiptDetail detail) {
        std::string const at = "entry " + std::to_string(result.seq);
        CL_TRY_ASSIGN(auto bytes, log_->entry(result.seq));
        if (!bytes) return fail(errc::store_corrupt, at + " is known but not in the ledger");
        auto const entry = decode(*bytes);
        if (!entry) return fail(errc::store_corrupt, at + " cannot be read: " + entry.error().detail);
        result.leaf = leaf_hash(*bytes);
        result.contact = entry->contact;
        result.state = entry->state;
        if (detail == ReceiptDetail::full) result.entry = std::make_shared<std::string const>(std::move(*bytes));
        CL_TRY_ASSIGN(auto rows, state_->findings(entry->account, {result.seq, {}}, findings_of_one_entry));
        for (state::FindingRow& row : rows) {
            if (row.finding.seq == result.seq) result.findings.push_back(std::move(row.finding));
        }
        return {};
    }

    void say(Error const& error) const { core_->say("an answer could not be finished: " + error.detail); }

    Core* core_;
    std::unique_ptr<log::LogReader> log_;
    std::unique_ptr<state::Reader> state_;
    TileSource tiles_;
};

AnswerDesk::AnswerDesk(Core& core) : core_(&core) {}

AnswerDesk::~AnswerDesk() {
    stop();
}

Result<void> AnswerDesk::start() {
    for (bool const long_ones_too : {false, true}) {
        CL_TRY_ASSIGN(auto log, core_->make_log_reader());
        CL_TRY_ASSIGN(auto state, core_->projections->make_reader());
        Clerk& clerk = *clerks_.emplace_back(std::make_unique<Clerk>(*core_, std::move(log), std::move(state)));
        threads_.emplace_back([this, &clerk, long_ones_too] { run(clerk, long_ones_too); });
    }
    return {};
}

void AnswerDesk::take(std::vector<Job> jobs, std::shared_ptr<Published const> const& published) {
    if (jobs.empty()) return;
    {
        std::lock_guard const lock(mutex_);
        for (Job& job : jobs) {
            std::size_t const results = results_of(job);
            Finished finished{std::move(job), published};
            if (results <= limits::short_answer_items) {
                short_.push_back(std::move(finished));
            } else {
                // Only an append has that many.
                std::string const account = std::get<AppendJob>(finished.job).request.account;
                long_.push_back(account, std::move(finished), results);
            }
        }
    }
    wake_.notify_all();
}

void AnswerDesk::run(Clerk& clerk, bool long_ones_too) {
    for (;;) {
        std::optional<Finished> one;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [&] { return stopping_ || !short_.empty() || (long_ones_too && !long_.empty()); });
            if (!short_.empty()) {
                one = std::move(short_.front());
                short_.pop_front();
            } else if (long_ones_too && !long_.empty()) {
                one = std::move(long_.pop()->what);
            } else {
                return;
            }
        }
        clerk.answer(one->job, *one->published);
    }
}

void AnswerDesk::stop() {
    {
        std::lock_guard const lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
    clerks_.clear();
}

}  // namespace cl::service
