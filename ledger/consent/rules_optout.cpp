// Was an opt-out honoured in time (S1, 47 CFR 64.1200(a)(10)): CL-010.
#include "ledger/consent/business_days.hpp"
#include "ledger/consent/rules_impl.hpp"

namespace cl::consent {

Verdict opt_out_late(Judged const& judged) {
    constexpr Millis day = 24LL * 3600 * 1000;
    Entry const& entry = judged.entry;
    bool const asked = judged.kind == Kind::opt_out_stop || judged.kind == Kind::opt_out_request;
    bool const imported = entry.actor && entry.actor->kind == "import";
    if (!asked || imported || !entry.occurred_at) return std::nullopt;
    Millis const lag = entry.recorded_at - *entry.occurred_at;
    std::string what = "received " + format_time(*entry.occurred_at) + ", processed " + format_time(entry.recorded_at);
    Millis const due = due_at(*entry.occurred_at, judged.pack.revocation_business_days);
    if (entry.recorded_at > due) {
        return finding(judged, "CL-010", Severity::critical, std::move(what) + ", due " + format_time(due));
    }
    if (lag > day) return finding(judged, "CL-010", Severity::high, std::move(what));
    if (lag > judged.pack.optout_sla_ms) return finding(judged, "CL-010", Severity::medium, std::move(what));
    return std::nullopt;
}

}  // namespace cl::consent
