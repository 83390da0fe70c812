// Opting in, and the evidence for it.
#include "ledger/consent/evidence.hpp"
#include "ledger/consent/facts.hpp"
#include "ledger/consent/levels.hpp"
#include "ledger/consent/rules_impl.hpp"
#include "ledger/consent/transitions.hpp"

#include <algorithm>

namespace cl::consent {
namespace {

/// contact.added gives no level whatever comes with it, but for the message of a contact who wrote first
/// (docs/behaviour.md "What each kind does").
bool gives_level(Step const& step, Evidence const& item) {
    if (step.kind != Kind::contact_added) return true;
    return step.entry.data.string("origin") == "inbound" && item.kind == "inbound_sms";
}

/// The newest opt-in that an older opt-out cannot undo: by the earlier of its own time and its evidence's.
void keep_backing(ContactState& contact, Mark opt_in, Millis evidence_at) {
    auto const standing = [](Mark mark, Millis evidence) { return std::min(mark.key, evidence); };
    bool const better = !contact.backed_opt_in || standing(opt_in, evidence_at) >
                                                      standing(*contact.backed_opt_in, contact.backed_evidence_at.value_or(0));
    if (!better) return;
    contact.backed_opt_in = opt_in;
    contact.backed_evidence_at = evidence_at;
}

/// A proper opt-in later than the last revocation answers what an earlier one did wrong.
void close_wrong_opt_ins(Step& step) {
    close_findings(step, [](Finding const& finding) {
        return finding.id == "CL-002" || finding.id == "CL-030" || finding.id == "CL-060" || finding.id == "CL-061";
    });
    forget_proven(step.contact);
}

/// All dated items that could have been there: consent.recorded may give any of them `for` another entry.
std::vector<Evidence const*> usable_evidence(Step const& step) {
    if (step.kind != Kind::consent_recorded) return own_evidence(step.entry);
    std::vector<Evidence const*> usable;
    for (Evidence const& item : step.entry.evidence) {
        if (item.occurred_at && *item.occurred_at <= latest_time(step.entry)) usable.push_back(&item);
    }
    return usable;
}

/// The seq that an item of consent.recorded is given for.
std::optional<Seq> named_entry(Step const& step, Evidence const& item) {
    if (item.for_seq) return item.for_seq;
    json::Value const* const named = step.entry.data.find("for");
    return named != nullptr && named->as_int() != nullptr ? std::optional<Seq>(*named->as_int()) : std::nullopt;
}

/// Whether an item speaks for that opt-in: it is given for the very entry, or for none and is not later.
bool speaks_for(Step const& step, Evidence const& item, Mark opt_in) {
    std::optional<Seq> const named = named_entry(step, item);
    return named ? *named == opt_in.seq : *item.occurred_at <= opt_in.key;
}

/// CL-003, CL-004: what was incomplete is there whole now, each kind of it; another kind of evidence stands in for none.
bool completes(Step const& step, Finding const& finding, Mark opt_in) {
    std::vector<Evidence const*> const usable = usable_evidence(step);
    std::vector<std::string> const kinds = lacking_kinds(finding.what);
    return !kinds.empty() && std::all_of(kinds.begin(), kinds.end(), [&](std::string const& kind) {
        return std::any_of(usable.begin(), usable.end(), [&](Evidence const* item) {
            return item->kind == kind && speaks_for(step, *item, opt_in) && missing_fields(*item, step.pack).empty() &&
                   !lacks_digest(*item);
        });
    });
}

/// Whether this item, which speaks for the opt-in, cures that finding about it.
bool cures(Step const& step, Evidence const& item, Finding const& finding, Mark opt_in) {
    ContactState const& contact = step.contact;
    if (cured_by_what(finding.id)) return completes(step, finding, opt_in);
    if (!is_consent_evidence(item)) return false;
    if (finding.id == "CL-001" || finding.id == "CL-005") return true;
    if (finding.id == "CL-060") return later_than(*item.occurred_at, contact.floor);
    if (finding.id == "CL-061") return later_than(*item.occurred_at, contact.reassigned);
    return finding.id == "CL-002" && later_than(*item.occurred_at, contact.customer_revoked);
}

void cure(Step& step, Evidence const& item) {
    for (Mark const opt_in : std::vector<Mark>(step.contact.unproven)) {
        if (!speaks_for(step, item, opt_in)) continue;
        std::size_t const before = step.outcome.closed.size();
        close_findings(step,
                       [&](Finding const& finding) { return finding.seq == opt_in.seq && cures(step, item, finding, opt_in); });
        bool const cured = step.outcome.closed.size() > before;
        if (cured && is_backing_evidence(item) && later_than(opt_in.key, step.contact.revoked) &&
            later_than(*item.occurred_at, step.contact.revoked)) {
            keep_backing(step.contact, opt_in, *item.occurred_at);
        }
    }
    forget_proven(step.contact);
}

/// Takes the entry's evidence into account. What it says of lists is on record in any case; a level comes of it only where the entry
/// `counts`: an opt-in that took effect, or a consent recorded, that no block is later than.
void take_evidence(Step& step, bool counts) {
    std::optional<Millis> const floor = evidence_floor(step.contact);
    bool const gives = counts && later_than(step.key, step.contact.blocked_mark);
    std::string_view const purpose = step.entry.data.string("purpose");
    bool const disclosed = step.entry.data.contains("disclosure");
    for (Evidence const* const item : usable_evidence(step)) {
        Millis const time = std::min(step.key, *item->occurred_at);
        if (!later_than(time, floor)) continue;
        Level const level =
            gives && gives_level(step, *item) ? evidence_level(*item, step.pack, purpose, disclosed) : Level::none;
        std::vector<std::string> const lists = lists_of(*item, step.entry.data);
        if (lists.empty()) support(step.contact.held, level, time);
        for (std::string const& id : lists) {
            Membership* const list = list_record(step.contact, id);
            if (list == nullptr || !later_than(time, list->floor)) continue;
            support(list->held, level, time);
            if (is_consent_evidence(*item)) note_list_consent(step, id, *list, time);
        }
    }
}

}  // namespace

void apply_opt_in(Step& step) {
    bool const effect = opt_in_takes_effect(step.entry, step.kind, step.pack, step.contact);
    take_evidence(step, effect);
    if (!effect) return;
    ContactState& contact = step.contact;
    contact.opted_in = true;
    contact.erased = false;
    if (step.kind == Kind::contact_added) return;
    bool proper = false;
    for (Evidence const* const item : own_evidence(step.entry)) {
        if (!later_than(*item->occurred_at, contact.revoked)) continue;
        proper = proper || is_consent_evidence(*item);
        if (is_backing_evidence(*item)) keep_backing(contact, step.mark(), *item->occurred_at);
    }
    if (proper) close_wrong_opt_ins(step);
}

void apply_consent(Step& step) {
    take_evidence(step, true);
    for (Evidence const* const item : usable_evidence(step)) cure(step, *item);
}

}  // namespace cl::consent
