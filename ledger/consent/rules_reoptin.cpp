// Opting back in by a new message (S2, S3): CL-020, 021, 022, 023.
#include "ledger/consent/facts.hpp"
#include "ledger/consent/rules_impl.hpp"

#include <algorithm>

namespace cl::consent {
namespace {

Evidence const* linked_message(Entry const& entry) {
    auto const found = std::find_if(entry.evidence.begin(), entry.evidence.end(),
                                    [](Evidence const& item) { return item.kind == "inbound_sms" && !item.for_seq; });
    return found == entry.evidence.end() ? nullptr : &*found;
}

}  // namespace

Verdict re_opt_in_without_message(Judged const& judged) {
    if (judged.kind != Kind::opt_in_inbound || linked_message(judged.entry) != nullptr) return std::nullopt;
    return finding(judged, "CL-020", Severity::critical, "a message is named, but it is not part of the evidence");
}

Verdict re_opt_in_by_older_message(Judged const& judged) {
    if (judged.kind != Kind::opt_in_inbound || !judged.contact.revoked) return std::nullopt;
    if (linked_message(judged.entry) == nullptr) return std::nullopt;
    if (message_key(judged.entry) > judged.contact.revoked->key) return std::nullopt;
    return finding(judged, "CL-021", Severity::high,
                   "the message is not later than the opt-out in entry " + std::to_string(judged.contact.revoked->seq));
}

Verdict re_opt_in_by_stop(Judged const& judged) {
    if (judged.kind != Kind::opt_in_inbound || judged.entry.data.string("class") != "stop") return std::nullopt;
    return finding(judged, "CL-022", Severity::critical, "the message that is said to opt in is an opt-out");
}

Verdict re_opt_in_not_applied(Judged const& judged) {
    bool const message = judged.kind == Kind::opt_in_inbound || judged.kind == Kind::trigger_fired;
    if (!message || !judged.contact.revoked || claimed_opted_in(judged.entry.data) != false) return std::nullopt;
    Millis const key = message_key(judged.entry);
    if (blocked_at(judged.contact, key) || key <= judged.contact.revoked->key) return std::nullopt;
    return finding(judged, "CL-023", Severity::low, "the platform still shows the contact as opted out");
}

}  // namespace cl::consent
