// Lists: who is on them, and requests to be taken off one (S15-S21).
#include "ledger/consent/facts.hpp"
#include "ledger/consent/levels.hpp"
#include "ledger/consent/transitions.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>

namespace cl::consent {
namespace {

void close_removal(Step& step, std::string_view id) {
    std::erase_if(step.contact.obligations,
                  [&](Obligation const& open) { return open.kind == "remove_from_list" && open.list == id; });
}

/// CL-045 speaks of the addition that made the membership.
void close_wrong_addition(Step& step, Seq addition) {
    close_findings(step, [&](Finding const& finding) { return finding.id == "CL-045" && finding.seq == addition; });
    forget_proven(step.contact);
}

void remove(Step& step, std::string_view id, Membership& list) {
    // Known already, and followed by an addition: by its own time it is over.
    if (list.member && list.removed_at >= step.key) return;
    close_wrong_addition(step, list.seq);
    list.member = false;
    list.seq = step.entry.seq;
    keep_latest(list.removed_at, step.key);
    close_removal(step, id);
}

}  // namespace

Membership* list_record(ContactState& contact, std::string_view id) {
    auto const found = contact.lists.find(id);
    if (found != contact.lists.end()) return &found->second;
    if (contact.lists.size() >= limits::contact_lists) return nullptr;
    return &contact.lists[std::string(id)];
}

void note_list_consent(Step& step, std::string_view id, Membership& list, Millis time) {
    keep_latest(list.consent_at, time);
    if (!list.opted_out || list.opted_out->key >= time) return;
    // Asked for anew after asking to be taken off: the newer wish stands, and nothing is left to be done.
    list.opted_out.reset();
    close_removal(step, id);
    close_wrong_addition(step, list.seq);
}

void apply_trigger(Step& step) {
    FiredTrigger const fired = fired_trigger(step.entry.data, step.account);
    if (fired.cls != "optout") return;
    Membership* const list = fired.list.empty() ? nullptr : list_record(step.contact, fired.list);
    if (list == nullptr) {
        apply_opt_out(step, true);
        return;
    }
    // I2, and a newer consent that named the list before this older message arrived.
    if (blocked_at(step.contact, step.key) || !later_than(step.key, list->consent_at)) return;
    keep_latest(list->opted_out, step.mark());
    if (later_than(step.key, list->removed_at)) open_obligation(step, "remove_from_list", fired.list);
}

bool apply_list_opt_out(Step& step) {
    std::string_view const id = step.entry.data.string("list");
    Membership* const list = id.empty() ? nullptr : list_record(step.contact, id);
    if (list == nullptr) return false;
    if (later_than(step.key, list->consent_at)) keep_latest(list->opted_out, step.mark());
    keep_latest(list->floor, step.key);
    drop_until(list->held, step.key);
    bool const was_member = list->member;
    remove(step, id, *list);
    if (list->member != was_member) step.outcome.state = StateAfter{.list = ListChange{std::string(id), list->member}};
    return true;
}

void apply_membership(Step& step) {
    std::string_view const id = step.entry.data.string("list");
    Membership* const list = list_record(step.contact, id);
    if (list == nullptr) return;
    bool const was_member = list->member;
    if (step.kind == Kind::list_removed) {
        remove(step, id, *list);
    } else if (later_than(step.key, list->removed_at)) {
        list->member = true;
        list->seq = step.entry.seq;
        for (Evidence const* const item : own_evidence(step.entry)) {
            Millis const time = *item->occurred_at;
            bool const counts = later_than(time, evidence_floor(step.contact)) && later_than(time, list->floor);
            if (counts && item->kind != "agent_attestation") note_list_consent(step, id, *list, time);
        }
    }
    if (list->member != was_member) step.outcome.state = StateAfter{.list = ListChange{std::string(id), list->member}};
}

void clear_memberships(Step& step) {
    for (auto& [id, list] : step.contact.lists) {
        if (list.member) remove(step, id, list);
    }
}

}  // namespace cl::consent
