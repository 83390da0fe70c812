// Private: what each kind of entry does to the state (docs/behaviour.md "What each kind does", T1-T16). One function a theme; apply() in
// state.cpp calls them.
//
// Threads: pure functions on values, any thread.
#pragma once

#include "ledger/consent/state.hpp"

namespace cl::consent {

/// One entry on its way through the state machine.
struct Step {
    Entry const& entry;
    Kind kind;
    Pack const& pack;
    AccountState& account;
    ContactState& contact;
    Outcome& outcome;
    Millis key;
    [[nodiscard]] Mark mark() const noexcept { return {entry.seq, key}; }
};

/// Keeps the mark with the later key; of equal keys the later entry.
void keep_latest(std::optional<Mark>& kept, Mark mark) noexcept;
void keep_latest(std::optional<Millis>& kept, Millis time) noexcept;

// transitions_consent.cpp
/// contact.added and opt_in.*: T3, T6, S2, S6.
void apply_opt_in(Step& step);
/// consent.recorded: evidence, and the cure of what lacked it.
void apply_consent(Step& step);

// transitions_revoke.cpp
/// opt_out.*, and an OPTOUT without a list: T1, T2, T7. `by_customer`: CL-002 compares with it.
void apply_opt_out(Step& step, bool by_customer);
void apply_block(Step& step);
void apply_unblock(Step& step);
/// consent.expired, number.reassigned: T16.
void apply_expiry(Step& step);
void apply_reassignment(Step& step);
void apply_erasure(Step& step);

// transitions_lists.cpp
/// The contact's record of a list, made if there is room for one more; else null.
[[nodiscard]] Membership* list_record(ContactState& contact, std::string_view id);
/// trigger.fired: T11.
void apply_trigger(Step& step);
/// opt_out.request that names a list: true if it was applied to that list alone.
[[nodiscard]] bool apply_list_opt_out(Step& step);
/// list.added, list.removed: T12, T13.
void apply_membership(Step& step);
/// Evidence of `time` that names the list.
void note_list_consent(Step& step, std::string_view id, Membership& list, Millis time);
void clear_memberships(Step& step);

// transitions_work.cpp
void open_obligation(Step& step, std::string_view kind, std::string_view list);
/// review.opened, review.resolved, obligation.assigned.
void apply_work(Step& step);

// transitions_account.cpp
/// The kinds that define something for the account, and holds.
void apply_to_account(Entry const& entry, Kind kind, AccountState& account);

/// CL-077: counts the opt-ins of the person who made them. Before the state changes.
void count_burst(Step& step);
/// The person's count with this entry, or nothing for an entry that is not counted.
[[nodiscard]] std::optional<Burst> next_burst(Entry const& entry, Kind kind, Pack const& pack, AccountState const& account,
                                              ContactState const& contact);

// open_findings.cpp
/// Adds what can be cured to the contact's open findings.
void open_findings(Step& step);
/// Closes the open findings for which `cured` is true.
template <class Cured>
void close_findings(Step& step, Cured cured) {
    std::erase_if(step.contact.open, [&](Finding const& finding) {
        if (!cured(finding)) return false;
        step.outcome.closed.push_back({finding.id, finding.seq, step.entry.seq});
        return true;
    });
}
/// Forgets the order keys of entries that no open finding speaks of any more.
void forget_proven(ContactState& contact);

}  // namespace cl::consent
