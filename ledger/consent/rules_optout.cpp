// Was an opt-out honoured in time (S1, 47 CFR 64.1200(a)(10)): opt_out_time.hpp, and CL-010, 014, 015.
#include "ledger/consent/facts.hpp"
#include "ledger/consent/opt_out_time.hpp"
#include "ledger/consent/rules_impl.hpp"

#include <algorithm>

namespace cl::consent {
namespace {

Timeliness timeliness(Entry const& entry, Pack const& pack, Millis requested, Millis due) {
    if (entry.actor && entry.actor->kind == "import") return Timeliness::imported;
    if (entry.recorded_at > due) return Timeliness::overdue;
    Millis const lag = entry.recorded_at - requested;
    if (lag > pack.optout_urgent_ms) return Timeliness::urgent;
    return lag > pack.optout_sla_ms ? Timeliness::over_target : Timeliness::in_time;
}

}  // namespace

bool is_opt_out(Kind kind) noexcept {
    return kind == Kind::opt_out_stop || kind == Kind::opt_out_agent || kind == Kind::opt_out_request;
}

OptOutTime opt_out_time(Entry const& entry, Pack const& pack) {
    Millis const requested = entry.occurred_at.value_or(entry.recorded_at);
    Millis const due = due_at(pack, requested, pack.revocation_business_days);
    return {requested, due, timeliness(entry, pack, requested, due)};
}

Verdict opt_out_late(Judged const& judged) {
    if (!is_opt_out(judged.kind)) return std::nullopt;
    OptOutTime const took = opt_out_time(judged.entry, judged.pack);
    std::string what = "received " + format_time(took.requested) + ", processed " + format_time(judged.entry.recorded_at);
    switch (took.how) {
    case Timeliness::overdue:
        return finding(judged, "CL-010", Severity::critical, std::move(what) + ", due " + format_time(took.due));
    case Timeliness::urgent: return finding(judged, "CL-010", Severity::high, std::move(what));
    case Timeliness::over_target: return finding(judged, "CL-010", Severity::medium, std::move(what));
    case Timeliness::in_time:
    case Timeliness::imported: break;
    }
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
