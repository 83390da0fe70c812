// apply(): findings first, judged by the state before the entry; then what the entry does; then the counters.
#include "ledger/consent/state.hpp"

#include "ledger/consent/levels.hpp"
#include "ledger/consent/rules_impl.hpp"
#include "ledger/consent/transitions.hpp"

#include <algorithm>

namespace cl::consent {
namespace {

/// "Revoke-all": whoever asks off one list is off everything.
bool pack_revokes_all(Step const& step) noexcept {
    return step.pack.list_request_scope == RequestScope::account;
}

void apply_kind(Step& step) {
    switch (step.kind) {
    case Kind::contact_added:
    case Kind::opt_in_inbound:
    case Kind::opt_in_agent:
    case Kind::opt_in_consent: apply_opt_in(step); break;
    case Kind::consent_recorded: apply_consent(step); break;
    case Kind::opt_out_stop: apply_opt_out(step, true); break;
    case Kind::opt_out_agent: apply_opt_out(step, false); break;
    case Kind::opt_out_request:
        if (!apply_list_opt_out(step) || pack_revokes_all(step)) apply_opt_out(step, true);
        break;
    case Kind::contact_blocked: apply_block(step); break;
    case Kind::contact_unblocked: apply_unblock(step); break;
    case Kind::trigger_fired: apply_trigger(step); break;
    case Kind::list_added:
    case Kind::list_removed: apply_membership(step); break;
    case Kind::review_opened:
    case Kind::review_resolved:
    case Kind::obligation_assigned: apply_work(step); break;
    case Kind::consent_expired: apply_expiry(step); break;
    case Kind::number_reassigned: apply_reassignment(step); break;
    case Kind::subject_erased: apply_erasure(step); break;
    default: break;  // recorded, without effect on the contact
    }
}

/// What the rules compare later entries with, beside the state itself.
void remember(Step& step) {
    ContactState& contact = step.contact;
    for (Obligation& open : contact.obligations) open.reported = open.reported || open.due_at < step.entry.recorded_at;
    Entry const& entry = step.entry;
    if (!entry.source || entry.source->platform.empty() || !entry.occurred_at) return;
    contact.last_platform = entry.source->platform;
    contact.last_occurred = entry.occurred_at;
}

void count(Step& step, bool was_in, bool was_blocked) {
    ContactState& contact = step.contact;
    bool const first = contact.contact_seq == 0;
    ++contact.contact_seq;
    contact.last_seq = step.entry.seq;
    if (first) contact.first_seq = step.entry.seq;
    if (step.kind == Kind::subject_erased) {
        contact.opened_seq = -1;
    } else if (contact.opened_seq < 0) {
        contact.opened_seq = step.entry.seq;
    }
    if (first || contact.opted_in != was_in || contact.blocked != was_blocked) contact.since_seq = step.entry.seq;
}

}  // namespace

Outcome apply(Entry const& entry, Kind kind, Pack const& pack, AccountState& account, ContactState* contact) {
    Outcome outcome;
    if (contact != nullptr) {
        Step step{entry, kind, pack, account, *contact, outcome, order_key(entry)};
        outcome.raised = judge({entry, kind, pack, account, *contact, step.key});
        bool const was_in = contact->opted_in;
        bool const was_blocked = contact->blocked;
        count_burst(step);
        apply_kind(step);
        refresh_levels(*contact);
        judge_after({entry, kind, pack, account, *contact, step.key}, outcome.raised);
        open_findings(step);
        remember(step);
        count(step, was_in, was_blocked);
        StateAfter after = outcome.state.value_or(StateAfter{});
        after.opted_in = contact->opted_in;
        after.blocked = contact->blocked;
        after.level = contact->level;
        outcome.state = std::move(after);
    }
    apply_to_account(entry, kind, account);
    if (!entry.account.empty()) {
        ++account.account_seq;
        account.last_seq = entry.seq;
    }
    return outcome;
}

std::optional<std::string> refusal(Kind kind, AccountState const& account, Outcome const& outcome) {
    if (!account.enforce || info(kind).protective) return std::nullopt;
    bool const opt_in = kind == Kind::opt_in_agent || kind == Kind::opt_in_consent || kind == Kind::opt_in_inbound;
    bool const unblock = kind == Kind::contact_unblocked;
    if (!opt_in && !unblock && kind != Kind::list_added) return std::nullopt;
    for (Finding const& finding : outcome.raised) {
        // The worst that an unblock can do is to opt in as well, which the catalogue rates high.
        bool const breaks = finding.severity == Severity::critical || (unblock && finding.id == "CL-033");
        if (!breaks) continue;
        std::string sentence = "the account enforces its rules, and this breaks " + finding.id;
        if (RuleInfo const* const rule = find_rule(finding.id)) sentence.append(": ").append(rule->title);
        return sentence;
    }
    return std::nullopt;
}

}  // namespace cl::consent
