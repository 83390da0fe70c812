// Opting out, blocking, and the other ends of a consent.
#include "ledger/consent/facts.hpp"
#include "ledger/consent/levels.hpp"
#include "ledger/consent/transitions.hpp"

#include <algorithm>

namespace cl::consent {
namespace {

/// docs/behaviour.md "What the sentences leave open": only a strictly later opt-in, backed by strictly later evidence, stands against an opt-out
/// that arrives late.
bool overtaken(ContactState const& contact, Millis key) noexcept {
    return contact.backed_opt_in && contact.backed_opt_in->key > key && contact.backed_evidence_at > key;
}

/// The same act again, or one that a newer one of its kind has overtaken: if the contact is back in since, it is by something later than
/// that newer one (docs/behaviour.md "Order and precedence").
bool repeats(std::optional<Mark> const& mark, Millis key) noexcept {
    return mark && key <= mark->key;
}

/// Consent that was given until then is gone.
void drop_consent(ContactState& contact, Millis key) {
    drop_until(contact, key);
    for (auto& [id, list] : contact.lists) {
        if (list.consent_at && *list.consent_at <= key) list.consent_at.reset();
    }
}

/// Revokes by the order key: what was held until then is gone, whether or not a later opt-in stands.
void revoke(Step& step) {
    bool const again = repeats(step.contact.revoked, step.key);
    keep_latest(step.contact.revoked, step.mark());
    drop_consent(step.contact, step.key);
    if (!again && !overtaken(step.contact, step.key)) step.contact.opted_in = false;
}

}  // namespace

void keep_latest(std::optional<Mark>& kept, Mark mark) noexcept {
    if (!kept || mark.key >= kept->key) kept = mark;
}

void keep_latest(std::optional<Millis>& kept, Millis time) noexcept {
    kept = std::max(kept.value_or(time), time);
}

void apply_opt_out(Step& step, bool by_customer) {
    revoke(step);
    if (by_customer) keep_latest(step.contact.customer_revoked, step.mark());
    if (step.kind == Kind::opt_out_stop && step.pack.stop_clears_lists) clear_memberships(step);
}

void apply_block(Step& step) {
    ContactState& contact = step.contact;
    bool const again = repeats(contact.blocked_mark, step.key);
    keep_latest(contact.blocked_mark, step.mark());
    if (again) return;
    contact.blocked = true;
    contact.opted_in = false;
    // No revocation (T10: evidence may be older than the block), but consent has to be shown anew after it.
    drop_all(contact);
}

void apply_unblock(Step& step) {
    ContactState& contact = step.contact;
    keep_latest(contact.unblocked_mark, step.mark());
    if (later_than(step.key, contact.blocked_mark)) contact.blocked = false;
}

void apply_expiry(Step& step) {
    std::string_view const id = step.entry.data.string("list");
    Membership* const list = id.empty() ? nullptr : list_record(step.contact, id);
    if (list == nullptr) {
        keep_latest(step.contact.floor, step.key);
        drop_consent(step.contact, step.key);
        return;
    }
    keep_latest(list->floor, step.key);
    drop_until(list->held, step.key);
    if (list->consent_at && *list->consent_at <= step.key) list->consent_at.reset();
}

void apply_reassignment(Step& step) {
    ContactState& contact = step.contact;
    revoke(step);
    keep_latest(contact.reassigned, step.mark());
    // What the number's holder before wished, or consented to, is not this one's.
    if (contact.customer_revoked && contact.customer_revoked->key <= step.key) contact.customer_revoked.reset();
}

void apply_erasure(Step& step) {
    ContactState& contact = step.contact;
    keep_latest(contact.revoked, step.mark());
    drop_consent(contact, step.key);
    drop_all(contact);
    contact.backed_opt_in.reset();
    contact.backed_evidence_at.reset();
    contact.opted_in = false;
    contact.erased = true;
    close_findings(step, [](Finding const& finding) { return finding.id == "CL-080" || finding.id == "CL-081"; });
    forget_proven(contact);
}

}  // namespace cl::consent
