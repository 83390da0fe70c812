// Lists: who is on them, and requests to be taken off one (S15-S21).
#include "ledger/consent/evidence.hpp"
#include "ledger/consent/facts.hpp"
#include "ledger/consent/levels.hpp"
#include "ledger/consent/transitions.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>

namespace cl::consent {
namespace {

/// Closes the duty to remove from the list that had been opened by `time`.
void close_removal(Step& step, std::string_view id, Millis time) {
    std::erase_if(step.contact.obligations, [&](Obligation const& open) {
        return open.kind == "remove_from_list" && open.list == id && open.opened_at <= time;
    });
}

/// CL-045 speaks of the addition that made the membership.
void close_wrong_addition(Step& step, Seq addition) {
    close_findings(step, [&](Finding const& finding) { return finding.id == "CL-045" && finding.seq == addition; });
    forget_proven(step.contact);
}

/// CL-048 speaks of the later of the two additions that contradict each other; the end of either one answers it.
void close_contradiction(Step& step, std::string_view id, Membership const& list) {
    for (auto const& [other, membership] : step.contact.lists) {
        if (!is_opt_out_list_of(step.account, id, other) && !is_opt_out_list_of(step.account, other, id)) continue;
        Seq const later = std::max(list.seq, membership.seq);
        close_findings(step, [&](Finding const& finding) { return finding.id == "CL-048" && finding.seq == later; });
    }
    forget_proven(step.contact);
}

/// Ends the membership. `until`: additions that are not later have no effect any more.
void remove(Step& step, std::string_view id, Membership& list, Millis until) {
    keep_latest(list.removed_at, until);
    close_removal(step, id, std::max(step.entry.recorded_at, until));
    close_wrong_addition(step, list.seq);
    close_contradiction(step, id, list);
    list.member = false;
    list.seq = step.entry.seq;
}

/// list.removed: by its own time. An addition that is later stands.
void apply_removal(Step& step, std::string_view id, Membership& list) {
    if (!list.member || !list.added_at || *list.added_at <= step.key) {
        remove(step, id, list, step.key);
        return;
    }
    keep_latest(list.removed_at, step.key);
    close_removal(step, id, step.key);
}

void apply_addition(Step& step, std::string_view id, Membership& list) {
    if (!later_than(step.key, list.removed_at) || !later_than(step.key, step.contact.lists_cleared)) return;
    list.member = true;
    list.seq = step.entry.seq;
    keep_latest(list.added_at, step.key);
    for (Evidence const* const item : own_evidence(step.entry)) {
        Millis const time = std::min(step.key, *item->occurred_at);
        bool const counts = later_than(time, evidence_floor(step.contact)) && later_than(time, list.floor);
        if (counts && is_consent_evidence(*item)) note_list_consent(step, id, list, time);
    }
}

/// Reports a change of membership in the entry's state.
void report(Step& step, std::string_view id, Membership const& list, bool was_member) {
    if (list.member != was_member) step.outcome.state = StateAfter{.list = ListChange{std::string(id), list.member}};
}

}  // namespace

bool list_opt_out_stands(Membership const& list) noexcept {
    return list.opted_out && !(list.consent_at > list.opted_out->key);
}

Membership* list_record(ContactState& contact, std::string_view id) {
    auto const found = contact.lists.find(id);
    if (found != contact.lists.end()) return &found->second;
    if (contact.lists.size() >= limits::contact_lists) return nullptr;
    return &contact.lists[std::string(id)];
}

void note_list_consent(Step& step, std::string_view id, Membership& list, Millis time) {
    keep_latest(list.consent_at, time);
    if (!list.opted_out || list_opt_out_stands(list)) return;
    // Asked for anew after asking to be taken off: the newer wish stands, and nothing is left to be done.
    close_removal(step, id, time);
    close_wrong_addition(step, list.seq);
}

void apply_trigger(Step& step) {
    FiredTrigger const fired = fired_trigger(step.entry.data, step.account);
    if (fired.cls != "optout") return;
    Membership* const list = fired.list.empty() ? nullptr : list_record(step.contact, fired.list);
    if (list == nullptr || step.pack.list_request_scope == RequestScope::account) apply_opt_out(step, true);
    if (list == nullptr) return;
    // The wish is kept whatever else holds; a duty comes of it unless the contact was blocked (I2), or a removal or a consent to the
    // list that is newer than this message has arrived before it.
    keep_latest(list->opted_out, step.mark());
    bool const due =
        !blocked_at(step.contact, step.key) && later_than(step.key, list->removed_at) && later_than(step.key, list->consent_at);
    if (due) open_obligation(step, "remove_from_list", fired.list);
}

bool apply_list_opt_out(Step& step) {
    std::string_view const id = step.entry.data.string("list");
    Membership* const list = id.empty() ? nullptr : list_record(step.contact, id);
    if (list == nullptr) return false;
    keep_latest(list->opted_out, step.mark());
    keep_latest(list->floor, step.key);
    drop_until(list->held, step.key);
    if (list->consent_at && *list->consent_at <= step.key) list->consent_at.reset();
    bool const was_member = list->member;
    // On arrival, like every opt-out: it undoes an addition that is later as well, but not one after a removal that is later.
    bool const again = list->member && list->removed_at >= step.key;
    if (!again) remove(step, id, *list, std::max(step.key, list->added_at.value_or(step.key)));
    report(step, id, *list, was_member);
    return true;
}

void apply_membership(Step& step) {
    std::string_view const id = step.entry.data.string("list");
    Membership* const list = list_record(step.contact, id);
    if (list == nullptr) return;
    bool const was_member = list->member;
    if (step.kind == Kind::list_removed) {
        apply_removal(step, id, *list);
    } else {
        apply_addition(step, id, *list);
    }
    report(step, id, *list, was_member);
}

void clear_memberships(Step& step) {
    keep_latest(step.contact.lists_cleared, step.key);
    for (auto& [id, list] : step.contact.lists) {
        if (list.member && list.added_at <= step.key) remove(step, id, list, step.key);
    }
}

}  // namespace cl::consent
