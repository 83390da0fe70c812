// The catalogue of findings, in the words of a compliance officer. A citation can be followed by whoever reads it: law by its number, and where
// its text was not read, whose summary was; the platform's manual by its sentence in docs/behaviour.md. Addresses: verify/app/rules_page.cpp.
#include "ledger/consent/rules.hpp"

#include <array>

namespace cl::consent {
namespace {

constexpr std::array<RuleInfo, 41> catalogue = {{
    {"CL-001", "Opted in without recorded consent", Severity::critical,
     "The platform's manual, S6 and S9 (docs/behaviour.md); 16 CFR 310.5(a)(8), 89 FR 26783 (as summarised by Magnify); GDPR (Regulation (EU) 2016/679) Art. 7(1)",
     "The contact becomes opted in (an explicit opt-in, or the platform's default for a new contact) and no evidence other than an "
     "agent's own word is linked to it that is dated no later than the opt-in. Critical for an explicit opt-in, medium for the "
     "platform's default or an import. A repeated opt-in of a contact that stands opted in with consent is not judged again.",
     "Record the consent that was given with consent.recorded, naming this entry; if there is none, opt the contact out."},
    {"CL-002", "Opted back in by hand after the customer opted out", Severity::critical,
     "The platform's manual, S9 (docs/behaviour.md); 47 CFR 64.1200(a)(10), in force 2025-04-11",
     "An agent (or a consent entry posted for one) opts in a contact who had sent STOP or asked to be opted out, and the newest evidence "
     "linked to it is not later than that opt-out.",
     "Stop sending now. Record consent that was given after the opt-out, or opt the contact out."},
    {"CL-003", "Consent record incomplete", Severity::high,
     "16 CFR 310.5(a)(8), 89 FR 26783 (as summarised by Magnify); CTIA Messaging Principles and Best Practices 5.1.2 (as summarised by Colligso)",
     "A piece of evidence for a consent lacks a field that its kind must hold; each missing field is listed.",
     "Record the evidence again with the missing fields, in a consent.recorded that names this entry."},
    {"CL-004", "Evidence that nothing fixes", Severity::high,
     "The platform's manual, S9 (docs/behaviour.md); 17 CFR 240.17a-4(f)(2), re-creating the original (as summarised by Global Relay)",
     "A piece of evidence for a consent is said to be held by somebody, and the record has no digest of it: what is held could be "
     "exchanged unseen.",
     "Record the evidence again with the sha256 of the file, in a consent.recorded that names this entry."},
    {"CL-005", "Only an agent's word supports the opt-in", Severity::medium,
     "The platform's manual, S14 (docs/behaviour.md): the customer may have asked verbally",
     "Every piece of evidence linked to the opt-in is the agent's own statement.",
     "Record evidence that comes from the customer: a call recording, a form, a message."},
    {"CL-006", "A manual change without a known person behind it", Severity::high,
     "17 CFR 240.17a-4(f)(2), the identity of the individual (as summarised by Global Relay)",
     "An act that only a person can do names nobody, names the system, or names an agent who is not on the account's roster.",
     "Have the platform name the person; add the agent to the roster with actor.defined."},
    {"CL-007", "Consent used for more than it was given for", Severity::high,
     "CTIA Messaging Principles and Best Practices 5.1.2.2: one opt-in for each campaign (its table of contents)",
     "The consent shown with an opt-in, a consent record or an addition to a list names other lists, or another purpose, than the entry "
     "uses it for.",
     "Take the contact off the lists that were not agreed to, or record the consent that names them."},
    {"CL-009", "A certificate that was never claimed", Severity::medium,
     "ActiveProspect's documentation of TrustedForm: unclaimed certificates are deleted after 90 days",
     "A third party's certificate without a time of claim is more than 90 days old when it is recorded, so that its issuer no longer "
     "keeps it.",
     "Ask the issuer whether it still exists; claim certificates when the form is sent."},
    {"CL-010", "Opt-out honoured late", Severity::critical,
     "47 CFR 64.1200(a)(10): within ten business days of receipt, in force 2025-04-11",
     "A STOP, a request or an opt-out by an agent was recorded after the tenth business day from when the customer said so (critical), "
     "more than 24 hours after it (high), or later than the policy's own target (medium). Imports of old opt-outs are not judged.",
     "Find out why the opt-out took so long, and whether anything was sent in between."},
    {"CL-011", "A STOP that was not applied", Severity::critical,
     "The platform's manual, S1 (docs/behaviour.md); 47 CFR 64.1200(a)(10)",
     "The platform shows the contact as opted in after a STOP that opts it out in this ledger.",
     "Opt the contact out on the platform at once, and find out what was sent since the STOP."},
    {"CL-014", "Opted out by hand without a reason", Severity::info,
     "The platform's manual, S9 (docs/behaviour.md): not without the customer's wish",
     "An agent opted out a contact who was opted in, and neither a reason, nor evidence, nor a request or open review is on record.",
     "Ask the agent; nothing is owed to the contact."},
    {"CL-015", "A revocation in own words was missed", Severity::high,
     "47 CFR 64.1200(a)(10): any words that a reasonable person would understand",
     "A message that reads like a revocation is said to have opted the contact in, or a review of such a message was still open when it "
     "was due; the second is raised with the first entry about the contact after that.",
     "Read the message. If it asks to stop, opt the contact out."},
    {"CL-016", "A request to stop that was not applied", Severity::critical,
     "47 CFR 64.1200(a)(11): revocation by voice, mail, e-mail",
     "The platform shows the contact as opted in after an opt-out request that opts it out in this ledger.",
     "Opt the contact out on the platform at once, and find out what was sent since the request."},
    {"CL-020", "Automatic re-opt-in without a message", Severity::critical,
     "The platform's manual, S2 (docs/behaviour.md): only a new message opts a contact back in",
     "The contact was opted back in \"by a message\", but no inbound message is linked to it.",
     "Produce the message, or opt the contact out."},
    {"CL-021", "Automatic re-opt-in by an older message", Severity::high,
     "The platform's manual, S2 (docs/behaviour.md): a new message, sent later",
     "The message that is said to opt the contact back in was not sent later than the opt-out; messages can arrive out of order.",
     "The contact stays opted out. Correct the platform, which lets an old message undo a STOP."},
    {"CL-022", "Automatic re-opt-in by a STOP", Severity::critical, "The platform's manual, S1 and S2 (docs/behaviour.md)",
     "The message that is said to opt the contact back in is itself an opt-out.",
     "The contact stays opted out. Correct the platform's keyword matching."},
    {"CL-023", "Automatic re-opt-in not applied", Severity::low,
     "The platform's manual, S2 and S3 (docs/behaviour.md): the feature cannot be disabled",
     "The contact wrote after opting out and is not blocked, but the platform still shows it as opted out.",
     "Bring the platform's status in line with the ledger."},
    {"CL-024", "Opted back in by HELP or OPTOUT", Severity::info,
     "The platform's manual, S2 taken literally, with S17 and S18 (docs/behaviour.md): HELP and OPTOUT are messages too",
     "The message that opted the contact back in is a HELP, or an OPTOUT.",
     "Decide whether the policy pack should count these words as a wish to be texted again."},
    {"CL-025", "Opted back in by a message of unproven origin", Severity::high,
     "Twilio's documentation of webhook security: a webhook is signed so that nobody else can speak for a phone",
     "The message that opted the contact back in came with a provider's signature, and the signature did not hold.",
     "Look the message up at the provider. If it is not there, opt the contact out and change the webhook's secret."},
    {"CL-030", "Opted in while blocked", Severity::critical,
     "The platform's manual, S14 (docs/behaviour.md): unblock before the box is checked",
     "An opt-in was made while the contact was blocked, or is dated between its block and its unblocking.",
     "The contact stays opted out. Unblock it first, then record the opt-in with its evidence."},
    {"CL-031", "A blocked contact's message was acted on", Severity::medium,
     "The platform's manual, S11 (docs/behaviour.md): a blocked contact cannot send messages to the account",
     "A re-opt-in or a trigger was recorded for a message that arrived while the contact was blocked.",
     "It has no effect. Correct the platform, which lets messages of blocked contacts through."},
    {"CL-032", "Blocked but not opted out", Severity::high, "The platform's manual, S13 (docs/behaviour.md): blocking opts out",
     "The platform shows the contact as opted in right after blocking it.",
     "Opt the contact out on the platform; the ledger counts it as out."},
    {"CL-033", "Unblocking opted the contact in", Severity::high,
     "The platform's manual, S12 and S14 (docs/behaviour.md): unblocking alone does not opt in",
     "The platform shows the contact as opted in right after unblocking it, without a consent of its own.",
     "Opt the contact out on the platform until it writes again or gives consent."},
    {"CL-040", "Not removed from the list in time", Severity::critical,
     "The platform's manual, S19 (docs/behaviour.md); 47 CFR 64.1200(a)(10): within ten business days",
     "An OPTOUT asked for a removal from a list, and it had not come when it was due. Raised once for each duty, with the first entry "
     "about the contact that is recorded after the due date; overdue duties without a later entry are in the list of obligations.",
     "Remove the contact from the list now, and find out what the list was sent since the due date."},
    {"CL-041", "Removed from the list too late", Severity::high,
     "The platform's manual, S19 (docs/behaviour.md); 47 CFR 64.1200(a)(10): within ten business days",
     "The removal that an OPTOUT asked for was recorded after it was due.",
     "Find out what the list was sent between the due date and the removal."},
    {"CL-043", "Removed from another list than the one meant", Severity::high, "The platform's manual, S19 (docs/behaviour.md)",
     "A removal is from a list that no OPTOUT asked for, while the removal from another list that one asked for is still open. High "
     "if the removal names that duty as its reason, medium if it names none.",
     "Remove the contact from the list that it asked to be taken off."},
    {"CL-044", "An OPTOUT that no list is defined for", Severity::medium,
     "The platform's manual, S16 (docs/behaviour.md): every campaign carries its opt-out trigger",
     "An OPTOUT arrived and no list is to be found for it, so that it opts the contact out of everything. An OPTOUT recorded as a STOP is "
     "judged only in an account that has lists.",
     "Define the trigger with its list (trigger.defined)."},
    {"CL-045", "Added to a list after asking to be left alone", Severity::critical,
     "The platform's manual, S15 and S19 (docs/behaviour.md); 47 CFR 64.1200(a)(10)",
     "The contact was added to a list after an OPTOUT or request for that list, or after a STOP, and no newer consent to the list is on "
     "record.",
     "Remove the contact from the list, or record the newer consent that names it."},
    {"CL-046", "Added to a marketing list without consent to it", Severity::high,
     "The platform's manual, S15 (docs/behaviour.md); 47 CFR 64.1200(f)(9), prior express written consent (as quoted by Copilevitz & Canter)",
     "The contact was added to a list whose purpose is marketing, or that requires promotional consent; no consent comes with the "
     "addition, and none on record names the list or allows marketing. An addition after an opt-out is CL-045.",
     "Record the consent that names the list, or remove the contact from it."},
    {"CL-048", "On a list and on its opt-out list", Severity::medium, "The platform's manual, S20 (docs/behaviour.md)",
     "The contact was added to a list while it is on that list's opt-out list, or the other way round.",
     "Remove the contact from one of the two: from the list, unless a newer consent is on record."},
    {"CL-060", "Opted in on a consent that had expired", Severity::high,
     "CASL section 10: an implied consent ends after 6 or 24 months (as summarised by the CRTC, Guidance on Implied Consent); the policy's own validity",
     "All consent shown with an opt-in by hand, or with an addition to a list, is not later than an expiry that is on record, or older "
     "than the policy pack lets it count.",
     "Record a newer consent for this entry, or opt the contact out."},
    {"CL-061", "Opted in on the former holder's consent", Severity::critical,
     "47 CFR 64.1200(m), reassigned numbers (as summarised by the FCC, Reassigned Numbers Database)",
     "After the number was reassigned, a contact was opted in by hand on consent that is not later than the reassignment.",
     "Stop sending now. Record consent of the present holder, or opt the contact out."},
    {"CL-062", "Erased before the time of keeping was over", Severity::high,
     "16 CFR 310.5: five years (as summarised by Magnify); 47 CFR 64.1200(d)(6) (as summarised by Lead Compliance Hub)",
     "The contact's openings were erased less than five years after its last opt-out or the newest consent that it holds.",
     "Keep the request for the erasure with the reason why it came first; waive this finding with it."},
    {"CL-070", "Recorded long after it is said to have happened", Severity::high,
     "17 CFR 240.17a-4(f)(2), time-stamped trail (as summarised by Global Relay)",
     "The entry was recorded later than its kind allows after the time it claims: five minutes for automatic changes, 24 hours for what "
     "people do. For imports it is only noted.",
     "Ask the source for the reason; compare with what was sent in between."},
    {"CL-071", "Dated in the future", Severity::medium,
     "17 CFR 240.17a-4(f)(2), time-stamped trail (as summarised by Global Relay)",
     "The entry claims a time more than two minutes after it was recorded.", "Set the source's clock right."},
    {"CL-072", "Told out of order", Severity::low, "17 CFR 240.17a-4(f)(2), time-stamped trail (as summarised by Global Relay)",
     "The entry is dated before the entry about the same contact that the same source told before it. Imports are not judged.",
     "None, if it stays rare: the ledger orders by the times themselves. Otherwise correct the source's queue."},
    {"CL-077", "Opt-ins by the dozen", Severity::high, "Practice of auditors: nobody asks so many people in so little time",
     "One person, or one program other than an import, opted in the twentieth contact within one minute.",
     "Ask how the consent was collected; look at the evidence of some of them."},
    {"CL-079", "A disclosure that was not in force", Severity::medium,
     "47 CFR 64.1200(f)(9)(i), what was disclosed (as quoted by Copilevitz & Canter)",
     "The opt-in names a disclosure that the account has not defined, or that was defined with its present words after the consent was "
     "given. Accounts without any definition are not judged.",
     "Define the disclosure as it was shown, under an id of its own, and record the consent with it."},
    {"CL-080", "A text that seems to hold health information", Severity::high,
     "The platform's manual, S22 (docs/behaviour.md); 45 CFR 164.514(b)(2), the identifiers",
     "Two independent signs of health information in a text that was kept because the account's policy says so. One word alone is none. Cured "
     "by the erasure of the contact.",
     "Read the text, and erase the contact's texts if it is what it seems to be; keep such words out of notes."},
    {"CL-081", "A text with personal data that consent does not need", Severity::low,
     "GDPR (Regulation (EU) 2016/679) Art. 5(1)(c), data minimisation",
     "Two independent signs of a card, account or identity number, a birth date or an address in a text that was kept. Cured by the "
     "erasure of the contact.",
     "Read the text, and erase the contact's texts if they are not needed; set personal_screen to refuse."},
    {"CL-082", "The platform shows another status", Severity::medium,
     "The platform's manual, S4 (docs/behaviour.md): the status is shown in every list",
     "What the platform says that it shows after the act differs from the ledger's state after it, and no rule of its own says so.",
     "Bring the platform's status in line with the ledger."},
}};

}  // namespace

bool cured_by_what(std::string_view rule) noexcept {
    return rule == "CL-003" || rule == "CL-004";
}

std::span<RuleInfo const> all_rules() noexcept {
    return catalogue;
}

}  // namespace cl::consent
