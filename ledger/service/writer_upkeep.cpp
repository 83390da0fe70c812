// What the writer does between batches: the vault's part of erasures, the WAL, the message-id window, the sweep for old erasures,
// when tokens were used last.
#include "ledger/core/limits.hpp"
#include "ledger/service/erasure.hpp"
#include "ledger/service/writer.hpp"

#include <algorithm>
#include <utility>

namespace cl::service {
namespace {

constexpr Seq sweep_entries = 4'096;                  // a slice: a few milliseconds
constexpr Millis sweep_every_ms = 1'000;              // at least this often under load
constexpr Millis erase_every_ms = 1'000;              // while a reader is in the way
constexpr std::size_t search_idle_bytes = 4U << 20U;  // a slice: a few milliseconds
constexpr std::size_t search_bytes = 256U << 10U;
constexpr Millis forget_every_ms = 3'600'000;

}  // namespace

Result<void> Writer::erase(std::vector<Seq> const& erasures) {
    auto const read = [this](Seq seq) -> Result<std::string> {
        CL_TRY_ASSIGN(auto bytes, core_->store->entry(seq));
        if (!bytes) return fail(errc::chain_broken, "entry " + std::to_string(seq) + " is missing");
        return std::move(*bytes);
    };
    for (Seq const seq : erasures) {
        CL_TRY_ASSIGN(std::string const bytes, read(seq));
        CL_TRY_ASSIGN(Entry const entry, decode(bytes));
        if (consent::kind_from(entry.kind) != consent::Kind::subject_erased) continue;
        CL_TRY_ASSIGN(auto const seqs, erased_by(seq, read));
        erase_waiting_.insert(erase_waiting_.end(), seqs.begin(), seqs.end());
        core_->erasures.wait_for(seq);
    }
    return erase_waiting();
}

Result<void> Writer::erase_waiting() {
    if (erase_waiting_.empty() && !vault_wal_old_) return {};
    erase_tried_at_ = core_->env.clock.steady();
    auto const erased = core_->store->erase_openings(erase_waiting_);
    if (!erased && erased.error().code == errc::busy) {
        // A reader is in the way: the rows are overwritten, and the write-ahead log is looked at again. While a backup runs that may be long, so
        // that no row is overwritten twice.
        erase_waiting_.clear();
        vault_wal_old_ = true;
        return {};
    }
    CL_TRY(erased);
    erase_waiting_.clear();
    vault_wal_old_ = false;
    core_->erasures.finished_all();
    return {};
}

Result<void> Writer::search_erased(bool idle) {
    // A search speaks of what was gone from the write-ahead log when it began.
    if (search_to_ < 0 && (vault_wal_old_ || !erase_waiting_.empty())) return {};
    if (search_to_ < 0) search_to_ = head_.size;
    CL_TRY_ASSIGN(log::LogStore::Search const search, core_->store->search_erased(idle ? search_idle_bytes : search_bytes));
    if (search.searched == 0 && !search.done) return {};
    if (search.found > 0)
        core_->say("vault.db still holds bytes of an opening that was erased; docs/erasure.md says what to do");
    core_->erasures.searched(std::exchange(search_to_, -1), search.found > 0);
    return {};
}

Result<void> Writer::sweep() {
    // A vault.db that was restored from a backup brings back what was erased since. The start looks at the tail; the rest of the log
    // is searched in slices, so that a start is quick and no reader has to wait.
    if (sweep_at_ >= sweep_end_) return {};
    Seq const to = std::min(sweep_at_ + sweep_entries, sweep_end_);
    std::vector<Seq> found;
    CL_TRY(core_->store->range(sweep_at_, to, [&](Seq seq, std::string_view bytes) {
        if (looks_like_erasure(bytes)) found.push_back(seq);
        return true;
    }));
    sweep_at_ = to;
    return found.empty() ? Result<void>() : erase(found);
}

Result<void> Writer::house_keeping(bool idle) {
    Millis const steady = core_->env.clock.steady();
    if (steady - erase_tried_at_ >= erase_every_ms) CL_TRY(erase_waiting());
    CL_TRY(search_erased(idle));
    CL_TRY(core_->store->maintain());
    if (idle) CL_TRY(head_file_.sync_if_due(steady));
    if (idle || steady - swept_at_ >= sweep_every_ms) {
        swept_at_ = steady;
        CL_TRY(sweep());
    }
    if (steady - forgot_at_ >= forget_every_ms) {
        forgot_at_ = steady;
        CL_TRY(core_->store->forget_messages(time_.last() - limits::message_id_keep_ms));
    }
    if (steady - uses_saved_at_ >= limits::token_used_ms) {
        uses_saved_at_ = steady;
        if (auto saved = core_->token_uses.save(); !saved) core_->say(saved.error().detail);
    }
    if (time_.behind() > 0 && !clock_said_) {
        core_->say("the clock is behind the newest entry by " + std::to_string(time_.behind()) +
                   " ms; entries keep that entry's time until it has caught up");
    }
    clock_said_ = time_.behind() > 0;
    return {};
}

}  // namespace cl::service
