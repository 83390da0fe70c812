// Opting back in by a new message (S2, S3): CL-020, 021, 022, 023, 024, 025.
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

/// A message that opts back in, if it is later: not a STOP, nor an OPTOUT that is about no list and so opts out of all (S2).
bool should_opt_in(Judged const& judged) {
    if (judged.kind == Kind::opt_in_inbound) return is_new_message(judged.entry.data.string("class"), judged.pack);
    if (judged.kind != Kind::trigger_fired) return false;
    FiredTrigger const fired = fired_trigger(judged.entry.data, judged.account);
    return is_new_message(fired.cls, judged.pack) && (fired.cls != "optout" || !fired.list.empty());
}

}  // namespace

Verdict re_opt_in_without_message(Judged const& judged) {
    if (judged.kind != Kind::opt_in_inbound) return std::nullopt;
    Evidence const* const message = linked_message(judged.entry);
    if (message == nullptr) {
        return finding(judged, "CL-020", Severity::critical, "a message is named, but it is not part of the evidence");
    }
    if (std::find(message->fields.begin(), message->fields.end(), "message_id") == message->fields.end()) {
        return finding(judged, "CL-020", Severity::critical, "the message given as evidence has no id");
    }
    // What was posted is compared when it is read, since the entry holds neither the sender nor the id of the evidence.
    json::Value const* const differs = judged.entry.data.find("mismatch");
    if (differs == nullptr || differs->as_array() == nullptr) return std::nullopt;
    bool const other_id = std::any_of(differs->as_array()->begin(), differs->as_array()->end(),
                                      [](json::Value const& name) { return name == json::Value("message_id"); });
    return finding(judged, "CL-020", Severity::critical,
                   other_id ? "the message given as evidence has another id than the one named"
                            : "the message given as evidence was sent by another number");
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
    if (!should_opt_in(judged) || !judged.contact.revoked || claimed_opted_in(judged.entry.data) != false) return std::nullopt;
    Millis const key = message_key(judged.entry);
    if (blocked_at(judged.contact, key) || key <= judged.contact.revoked->key) return std::nullopt;
    return finding(judged, "CL-023", Severity::low, "the platform still shows the contact as opted out");
}

Verdict re_opt_in_by_compliance_keyword(Judged const& judged) {
    std::string_view const cls = judged.entry.data.string("class");
    if (judged.kind != Kind::opt_in_inbound || (cls != "help" && cls != "optout")) return std::nullopt;
    return finding(judged, "CL-024", Severity::info, "the message is a " + std::string(cls == "help" ? "HELP" : "OPTOUT"));
}

Verdict re_opt_in_by_unverified_webhook(Judged const& judged) {
    if (judged.kind != Kind::opt_in_inbound) return std::nullopt;
    Evidence const* const message = linked_message(judged.entry);
    if (message == nullptr || message->verified != false) return std::nullopt;
    bool const signed_one =
        std::find(message->fields.begin(), message->fields.end(), "signature_scheme") != message->fields.end();
    if (!signed_one) return std::nullopt;
    return finding(judged, "CL-025", Severity::high, "the provider signs its messages, and this one's signature did not hold");
}

}  // namespace cl::consent
