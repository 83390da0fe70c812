// What an inbound message leads to (docs/behaviour.md "Which entries a request makes"): its class, the entries it makes, the reply. Pure.
//
// Threads: plain values and pure functions, any thread.
#pragma once

#include "ledger/consent/change_item.hpp"
#include "ledger/consent/classifier.hpp"
#include "ledger/consent/state.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cl::consent {

/// `POST …/inbound` (docs/http-api.md "An inbound message").
struct InboundMessage {
    std::string from;      ///< E.164, or as sent if `ignored`
    bool ignored = false;  ///< a short code or alphanumeric sender: 202, counted, nothing recorded
    std::string to;        ///< empty where it is no number and no id, or the sender's own number
    std::string body;
    std::string message_id;  ///< what a repetition is recognised by, any text; never in clear where it differs from `record`
    std::string record;      ///< source.record of its entries: message_id, or `withheld` if it is no id or carries the number
    std::optional<Millis> received_at;
    std::string provider;  ///< empty = none named, or none that is an id
    std::string in_reply_to;
    bool verified = false;       ///< the provider's signature was checked by this server; never posted
    bool provider_stop = false;  ///< the provider has opted the sender out by itself, whatever the words; never posted
    bool withheld =
        false;  ///< something posted is not in the entries, or only in part in the opening: they say `text_withheld`
    std::string canonical;               ///< JCS of the message as posted: what request.body digests
    std::string kept;                    ///< the opening of its inbound_sms evidence: `canonical`, cut where that is too long
    std::string kept_without_body;       ///< the same without the body, where a screen sees something in it
    ScreenResult seen;                   ///< what the screens see in the body
    std::vector<std::string> suspected;  ///< what the entries name of it: apply_screens
    std::vector<std::string> fields;     ///< names present, sorted: the evidence's `fields`
};
/// Refuses (errc::invalid with the pointer) only what is no such object: unknown or absent members, no strings, no time; a sender that
/// may be a person and is no E.164 number; a message_id that is empty or longer than limits::message_id_bytes. Everything else is
/// taken, without what cannot stand in an entry, since it may be an opt-out (docs/http-api.md "What refuses an inbound message").
[[nodiscard]] Result<InboundMessage> parse_inbound(json::Value const& posted);

/// The class in the answer: trigger is an account's own custom trigger.
enum class InboundClass : std::uint8_t { stop, help, optout, trigger, review, start, other };
[[nodiscard]] std::string_view name(InboundClass cls) noexcept;

/// One entry to be made, in order; evidence and source are the message's own and the same for all.
struct PlannedEntry {
    Kind kind{};
    json::Object data;
};

struct InboundPlan {
    InboundClass cls = InboundClass::other;
    std::vector<PlannedEntry> entries;  ///< none for a message without effect
    std::string reply_text;             ///< a built-in reply; empty = none
    Seq reply_seq = -1;                 ///< or the trigger.defined entry whose `/data/reply` opening is the reply
};

/// `key` is the message's order key: min(received_at, now). Reads both states, changes none.
[[nodiscard]] InboundPlan plan_inbound(InboundMessage const& message, Millis key, Pack const& pack, AccountState const& account,
                                       ContactState const& contact);

}  // namespace cl::consent
