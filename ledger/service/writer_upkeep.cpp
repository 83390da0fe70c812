// What the writer does between batches: the vault's part of erasures, the WAL, the message-id window, the sweep for old erasures,
// when tokens were used last.
#include "ledger/core/limits.hpp"
#include "ledger/service/erasure.hpp"
#include "ledger/service/writer.hpp"

#include <algorithm>
#include <utility>

namespace cl::service {
namespace {

constexpr Seq sweep_entries = 4'096;                    // a slice: a few milliseconds
constexpr Millis sweep_every_ms = 1'000;                // at least this often under load
constexpr Millis erase_every_ms = 1'000;                // while a reader is in the way
constexpr std::size_t erase_entries = 1'024;            // a portion: some ten milliseconds
constexpr int erase_portions = 16;                      // at once: longer, nobody else's entry waits
constexpr std::size_t search_idle_bytes = 512U << 10U;  // a slice: two milliseconds
constexpr std::size_t search_bytes = 256U << 10U;
constexpr Millis search_again_ms = 600'000;  // after the files could not be read
constexpr Millis forget_every_ms = 3'600'000;

}  // namespace

/// Before the service is ready, and a stop does not wait for it: the next start does it anew.
Result<void> Writer::erase_at_start(std::vector<Seq> const& erasures) {
    erase_later(erasures);
    do {
        if (queue_.closed()) return fail(errc::not_ready, "stopped while erasures were applied to vault.db again");
        CL_TRY(erase_portion());
    } while (!erase_walk_.empty());
    return {};
}

/// Of a contact with very many entries the rest goes between the next batches.
Result<void> Writer::erase(std::vector<Seq> const& erasures) {
    erase_later(erasures);
    for (int i = 0; i < erase_portions && (i == 0 || !erase_walk_.empty()); ++i) CL_TRY(erase_portion());
    return {};
}

void Writer::erase_later(std::vector<Seq> const& erasures) {
    for (Seq const seq : erasures) {
        erase_walk_.add(seq);
        core_->erasures.wait_for(seq);
    }
}

Result<void> Writer::erase_portion() {
    if (erase_walk_.empty() && !vault_wal_old_) return {};
    erase_tried_at_ = core_->env.clock.steady();
    auto const read = [this](Seq seq) -> Result<std::string> {
        CL_TRY_ASSIGN(auto bytes, core_->store->entry(seq));
        if (!bytes) return fail(errc::chain_broken, "entry " + std::to_string(seq) + " is missing");
        return std::move(*bytes);
    };
    CL_TRY_ASSIGN(auto const seqs, erase_walk_.next(erase_entries, read));
    auto const erased = core_->store->erase_openings(seqs);
    // A reader is in the way, for as long as a backup runs, or there is very much to be read back: the rows are overwritten, and it is looked at again.
    vault_wal_old_ = !erased && erased.error().code == errc::busy;
    if (!vault_wal_old_) CL_TRY(erased);
    if (!vault_wal_old_ && erase_walk_.empty()) core_->erasures.finished_all();
    return {};
}

Result<void> Writer::search_erased(bool idle) {
    Millis const steady = core_->env.clock.steady();
    // A search speaks of what was gone from the write-ahead log when it began.
    if (search_to_ < 0 && (vault_wal_old_ || !erase_walk_.empty() || steady < search_not_before_)) return {};
    if (search_to_ < 0) search_to_ = head_.size;
    auto const search = core_->store->search_erased(idle ? search_idle_bytes : search_bytes);
    if (!search && search.error().code == errc::io) {
        // Nothing was written, so nothing is in doubt but what the search would have said.
        core_->say("vault.db could not be searched for what was erased, and will be again: " + search.error().detail);
        search_to_ = -1;
        search_not_before_ = steady + search_again_ms;
        return {};
    }
    CL_TRY(search);
    if (search->searched == 0 && !search->done) return {};
    if (search->found > 0)
        core_->say("vault.db still holds bytes of an opening that was erased; docs/erasure.md says what to do");
    core_->erasures.searched(std::exchange(search_to_, -1), search->found > 0);
    return {};
}

Result<void> Writer::sweep() {
    // A vault.db that was restored from a backup brings back what was erased since. The start looks at the tail; the rest of the log
    // is searched in slices, so that a start is quick and no reader has to wait.
    if (sweep_at_ >= sweep_end_ || !erase_walk_.empty()) return {};
    Seq const to = std::min(sweep_at_ + sweep_entries, sweep_end_);
    std::vector<Seq> found;
    CL_TRY(core_->store->range(sweep_at_, to, [&](Seq seq, std::string_view bytes) {
        if (looks_like_erasure(bytes)) found.push_back(seq);
        return true;
    }));
    sweep_at_ = to;
    erase_later(found);
    return {};
}

Result<void> Writer::house_keeping(bool idle) {
    Millis const steady = core_->env.clock.steady();
    if (!erase_walk_.empty() || steady - erase_tried_at_ >= erase_every_ms) CL_TRY(erase_portion());
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
