// The catalogue of findings, in the words of a compliance officer. Citations say how well they are known: the source document is quoted
// from itself; law was read in secondary sources unless it says otherwise.
#include "ledger/consent/rules.hpp"

#include <array>

namespace cl::consent {
namespace {

constexpr std::array<RuleInfo, 17> catalogue = {{
    {"CL-001", "Opted in without recorded consent", Severity::critical,
     "Source document S6 and S9; 16 CFR 310.5(a)(8) (secondary source); GDPR Art. 7(1) (from memory)",
     "The contact becomes opted in (an explicit opt-in, or the platform's default for a new contact) and no evidence other than an "
     "agent's own word is linked to it that is dated no later than the opt-in. Critical for an explicit opt-in, medium for the "
     "platform's default or an import. A repeated opt-in of a contact that stands opted in with consent is not judged again.",
     "Record the consent that was given with consent.recorded, naming this entry; if there is none, opt the contact out."},
    {"CL-002", "Opted back in by hand after the customer opted out", Severity::critical,
     "Source document S9; 47 CFR 64.1200(a)(10) (text seen, in force 2025-04-11)",
     "An agent (or a consent entry posted for one) opts in a contact who had sent STOP or asked to be opted out, and the newest evidence "
     "linked to it is not later than that opt-out.",
     "Stop sending now. Record consent that was given after the opt-out, or opt the contact out."},
    {"CL-003", "Consent record incomplete", Severity::high,
     "16 CFR 310.5(a)(8) (secondary source); CTIA Messaging Principles 5.1.2 (secondary source)",
     "A piece of evidence for a consent lacks a field that its kind must hold; each missing field is listed.",
     "Record the evidence again with the missing fields, in a consent.recorded that names this entry."},
    {"CL-005", "Only an agent's word supports the opt-in", Severity::medium, "Source document S14, \"verbally or otherwise\"",
     "Every piece of evidence linked to the opt-in is the agent's own statement.",
     "Record evidence that comes from the customer: a call recording, a form, a message."},
    {"CL-006", "A manual change without a known person behind it", Severity::high,
     "17 CFR 240.17a-4(f)(2), the identity of the individual (secondary source)",
     "An act that only a person can do names nobody, names the system, or names an agent who is not on the account's roster.",
     "Have the platform name the person; add the agent to the roster with actor.defined."},
    {"CL-010", "Opt-out honoured late", Severity::critical,
     "47 CFR 64.1200(a)(10): within ten business days of receipt (text seen, in force 2025-04-11)",
     "The opt-out was recorded after the tenth business day from its receipt (critical), more than 24 hours after it (high), or later "
     "than the policy's own target (medium). Imports of old opt-outs are not judged.",
     "Find out why the opt-out took so long, and whether anything was sent in between."},
    {"CL-020", "Automatic re-opt-in without a message", Severity::critical,
     "Source document S2: only a new message opts a contact back in",
     "The contact was opted back in \"by a message\", but no inbound message is linked to it.",
     "Produce the message, or opt the contact out."},
    {"CL-021", "Automatic re-opt-in by an older message", Severity::high, "Source document S2: a new message, sent later",
     "The message that is said to opt the contact back in was not sent later than the opt-out; messages can arrive out of order.",
     "The contact stays opted out. Correct the platform, which lets an old message undo a STOP."},
    {"CL-022", "Automatic re-opt-in by a STOP", Severity::critical, "Source document S1 and S2",
     "The message that is said to opt the contact back in is itself an opt-out.",
     "The contact stays opted out. Correct the platform's keyword matching."},
    {"CL-023", "Automatic re-opt-in not applied", Severity::low, "Source document S2 and S3: the feature cannot be disabled",
     "The contact wrote after opting out and is not blocked, but the platform still shows it as opted out.",
     "Bring the platform's status in line with the ledger."},
    {"CL-030", "Opted in while blocked", Severity::critical, "Source document S14: unblock before the box is checked",
     "An opt-in was made while the contact was blocked, or is dated between its block and its unblocking.",
     "The contact stays opted out. Unblock it first, then record the opt-in with its evidence."},
    {"CL-031", "A blocked contact's message was acted on", Severity::medium,
     "Source document S11: a blocked contact cannot send messages to the account",
     "A re-opt-in or a trigger was recorded for a message that arrived while the contact was blocked.",
     "It has no effect. Correct the platform, which lets messages of blocked contacts through."},
    {"CL-032", "Blocked but not opted out", Severity::high, "Source document S13: blocking opts out",
     "The platform shows the contact as opted in right after blocking it.",
     "Opt the contact out on the platform; the ledger counts it as out."},
    {"CL-033", "Unblocking opted the contact in", Severity::high,
     "Source document S12 and S14: unblocking alone does not opt in",
     "The platform shows the contact as opted in right after unblocking it, without a consent of its own.",
     "Opt the contact out on the platform until it writes again or gives consent."},
    {"CL-045", "Added to a list after asking to be left alone", Severity::critical,
     "Source document S15 and S19; 47 CFR 64.1200(a)(10) (text seen)",
     "The contact was added to a list after an OPTOUT or request for that list, or after a STOP, and no newer consent to the list is on "
     "record.",
     "Remove the contact from the list, or record the newer consent that names it."},
    {"CL-070", "Recorded long after it is said to have happened", Severity::high,
     "17 CFR 240.17a-4(f)(2), time-stamped trail (secondary source)",
     "The entry was recorded later than its kind allows after the time it claims: five minutes for automatic changes, 24 hours for what "
     "people do. For imports it is only noted.",
     "Ask the source for the reason; compare with what was sent in between."},
    {"CL-071", "Dated in the future", Severity::medium, "17 CFR 240.17a-4(f)(2), time-stamped trail (secondary source)",
     "The entry claims a time more than two minutes after it was recorded.", "Set the source's clock right."},
}};

}  // namespace

std::span<RuleInfo const> all_rules() noexcept {
    return catalogue;
}

}  // namespace cl::consent
