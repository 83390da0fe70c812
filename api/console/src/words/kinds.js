// The kinds of entry (docs/behaviour.md "What each kind does") in the words of somebody who texts customers.
// `tone`: what it does to the right to text.
const table = [
  ["opt_out.stop", "Customer sent STOP", "out"],
  ["opt_out.agent", "Opted out by an agent", "out"],
  ["opt_out.request", "Customer asked not to be texted", "out"],
  ["contact.blocked", "Contact blocked", "out"],
  ["consent.expired", "Consent expired", "out"],
  ["number.reassigned", "Number belongs to somebody else", "out"],
  ["opt_in.inbound", "Opted back in by a new message", "in"],
  ["opt_in.agent", "Opted in by an agent", "in"],
  ["opt_in.consent", "Opted in with consent", "in"],
  ["consent.recorded", "Consent recorded", "in"],
  ["contact.unblocked", "Contact unblocked", ""],
  ["contact.added", "Contact added", ""],
  ["contact.edited", "Contact edited", ""],
  ["list.added", "Added to a list", "in"],
  ["list.removed", "Removed from a list", "out"],
  ["trigger.fired", "Reply word received", ""],
  ["review.opened", "Message needs a person's judgement", ""],
  ["review.resolved", "Message judged by a person", ""],
  ["obligation.assigned", "Duty assigned", ""],
  ["record.corrected", "Record corrected", ""],
  ["finding.waived", "Finding waived", ""],
  ["subject.erased", "Person erased", "out"],
  ["hold.placed", "Legal hold placed", ""],
  ["hold.released", "Legal hold released", ""],
  ["account.defined", "Account defined", ""],
  ["actor.defined", "Person or program named", ""],
  ["list.defined", "List defined", ""],
  ["trigger.defined", "Reply word defined", ""],
  ["disclosure.defined", "Disclosure defined", ""],
  ["policy.activated", "Policy pack activated", ""],
  ["export.issued", "Evidence exported", ""],
  ["token.created", "Token created", ""],
  ["token.revoked", "Token revoked", ""],
  ["ledger.created", "Ledger created", ""],
  ["ledger.restored", "Ledger restored", ""],
  ["key.rotated", "Signing key changed", ""],
];

const byKind = new Map(table.map(([kind, words, tone]) => [kind, { words, tone }]));

export const kinds = table.map(([kind]) => kind);

/** Whether an entry that should have opened the way did not: whoever has opted out or is blocked after it may be sent nothing. */
const inVain = (kind, state) => byKind.get(kind)?.tone === "in" && Boolean(state) && (!state.opted_in || state.blocked);

/** `state`: what the entry says was so after it, where there is one. */
export const wordsOf = (kind, state) => `${byKind.get(kind)?.words || kind}${String(kind).startsWith("opt_in.") && inVain(kind, state) ? ", without effect" : ""}`;
export const toneOf = (kind, state) => (inVain(kind, state) ? "" : byKind.get(kind)?.tone || "");

export const levels = ["none", "conversational", "informational", "promotional"];
export const severities = ["critical", "high", "medium", "low", "info"];
