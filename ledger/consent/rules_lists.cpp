// Lists after an opt-out (S15, S19): CL-045.
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

}  // namespace cl::consent
