#include "ledger/report/suppression_cause.hpp"

#include "ledger/consent/check.hpp"
#include "ledger/consent/facts.hpp"

namespace cl::report {
namespace {

/// What a check answers about a contact as a whole; who was never in has nothing that could be passed on.
std::optional<consent::CheckAnswer> against_all(Desk const& desk, consent::ContactState const& state) {
    consent::CheckAnswer const answer = consent::check({}, pack_now(desk), desk.state, &state, desk.now);
    switch (answer.reason) {
    case consent::CheckReason::opted_out:
    case consent::CheckReason::blocked:
    case consent::CheckReason::erased: return answer.since ? std::optional(answer) : std::nullopt;
    default: return std::nullopt;
    }
}

/// The entries that keep the contact off the list alone: a wish to be off it, and a place on the list of those who wished so (S20).
std::vector<Seq> against_list(Desk const& desk, consent::ContactState const& state) {
    std::vector<Seq> seqs;
    std::string const& list = desk.filter.list;
    if (list.empty()) return seqs;
    auto const own = state.lists.find(list);
    if (own != state.lists.end() && consent::list_opt_out_stands(own->second)) seqs.push_back(own->second.opted_out->seq);
    for (auto const& [id, membership] : state.lists) {
        if (membership.member && consent::is_opt_out_list_of(desk.state, id, list)) seqs.push_back(membership.seq);
    }
    return seqs;
}

/// Whether an entry of this kind takes out whoever is in, or keeps out whoever is not.
bool keeps_out(Desk const& desk, Entry const& entry) {
    using consent::Kind;
    auto const kind = consent::kind_from(entry.kind);
    if (!kind) return false;
    switch (*kind) {
    case Kind::opt_out_stop:
    case Kind::opt_out_agent:
    case Kind::contact_blocked:
    case Kind::number_reassigned:
    case Kind::subject_erased: return true;
    case Kind::opt_out_request: return entry.data.string("list").empty();
    case Kind::trigger_fired: {
        consent::FiredTrigger const fired = consent::fired_trigger(entry.data, desk.state);
        return fired.cls == "optout" && fired.list.empty();
    }
    default: return false;
    }
}

}  // namespace

std::string_view CauseSearch::reason_of(Entry const& entry) const {
    auto const kind = consent::kind_from(entry.kind);
    if (kind == consent::Kind::subject_erased) return "erased";
    return kind == consent::Kind::contact_blocked && state_->blocked ? "blocked" : "opted_out";
}

Result<void> CauseSearch::take(Entry const& entry, std::string_view reason, Asked const& asked) {
    CL_TRY_ASSIGN(bool const wanted, asked(entry));
    if (wanted) found_ = Cause{reason, entry};
    return {};
}

Result<void> CauseSearch::look_at(Desk const& desk, Seq seq, std::string_view reason, Asked const& asked) {
    if (found_) return {};
    CL_TRY_ASSIGN(Entry const entry, entry_at(desk, seq));
    return take(entry, reason, asked);
}

Result<void> CauseSearch::look_at_state(Desk const& desk, Asked const& asked) {
    auto const all = against_all(desk, *state_);
    if (all) CL_TRY(look_at(desk, *all->seq, consent::name(all->reason), asked));
    for (Seq const seq : against_list(desk, *state_)) CL_TRY(look_at(desk, seq, "list_opt_out", asked));
    if (all && !found_) next_ = state_->last_seq;
    return {};
}

Result<void> CauseSearch::look_back(Desk const& desk, Entry entry, Asked const& asked) {
    next_ = entry.contact_prev;
    if (!entry.state) return {};
    if (entry.state->opted_in) {
        // In until then: what came next took the contact out, whatever its kind is.
        next_.reset();
        return newer_ && !keeps_out(desk, *newer_) ? take(*newer_, reason_of(*newer_), asked) : Result<void>();
    }
    if (keeps_out(desk, entry)) CL_TRY(take(entry, reason_of(entry), asked));
    newer_ = std::move(entry);
    return {};
}

Result<bool> CauseSearch::step(Desk const& desk, std::size_t& entries, Asked const& asked) {
    if (!begun_) {
        begun_ = true;
        --entries;
        CL_TRY(look_at_state(desk, asked));
    }
    while (next_ && !found_) {
        if (entries == 0) return false;
        --entries;
        CL_TRY_ASSIGN(Entry entry, entry_at(desk, *next_));
        CL_TRY(look_back(desk, std::move(entry), asked));
    }
    return true;
}

}  // namespace cl::report
