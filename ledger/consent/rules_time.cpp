// Two clocks that disagree (17 CFR 240.17a-4(f)): CL-070, 071, 072.
#include "ledger/consent/rules_impl.hpp"

namespace cl::consent {
namespace {

std::string times(Entry const& entry) {
    return "happened " + format_time(*entry.occurred_at) + ", recorded " + format_time(entry.recorded_at);
}

}  // namespace

Verdict backdated(Judged const& judged) {
    Entry const& entry = judged.entry;
    if (!entry.occurred_at) return std::nullopt;
    bool const imported = entry.actor && entry.actor->kind == "import";
    bool const automatic =
        judged.kind == Kind::opt_out_stop || judged.kind == Kind::opt_in_inbound || judged.kind == Kind::trigger_fired;
    Millis const skew = automatic && !imported ? judged.pack.automatic_skew_ms : judged.pack.manual_skew_ms;
    if (entry.recorded_at - *entry.occurred_at <= skew) return std::nullopt;
    return finding(judged, "CL-070", imported ? Severity::info : Severity::high, times(entry));
}

Verdict future_dated(Judged const& judged) {
    Entry const& entry = judged.entry;
    if (!entry.occurred_at || *entry.occurred_at - entry.recorded_at <= judged.pack.future_skew_ms) return std::nullopt;
    return finding(judged, "CL-071", Severity::medium, times(entry));
}

Verdict out_of_order(Judged const& judged) {
    Entry const& entry = judged.entry;
    bool const imported = entry.actor && entry.actor->kind == "import";
    if (imported || !entry.occurred_at || !entry.source || !judged.contact.last_occurred) return std::nullopt;
    bool const same_source = !entry.source->platform.empty() && entry.source->platform == judged.contact.last_platform;
    if (!same_source || *entry.occurred_at >= *judged.contact.last_occurred) return std::nullopt;
    return finding(
        judged, "CL-072", Severity::low,
        "happened " + format_time(*entry.occurred_at) + ", told after " + format_time(*judged.contact.last_occurred));
}

}  // namespace cl::consent
