// Was there consent, is its record whole, and who says so (S6, S9): CL-001, 002, 005, 006, 060, 061.
#include "ledger/consent/evidence.hpp"
#include "ledger/consent/facts.hpp"
#include "ledger/consent/rules_impl.hpp"

#include <algorithm>
#include <array>

namespace cl::consent {
namespace {

/// The contact is in, and what opted it in was not found to lack consent: a repeated opt-in then changes nothing that would need proof.
bool stands_proven(ContactState const& contact) {
    if (!contact.opted_in) return false;
    return std::none_of(contact.open.begin(), contact.open.end(), [&](Finding const& open) {
        return open.seq >= contact.since_seq && (open.id == "CL-001" || open.id == "CL-002");
    });
}

/// Whether the entry claims an opt-in that must be proven: an explicit one of a contact that does not stand proven, or the platform's
/// default for a new contact.
bool needs_proof(Judged const& judged) {
    if (is_explicit_opt_in(judged.kind)) return !stands_proven(judged.contact);
    return judged.kind == Kind::contact_added && opt_in_takes_effect(judged.entry, judged.kind, judged.pack, judged.contact);
}

/// Own evidence dated not later than the change itself.
std::vector<Evidence const*> evidence_before_change(Judged const& judged) {
    std::vector<Evidence const*> own = own_evidence(judged.entry);
    std::erase_if(own, [&](Evidence const* item) { return *item->occurred_at > change_time(judged.entry); });
    return own;
}

/// By the pack, consent of this level counts no more when the change happens.
bool outlived(Judged const& judged, Evidence const& item) {
    Level const level =
        evidence_level(item, judged.pack, judged.entry.data.string("purpose"), judged.entry.data.contains("disclosure"));
    return has_expired(judged.pack, level, *item.occurred_at, judged.key);
}

bool is_manual(Kind kind) noexcept {
    constexpr std::array<Kind, 8> manual = {Kind::opt_in_agent,      Kind::opt_out_agent,  Kind::contact_blocked,
                                            Kind::contact_unblocked, Kind::contact_edited, Kind::list_added,
                                            Kind::list_removed,      Kind::review_resolved};
    return std::find(manual.begin(), manual.end(), kind) != manual.end();
}

}  // namespace

Verdict opt_in_without_consent(Judged const& judged) {
    if (!needs_proof(judged)) return std::nullopt;
    auto const evidence = evidence_before_change(judged);
    bool const shown =
        std::any_of(evidence.begin(), evidence.end(), [](Evidence const* item) { return is_consent_evidence(*item); });
    if (shown || has_standing_consent(judged.contact, change_time(judged.entry))) return std::nullopt;
    bool const by_default = judged.kind == Kind::contact_added;
    std::string what = by_default ? "opted in by default, nothing shows consent" : "nothing on record shows consent";
    if (!by_default && !evidence.empty()) what = "only an agent's own word stands for the consent";
    if (evidence.empty() && !judged.entry.evidence.empty()) what = "the evidence given is undated, or later than the opt-in";
    return finding(judged, "CL-001", by_default ? Severity::medium : Severity::critical, std::move(what));
}

Verdict agent_opt_in_after_stop(Judged const& judged) {
    auto const& revoked = judged.contact.customer_revoked;
    if (!is_opt_in_by_hand(judged.kind) || !revoked || judged.key <= revoked->key || stands_proven(judged.contact))
        return std::nullopt;
    auto const evidence = own_evidence(judged.entry);
    bool const newer =
        std::any_of(evidence.begin(), evidence.end(), [&](Evidence const* item) { return *item->occurred_at > revoked->key; });
    if (newer || has_standing_consent(judged.contact, change_time(judged.entry))) return std::nullopt;
    return finding(judged, "CL-002", Severity::critical,
                   "opted out by the contact in entry " + std::to_string(revoked->seq) + ", no evidence is newer");
}

Verdict attestation_only(Judged const& judged) {
    if (!needs_proof(judged)) return std::nullopt;
    auto const evidence = own_evidence(judged.entry);
    bool const attested = !evidence.empty() && std::none_of(evidence.begin(), evidence.end(),
                                                            [](Evidence const* item) { return is_consent_evidence(*item); });
    if (!attested || has_standing_consent(judged.contact, change_time(judged.entry))) return std::nullopt;
    return finding(judged, "CL-005", Severity::medium, "only agent_attestation supports it");
}

Verdict actor_unknown(Judged const& judged) {
    if (!is_manual(judged.kind)) return std::nullopt;
    std::optional<Actor> const& actor = judged.entry.actor;
    std::string what;
    if (!actor) {
        what = "nobody is named for an act by hand";
    } else if (actor->kind == "system") {
        what = "an act by hand is said to be the system's";
    } else if (actor->kind == "agent" && !judged.account.actors.empty() && !judged.account.actors.contains(actor->id)) {
        what = "the agent is not on the account's roster";
    }
    if (what.empty()) return std::nullopt;
    return finding(judged, "CL-006", Severity::high, std::move(what));
}

Verdict consent_expired(Judged const& judged) {
    bool const adds = judged.kind == Kind::list_added;
    if (!adds && !is_opt_in_by_hand(judged.kind)) return std::nullopt;
    std::optional<Millis> floor = judged.contact.floor;
    if (adds) {
        auto const list = judged.contact.lists.find(judged.entry.data.string("list"));
        bool const known = list != judged.contact.lists.end() && list->second.floor;
        // The list's floor may also be a request to be taken off, which is CL-045's affair.
        bool const asked = known && list->second.opted_out && list->second.opted_out->key >= *list->second.floor;
        if (known && !asked) floor = std::max(floor.value_or(*list->second.floor), *list->second.floor);
    }
    auto const shown = own_consent(judged.entry);
    if (shown.empty() || std::any_of(shown.begin(), shown.end(), [&](Evidence const* item) {
            return later_than(*item->occurred_at, floor) && !outlived(judged, *item);
        })) {
        return std::nullopt;
    }
    bool const ended = floor && std::all_of(shown.begin(), shown.end(),
                                            [&](Evidence const* item) { return !later_than(*item->occurred_at, floor); });
    return finding(judged, "CL-060", Severity::high,
                   ended ? "the consent shown had expired by " + format_time(*floor)
                         : "the consent shown is older than pack " + std::string(judged.pack.name) + " lets it count");
}

Verdict number_reassigned(Judged const& judged) {
    auto const& reassigned = judged.contact.reassigned;
    if (!is_opt_in_by_hand(judged.kind) || !reassigned || judged.key <= reassigned->key || stands_proven(judged.contact)) {
        return std::nullopt;
    }
    auto const shown = own_consent(judged.entry);
    bool const newer =
        std::any_of(shown.begin(), shown.end(), [&](Evidence const* item) { return *item->occurred_at > reassigned->key; });
    if (shown.empty() || newer || has_standing_consent(judged.contact, change_time(judged.entry))) return std::nullopt;
    return finding(judged, "CL-061", Severity::critical,
                   "the number had another holder until entry " + std::to_string(reassigned->seq) + ", no consent is newer");
}

}  // namespace cl::consent
