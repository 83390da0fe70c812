// Blocked contacts (S10-S14): CL-030, 031, 032, 033.
#include "ledger/consent/facts.hpp"
#include "ledger/consent/rules_impl.hpp"

namespace cl::consent {

Verdict opt_in_while_blocked(Judged const& judged) {
    bool const by_hand = judged.kind == Kind::opt_in_agent || judged.kind == Kind::opt_in_consent;
    if (!by_hand || !blocked_at(judged.contact, judged.key)) return std::nullopt;
    return finding(judged, "CL-030", Severity::critical, "the contact was blocked; it stays opted out");
}

Verdict message_while_blocked(Judged const& judged) {
    bool const acted_on = judged.kind == Kind::opt_in_inbound || judged.kind == Kind::trigger_fired;
    if (!acted_on || !blocked_at(judged.contact, message_key(judged.entry))) return std::nullopt;
    return finding(judged, "CL-031", Severity::medium, "a message of a blocked contact was acted on");
}

Verdict block_not_opted_out(Judged const& judged) {
    if (judged.kind != Kind::contact_blocked || claimed_opted_in(judged.entry.data) != true) return std::nullopt;
    return finding(judged, "CL-032", Severity::high, "the platform shows the contact as blocked and still opted in");
}

Verdict unblock_opted_in(Judged const& judged) {
    if (judged.kind != Kind::contact_unblocked || claimed_opted_in(judged.entry.data) != true) return std::nullopt;
    return finding(judged, "CL-033", Severity::high, "the platform shows the contact as opted in by the unblocking alone");
}

}  // namespace cl::consent
