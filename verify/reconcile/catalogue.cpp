// The catalogue of reconcile: the same five texts for each rule as in ledger/consent, and the function that judges it.
#include "verify/reconcile/rule.hpp"

#include <algorithm>
#include <array>

namespace cl::verify::reconcile {
namespace {

using consent::Severity;

constexpr std::array<Rule, 17> rules = {{
    {{"CL-008", "Texted before consent was given", Severity::critical,
      "47 USC 227(b)(1); 47 CFR 64.1200(f)(9) (as quoted by Copilevitz & Canter)",
      "The contact's first message that is no reply (a campaign, or any message before the contact had written) is earlier than the oldest "
      "evidence of consent to more than a conversation. Contacts without any such consent are CL-001 and CL-052. Once for each contact.",
      "Find out who sent it and on what ground. Consent that is older belongs on record with its own date."},
     nullptr,
     first_message_words},
    {{"CL-012", "Opt-out confirmed late, twice or with marketing", Severity::high,
      "47 CFR 64.1200(a)(12), 89 FR 15756: one text, within five minutes, without marketing (as summarised by Roth Jackson)",
      "A confirmation later than the pack's window after the contact's own opt-out; more than one text that can only be confirmations within "
      "it (of messages without a type each is taken for one); or one that is marked as marketing.",
      "Send one confirmation at once, without marketing, and nothing after it."},
     confirmation_wrong,
     confirmation_words},
    {{"CL-013", "Opt-out not confirmed", Severity::low,
      "CTIA Messaging Principles and Best Practices 5.1.3 (as summarised by Colligso)",
      "No text that could be a confirmation within the pack's window after a STOP that opted a contact out, in an account and a time that the "
      "file covers. Judged only if the file holds any confirmation at all.",
      "See whether the platform lets confirmations through once it has the contact as opted out."},
     nullptr,
     missing_confirmation_words},
    {{"CL-017", "A revocation taken for one list alone", Severity::high,
      "FCC 24-24, 89 FR 15756: an answer to an informational message revokes all consent, until the order that may replace it (as summarised by Privacy World)",
      "A request by text that names one list, where the contact's last message before it was no campaign but a message of its own, in an account whose "
      "pack ends that list alone.",
      "Take the contact off all lists, or record why only one was meant."},
     nullptr,
     narrow_words},
    {{"CL-034", "Sent to a blocked contact", Severity::critical,
      "The platform's manual, S11 (docs/behaviour.md): a blocked contact cannot receive messages",
      "A message went out while the contact was blocked, at its time.",
      "Stop sending to it, and find the way around the block."},
     sent_while_blocked,
     blocked_words},
    {{"CL-042", "Trigger without its reply", Severity::medium, "The platform's manual, S17 and S18 (docs/behaviour.md)",
      "No text that could be the reply within the pack's confirmation window after HELP, OPTOUT or a trigger with a reply of its own, in an account "
      "and a time that the file covers. Judged only if the file holds any such reply at all.",
      "Send the reply that the answer to the inbound message holds."},
     nullptr,
     unanswered_words},
    {{"CL-047", "Campaign without a way to opt out", Severity::low, "The platform's manual, S16 (docs/behaviour.md)",
      "A campaign's text holds none of STOP, OPTOUT, \"opt out\", \"unsubscribe\", or the file's own flag says so. Judged only where the file has a "
      "text or the flag.",
      "Add an opt-out instruction to every campaign."},
     campaign_without_opt_out_text,
     opt_out_text_words},
    {{"CL-050", "Sent after an opt-out", Severity::critical,
      "The platform's manual, S1 and S8 (docs/behaviour.md); 47 CFR 64.1200(a)(10); 47 USC 227(b)(3) and (c)(5): $500 a message, up to $1,500 if wilful (as summarised by The National Law Review)",
      "A message went out later than an opt-out and before the next opt-in that took effect, after the propagation window, and is not the one "
      "confirmation; for a campaign also an opt-out from its list alone. While only blocked it is CL-034, after a reassignment CL-061.",
      "Stop sending now. Have counsel look at each case before the four years of 28 USC 1658 are over, and at how it could happen."},
     sent_after_opt_out,
     after_words},
    {{"CL-051", "Sent while an opt-out was taking effect", Severity::medium,
      "Sinch's documentation of opt-outs: ten minutes until a block is known everywhere",
      "As CL-050, but within the propagation window after the opt-out (--window, ten minutes). A note: not counted as exposure.",
      "Shorten the way from the STOP to the sender; ask POST /check right before sending."},
     sent_while_propagating,
     after_words},
    {{"CL-052", "Campaign on conversational consent", Severity::critical,
      "The platform's manual, S2 (docs/behaviour.md): opted back in so that it can be answered; CTIA Messaging Principles and Best Practices, Exhibit II (as summarised by Fireline)",
      "A campaign went to an opted-in contact whose consent for its list, by evidence dated no later, was below what the list requires "
      "(informational where it says nothing): only that the contact had written, or none at all. After an expiry it is CL-060.",
      "Leave such contacts out of campaigns until consent is on record. Evidence that is older and was not recorded yet cures it."},
     campaign_without_level,
     level_words},
    {{"CL-053", "Campaign to somebody who is not on its list", Severity::high, "The platform's manual, S21 (docs/behaviour.md)",
      "A campaign to a list went to an opted-in contact who was not a member at its time: never was, or no more.",
      "Build the audience from the list at the time of sending, not from a copy."},
     campaign_to_non_member,
     member_words},
    {{"CL-054", "Sent in quiet hours", Severity::medium,
      "47 CFR 64.1200(c)(1): 8 am to 9 pm of the called party; FL, OK, MD to 8 pm; TX from 9 am, Sundays from noon (as summarised by Referrizer)",
      "A campaign went out outside of these hours of the recipient's clock, or of narrower ones of the account's policy pack. Judged only where the file has the recipient's UTC offset.",
      "Schedule campaigns by the recipient's time zone."},
     campaign_in_quiet_hours,
     quiet_words},
    {{"CL-055", "Ledger and platform disagree about an opt-out", Severity::high,
      "The error codes that the providers document: Twilio 21610, Telnyx 40300, Vonage 9, Plivo 200",
      "A message was refused because the number is opted out, but the ledger has it in, then and a propagation window later; or the ledger has it "
      "out for longer than that window, and the message was delivered.",
      "Bring the two in line: record the opt-out that the ledger lacks, or tell the platform the one that it lacks."},
     platform_drift,
     drift_words},
    {{"CL-056", "Sent to a number that the ledger does not know", Severity::high,
      "The platform's manual, S6 (docs/behaviour.md): the box says that the customer has elected to receive messages; nothing known, nothing allowed",
      "A message went out to a contact that the ledger had not heard of by then, or that never was opted in.",
      "Post every contact and every change to the ledger; look for an account or a sender that is not connected to it."},
     sent_to_unknown,
     unknown_words},
    {{"CL-060", "Campaign after consent had expired", Severity::high,
      "CASL section 10, 24 and 6 months of implied consent (as summarised by the CRTC, Guidance on Implied Consent); the account's policy",
      "As CL-052, but a consent that was enough had been on record and ended before the send: by consent.expired, or because it was older than the "
      "account's policy pack lets it count.",
      "Ask for consent anew before the next campaign."},
     campaign_after_expiry,
     expiry_words},
    {{"CL-061", "Sent to a reassigned number", Severity::critical,
      "47 CFR 64.1200(m), the reassigned numbers database (as summarised by the FCC, Reassigned Numbers Database)",
      "A message went out after number.reassigned and before an opt-in of the new holder.",
      "Stop sending. The earlier holder's consent counts for nothing."},
     sent_after_reassignment,
     after_words},
    {{"CL-070", "A send that only a backdated entry excuses", Severity::critical,
      "17 CFR 240.17a-4(f)(2), time-stamped trail (as summarised by Global Relay)",
      "A message went out when the contact was in only by an entry that was recorded after the send, and later than its kind allows after the time "
      "that it claims.",
      "Ask for the evidence behind that entry, and for the reason of the delay."},
     excused_afterwards,
     excused_words},
}};

}  // namespace

std::span<Rule const> all_rules() noexcept {
    return rules;
}

std::size_t rule_number(std::string_view id) {
    auto const found = std::find_if(rules.begin(), rules.end(), [id](Rule const& rule) { return rule.info.id == id; });
    return static_cast<std::size_t>(found - rules.begin());
}

}  // namespace cl::verify::reconcile
