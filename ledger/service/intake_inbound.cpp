// Inbound messages (docs/http-api.md "An inbound message", docs/promises.md "Retries").
//
// A message that made entries is recognised by its request key, for ever; one without effect by the message-id window alone. The window's
// rows of a batch that a crash cut off between the vault's COMMIT and the ledger's are dropped at start with the openings, so
// that a STOP which its provider sends again is never taken for a repetition of one that was lost.
#include "ledger/consent/screened_item.hpp"
#include "ledger/service/intake.hpp"

#include <algorithm>
#include <utility>

namespace cl::service {

/// Where a message stands: which key its entries have, and whether they are there.
struct Intake::Place {
    std::string key;
    Hash32 digest;  ///< in the message-id window
    Hash32 body;
    bool in_window = false;
    bool repeated = false;
    bool rescued = false;        ///< another message under a known id, taken because it protects its sender
    std::vector<Taken> entries;  ///< of a repeated message
};

namespace {

constexpr std::int64_t most_entries = 2;  // a message makes two at most: docs/behaviour.md "Which entries a request makes"

/// A message that may ask to be left alone. A trigger is one: what the account's own words mean is the account's affair.
bool may_protect(consent::InboundClass cls) {
    using consent::InboundClass;
    return cls == InboundClass::stop || cls == InboundClass::optout || cls == InboundClass::trigger ||
           cls == InboundClass::review;
}

/// docs/behaviour.md "Order and precedence": a known id never opts anybody in again, whatever else comes under it.
void drop_opt_ins(consent::InboundPlan& plan) {
    std::erase_if(plan.entries, [](consent::PlannedEntry const& entry) {
        return entry.kind == consent::Kind::contact_added || entry.kind == consent::Kind::opt_in_inbound;
    });
}

/// The one evidence of all entries of a message: the message.
void attach_message(consent::InboundMessage const& message, Millis now, Draft& draft) {
    Evidence evidence;
    evidence.kind = "inbound_sms";
    evidence.occurred_at = message.received_at.value_or(now);
    evidence.fields = message.fields;
    evidence.verified = message.verified;
    draft.evidence.push_back(std::move(evidence));
    draft.sealed.push_back(consent::Sealed{"/evidence/0", message.kept});
}

Draft draft_of(InboundRequest const& request, consent::PlannedEntry&& planned, Hash32 const& contact, Millis now) {
    consent::InboundMessage const& message = request.message;
    Draft draft;
    draft.kind = planned.kind;
    draft.account = request.account;
    draft.contact = contact;
    draft.phone = message.from;
    draft.occurred_at = message.received_at;
    draft.actor = Actor{"contact", "contact"};
    draft.source = Source{message.provider, message.record, request.principal.token};
    draft.channel = "sms";
    draft.to = message.to;
    draft.data = std::move(planned.data);
    attach_message(message, now, draft);
    return draft;
}

}  // namespace

Result<Intake::Place> Intake::place_message(InboundRequest const& request, consent::InboundPlan const& plan) {
    consent::InboundMessage const& message = request.message;
    ContactKey const& secret = batch_->contact_key();
    Place place;
    place.key = message.provider + "\n" + message.message_id;
    place.digest = secret.message_id(request.account, message.provider, message.message_id);
    place.body = secret.request_body(message.canonical);
    CL_TRY_ASSIGN(auto const row, batch_->message(place.digest));
    place.in_window = row.has_value();
    auto first = known(secret.request_key(request.account, "inbound", place.key, 0), place.body);
    if (!first && !is_refusal(first.error().code)) return first.error();
    bool const replayed = first && first->has_value();
    bool const conflict = !first || (!replayed && row && row->body != place.body);
    if (conflict) {
        if (!may_protect(plan.cls)) {
            return fail(errc::idempotency_conflict, "this message_id was used before with another message");
        }
        // Another message under a known id, and it asks to be left alone: it acts, under a key of its own.
        place.rescued = true;
        place.key += "\n" + to_hex(place.body);
        first = known(secret.request_key(request.account, "inbound", place.key, 0), place.body);
        if (!first) return first.error();
    }
    place.repeated = first->has_value() || (place.in_window && !conflict);
    for (std::int64_t index = 0; place.repeated && index < most_entries; ++index) {
        auto const entry = known(secret.request_key(request.account, "inbound", place.key, index), place.body);
        if (!entry && !is_refusal(entry.error().code)) return entry.error();
        if (entry && *entry) place.entries.push_back(**entry);
    }
    return place;
}

Result<Intake::Message> Intake::replay(Message message, Place const& place) const {
    for (Taken const& taken : place.entries) message.entries.push_back(Message::One{taken, std::nullopt});
    return message;
}

Result<Intake::Message> Intake::act(InboundRequest const& request, consent::InboundPlan&& plan, Message message,
                                    Place const& place, Hash32 const& contact, Millis now) {
    for (std::size_t i = 0; i < plan.entries.size(); ++i) {
        Draft draft = draft_of(request, std::move(plan.entries[i]), contact, now);
        Hash32 const key =
            batch_->contact_key().request_key(request.account, "inbound", place.key, static_cast<std::int64_t>(i));
        draft.request = Draft::Request{key, place.body};
        CL_TRY(keep_trace(draft, request.traceparent));
        auto seq = batch_->add(std::move(draft));
        if (!seq && !is_refusal(seq.error().code)) return seq.error();
        Message::One one;
        if (seq) one.taken = Taken{ItemStatus::recorded, *seq};
        if (!seq) one.refused = seq.error();
        message.entries.push_back(std::move(one));
    }
    if (!place.in_window) batch_->add_message(log::MessageId{place.digest, place.body, now});
    return message;
}

Result<Intake::Message> Intake::inbound(InboundRequest& request) {
    if (!consent::may_post(request.principal.role, consent::Kind::opt_out_stop)) {
        return fail(errc::forbidden, "the token's role may not post messages");
    }
    auto const account = batch_->pending().account(request.account);
    if (!account) return fail(errc::not_found, "no such account");
    CL_TRY_ASSIGN(Millis const now, batch_->now());
    Hash32 const contact = batch_->contact_key().contact(request.account, request.message.from);
    CL_TRY_ASSIGN(auto const seen, batch_->pending().contact(request.account, contact));
    consent::ContactState const unseen;
    Millis const key = std::min(request.message.received_at.value_or(now), now);
    consent::Pack const& pack = pack_of(account.get());
    consent::apply_screens(request.message, pack);
    auto plan = consent::plan_inbound(request.message, key, pack, *account, seen ? *seen : unseen);
    CL_TRY_ASSIGN(Place const place, place_message(request, plan));
    Message message{plan.cls, {}, std::move(plan.reply_text), plan.reply_seq};
    if (place.repeated) return replay(std::move(message), place);
    if (place.rescued) drop_opt_ins(plan);
    return act(request, std::move(plan), std::move(message), place, contact, now);
}

}  // namespace cl::service
