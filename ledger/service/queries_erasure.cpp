// Holds in force, and what an erasure did: counted from the files, not remembered.
#include "ledger/service/erasure.hpp"
#include "ledger/service/queries_impl.hpp"

#include <utility>

namespace cl::service {

Result<HoldsView> QueriesImpl::holds(std::string_view account, std::optional<Hash32> const& contact) {
    CL_TRY_ASSIGN(auto const seen, see(account));
    HoldsView view;
    for (auto const& [matter, seq] : seen.state->holds) view.holds.push_back({matter, seq, true});
    view.as_of = as_of(*seen.published);
    if (!contact) return view;
    CL_TRY_ASSIGN(Seen const one, see(account, *contact));
    if (!one.state) return fail(errc::not_found, "There is no such contact.");
    CL_TRY_ASSIGN(auto const own, contact_holds(one.state->last_seq, [this](Seq seq) { return bytes_of(seq); }));
    for (auto const& [matter, seq] : own) view.holds.push_back({matter, seq, false});
    view.as_of = as_of(*one.published);
    return view;
}

Result<ErasureView> QueriesImpl::erasure(std::string_view account, Hash32 const& contact) {
    CL_TRY_ASSIGN(Seen const seen, see(account, contact));
    if (!seen.state) return fail(errc::not_found, "There is no such contact.");
    ErasureView view;
    Erasures::Progress progress{true, true, false};
    view.opted_in = seen.state->opted_in;
    view.as_of = as_of(*seen.published);
    Result<void> failed;
    auto const read = [this](Seq seq) { return bytes_of(seq); };
    CL_TRY(walk_contact(seen.state->last_seq, read, [&](Entry const& entry) {
        if (view.erased_by < 0 && entry.kind == "subject.erased") {
            view.erased_by = entry.seq;
            view.recorded_at = entry.recorded_at;
            view.request = entry.data.string("request");
        }
        if (view.erased_by < 0) {
            ++view.entries_since;
            return true;
        }
        if (entry.kind == "subject.erased") {
            // The openings counted here are those of earlier erasures too: it was searched for them all, or it is not said.
            Erasures::Progress const one = core_->erasures.of(entry.seq);
            progress.finished = progress.finished && one.finished;
            progress.searched = progress.searched && one.searched;
            progress.found = progress.found || one.found;
        }
        auto const count = log_->count_openings(entry.seq);
        if (!count) {
            failed = count.error();
            return false;
        }
        ++view.entries;
        view.openings_erased += count->erased;
        view.openings_left += count->kept;
        return true;
    }));
    CL_TRY(failed);
    if (view.erased_by < 0) return fail(errc::not_found, "This contact was never erased.");
    CL_TRY_ASSIGN(std::string const bytes, bytes_of(view.erased_by));
    view.leaf = leaf_hash(bytes);
    view.finished = progress.finished;
    view.searched = progress.searched;
    view.found = progress.found;
    return view;
}

}  // namespace cl::service
