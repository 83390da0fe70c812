// What an entry changed of the lists that its contact stands in, read off the states before and after it: whatever rule opened or closed
// an obligation, the queue says the same as the contact's state.
#include "ledger/state/projections.hpp"

#include <algorithm>

namespace cl::state {
namespace {

using consent::ContactState;
using consent::Obligation;

Obligation const* find(std::vector<Obligation> const& items, Seq seq) noexcept {
    auto const found = std::find_if(items.begin(), items.end(), [&](Obligation const& item) { return item.seq == seq; });
    return found == items.end() ? nullptr : &*found;
}

/// As the queue shows it: `reported` is the rules' own.
bool same(Obligation const& a, Obligation const& b) noexcept {
    return a.kind == b.kind && a.list == b.list && a.opened_at == b.opened_at && a.due_at == b.due_at &&
           a.assignee == b.assignee;
}

BatchChanges::Duty duty(Entry const& entry, Obligation const& item) {
    return {entry.account, ObligationRow{.seq = item.seq,
                                         .contact = *entry.contact,
                                         .kind = item.kind,
                                         .list = item.list,
                                         .opened_at = item.opened_at,
                                         .due_at = item.due_at,
                                         .assignee = item.assignee,
                                         .changed_by = entry.seq,
                                         .closed_at = std::nullopt}};
}

void note_obligations(BatchChanges& changes, Entry const& entry, std::vector<Obligation> const& before,
                      std::vector<Obligation> const& after) {
    for (Obligation const& item : before) {
        if (find(after, item.seq) != nullptr) continue;
        changes.duties.push_back(duty(entry, item));
        changes.duties.back().row.closed_at = entry.recorded_at;
    }
    for (Obligation const& item : after) {
        Obligation const* const known = find(before, item.seq);
        if (known == nullptr || !same(*known, item)) changes.duties.push_back(duty(entry, item));
    }
}

void note_members(BatchChanges& changes, Entry const& entry, ContactState const* before, ContactState const& after) {
    decltype(after.lists) const none;
    auto const& lists = before == nullptr ? none : before->lists;
    auto known = lists.begin();
    for (auto const& [id, membership] : after.lists) {
        while (known != lists.end() && known->first < id) ++known;
        bool const was_member = known != lists.end() && known->first == id && known->second.member;
        if (membership.member == was_member) continue;
        changes.members[{entry.account, id}].push_back({*entry.contact, membership.member});
    }
}

}  // namespace

void note_contact(BatchChanges& changes, Entry const& entry, ContactState const* before, ContactState const& after) {
    if (before == nullptr) changes.members[{entry.account, {}}].push_back({*entry.contact, true});
    std::vector<Obligation> const none;
    note_obligations(changes, entry, before == nullptr ? none : before->obligations, after.obligations);
    note_members(changes, entry, before, after);
}

}  // namespace cl::state
