// Was an opt-out honoured in time (S1, 47 CFR 64.1200(a)(10)): CL-010, 014, 015.
#include "ledger/consent/facts.hpp"
#include "ledger/consent/rules_impl.hpp"

#include <algorithm>

namespace cl::consent {

Verdict opt_out_late(Judged const& judged) {
    Entry const& entry = judged.entry;
    bool const asked = judged.kind == Kind::opt_out_stop || judged.kind == Kind::opt_out_request;
    bool const imported = entry.actor && entry.actor->kind == "import";
    if (!asked || imported || !entry.occurred_at) return std::nullopt;
    Millis const lag = entry.recorded_at - *entry.occurred_at;
    std::string what = "received " + format_time(*entry.occurred_at) + ", processed " + format_time(entry.recorded_at);
    Millis const due = due_at(judged.pack, *entry.occurred_at, judged.pack.revocation_business_days);
    if (entry.recorded_at > due) {
        return finding(judged, "CL-010", Severity::critical, std::move(what) + ", due " + format_time(due));
    }
    if (lag > judged.pack.optout_urgent_ms) return finding(judged, "CL-010", Severity::high, std::move(what));
    if (lag > judged.pack.optout_sla_ms) return finding(judged, "CL-010", Severity::medium, std::move(what));
    return std::nullopt;
}

Verdict opt_out_without_basis(Judged const& judged) {
    Entry const& entry = judged.entry;
    ContactState const& contact = judged.contact;
    if (judged.kind != Kind::opt_out_agent || !contact.opted_in || !entry.evidence.empty()) return std::nullopt;
    bool const reason = entry.data.contains("reason") || entry.data.contains("text_withheld");
    bool const asked = contact.customer_revoked && contact.customer_revoked->seq > contact.since_seq;
    bool const review = std::any_of(contact.obligations.begin(), contact.obligations.end(),
                                    [](Obligation const& open) { return open.kind == "review"; });
    if (reason || asked || review) return std::nullopt;
    return finding(judged, "CL-014", Severity::info, "no request, reason or evidence is recorded for it");
}

Verdict revocation_missed(Judged const& judged) {
    if (judged.kind == Kind::opt_in_inbound && judged.entry.data.string("class") == "review") {
        return finding(judged, "CL-015", Severity::high, "the message that is said to opt in reads like a revocation");
    }
    std::string const overdue = newly_overdue(judged, "review", {});
    if (overdue.empty()) return std::nullopt;
    return finding(judged, "CL-015", Severity::high, "not reviewed in time: " + overdue);
}

}  // namespace cl::consent
