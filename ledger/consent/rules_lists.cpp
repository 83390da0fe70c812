// Lists after an opt-out (S15, S19, S20): CL-045, 046, 048.
#include "ledger/consent/evidence.hpp"
#include "ledger/consent/facts.hpp"
#include "ledger/consent/rules_impl.hpp"

#include <algorithm>

namespace cl::consent {
namespace {

/// Evidence of the addition itself speaks for the list, unless it names others.
bool own_evidence_after(Judged const& judged, std::string_view list, Millis time) {
    auto const own = own_evidence(judged.entry);
    return std::any_of(own.begin(), own.end(), [&](Evidence const* item) {
        if (!is_consent_evidence(*item) || *item->occurred_at <= time) return false;
        std::vector<std::string> const named = lists_of(*item, judged.entry.data);
        return named.empty() || std::find(named.begin(), named.end(), list) != named.end();
    });
}

}  // namespace

Verdict list_addition_after_opt_out(Judged const& judged) {
    if (judged.kind != Kind::list_added) return std::nullopt;
    std::string_view const id = judged.entry.data.string("list");
    auto const found = judged.contact.lists.find(id);
    Membership const* const list = found == judged.contact.lists.end() ? nullptr : &found->second;
    auto const unanswered = [&](std::optional<Mark> const& opt_out) {
        if (!opt_out || judged.key <= opt_out->key) return false;
        bool const named_since = list != nullptr && list->consent_at > opt_out->key;
        return !named_since && !own_evidence_after(judged, id, opt_out->key);
    };
    if (list != nullptr && unanswered(list->opted_out)) {
        return finding(judged, "CL-045", Severity::critical,
                       "asked off this list in entry " + std::to_string(list->opted_out->seq) + ", no newer consent names it");
    }
    // After a STOP, consent to everything that is newer than it speaks for the list as well.
    if (unanswered(judged.contact.customer_revoked) && !has_general_consent(judged.contact, change_time(judged.entry))) {
        return finding(
            judged, "CL-045", Severity::critical,
            "opted out in entry " + std::to_string(judged.contact.customer_revoked->seq) + ", no newer consent to this list");
    }
    return std::nullopt;
}

Verdict list_addition_without_consent(Judged const& judged) {
    std::string_view const id = judged.entry.data.string("list");
    auto const defined = judged.account.lists.find(id);
    if (judged.kind != Kind::list_added || defined == judged.account.lists.end()) return std::nullopt;
    ListDef const& list = defined->second;
    if (list.purpose != "marketing" && list.level_required != Level::promotional) return std::nullopt;
    // Graver, or told by another rule: an addition after an opt-out, and consent that is shown but for something else.
    if (list_addition_after_opt_out(judged) || !own_consent(judged.entry).empty()) return std::nullopt;
    auto const counts = [&](std::optional<Millis> const& at) {
        return at && *at <= change_time(judged.entry) && later_than(*at, evidence_floor(judged.contact));
    };
    auto const member = judged.contact.lists.find(id);
    bool const named =
        member != judged.contact.lists.end() && (counts(member->second.consent_at) || counts(member->second.held.promotional));
    if (named || counts(judged.contact.held.promotional)) return std::nullopt;
    return finding(judged, "CL-046", Severity::high, "no consent on record names this list or allows marketing");
}

Verdict on_list_and_its_opt_out_list(Judged const& judged) {
    if (judged.kind != Kind::list_added) return std::nullopt;
    std::string_view const id = judged.entry.data.string("list");
    auto const is_member = [&](std::string_view list) {
        auto const found = judged.contact.lists.find(list);
        return found != judged.contact.lists.end() && found->second.member;
    };
    if (is_member(id)) return std::nullopt;
    for (auto const& [other, membership] : judged.contact.lists) {
        bool const contradicts = is_opt_out_list_of(judged.account, id, other) || is_opt_out_list_of(judged.account, other, id);
        if (membership.member && contradicts) {
            return finding(judged, "CL-048", Severity::medium, "on the list " + other + " as well");
        }
    }
    return std::nullopt;
}

}  // namespace cl::consent
