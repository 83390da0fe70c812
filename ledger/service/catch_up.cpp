#include "ledger/service/catch_up.hpp"

#include "ledger/core/limits.hpp"
#include "ledger/service/data_dir.hpp"
#include "ledger/service/pending.hpp"

#include <algorithm>
#include <utility>

namespace cl::service {
namespace {

constexpr Seq progress_every = 100'000;

Result<void> replay_one(Seq seq, std::string_view bytes, Pending& pending, std::vector<Seq>& erasures) {
    auto const entry = decode(bytes);
    if (!entry) return fail(errc::store_corrupt, "entry " + std::to_string(seq) + " cannot be read: " + entry.error().detail);
    auto const kind = consent::kind_from(entry->kind);
    if (!kind)
        return fail(errc::store_foreign, "entry " + std::to_string(seq) + " is of a kind that only a newer program knows");
    auto const account = pending.account(entry->account);
    CL_TRY_ASSIGN(Pending::Step step, pending.apply(*entry, *kind, pack_of(account.get())));
    pending.keep(*entry, *kind, std::move(step));
    if (*kind == consent::Kind::subject_erased) erasures.push_back(seq);
    return {};
}

/// Replays [from, to) and returns the leaf hash of the last entry.
Result<Hash32> replay_slice(Core& core, log::LogReader& log, state::Reader& reader, Seq from, Seq to,
                            std::vector<Seq>& erasures) {
    Pending pending(reader);
    Hash32 leaf;
    Seq next = from;
    Result<void> outcome;
    CL_TRY(log.range(from, to, [&](Seq seq, std::string_view bytes) {
        outcome = replay_one(seq, bytes, pending, erasures);
        leaf = leaf_hash(bytes);
        next = seq + 1;
        return outcome.has_value();
    }));
    CL_TRY(outcome);
    if (next != to) return fail(errc::chain_broken, "entry " + std::to_string(next) + " is missing");
    core.projections->merge(pending.take(), state::Watermark{to, leaf});
    return leaf;
}

}  // namespace

Result<bool> check_watermark(Core& core) {
    state::Watermark const mark = core.projections->watermark();
    if (mark.size == 0) return true;
    CL_TRY_ASSIGN(auto const bytes, core.store->entry(mark.size - 1));
    if (bytes && leaf_hash(*bytes) == mark.leaf) return true;
    core.say("state.db belongs to another history; rebuilding it from the ledger");
    CL_TRY(core.projections->reset());
    return false;
}

Result<state::Identity> identity_of(log::LogReader& log) {
    CL_TRY_ASSIGN(auto const first, log.entry(0));
    if (!first) return fail(errc::store_corrupt, "the ledger has no entry, not even the first");
    return state::Identity{leaf_hash(*first), consent::texting_pack().rules, boot_id()};
}

Result<void> catch_up(Core& core, log::LogReader& log, log::Head const& head, std::vector<Seq>& erasures,
                      std::function<bool()> const& keep_going) {
    Seq at = core.projections->watermark().size;
    if (at == head.size) return {};
    Seq const start = at;
    CL_TRY_ASSIGN(auto const reader, core.projections->make_reader());
    while (at < head.size) {
        if (!keep_going()) return fail(errc::not_ready, "stopped while the projections were rebuilt");
        core.projections->wait_for_room();
        if (auto const error = core.projections->flush_error()) return *error;
        Seq const to = std::min<Seq>(at + static_cast<Seq>(limits::batch_entries), head.size);
        CL_TRY(replay_slice(core, log, *reader, at, to, erasures));
        bool const tell = at / progress_every != to / progress_every;
        at = to;
        std::string const text = "rebuilding state.db: " + std::to_string(at) + " of " + std::to_string(head.size) + " entries";
        core.status.starting(text);
        if (tell) core.say(text);
    }
    core.say("replayed " + std::to_string(at - start) + " entries into state.db");
    return {};
}

}  // namespace cl::service
