// May this number be texted? The answer of `POST check` as a pure function of what is on record (docs/http-api.md "May I text these numbers?";
// T14, T15). Nothing known, nothing allowed.
//
// Threads: plain values and pure functions, any thread.
#pragma once

#include "ledger/consent/state.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cl::consent {

enum class MessageType : std::uint8_t {
    one_to_one,    ///< an agent's message to one contact: allowed after an OPTOUT (S21)
    campaign,      ///< to a list, or to all: needs more than a conversation
    confirmation,  ///< the one text that confirms an opt-out, 47 CFR 64.1200(a)(12)
};
[[nodiscard]] std::optional<MessageType> message_type_from(std::string_view text) noexcept;

/// The closed list of docs/http-api.md "May I text these numbers?".
enum class CheckReason : std::uint8_t {
    ok,
    unknown_number,
    opted_out,
    blocked,
    level_too_low,
    not_a_member,
    list_optout_pending,
    review_open,
    consent_disputed,
    consent_expired,
    erased,
};
[[nodiscard]] std::string_view name(CheckReason reason) noexcept;

struct CheckMessage {
    MessageType type = MessageType::one_to_one;
    std::string list;  ///< for a campaign: the list it goes to; empty = to contacts as such
};

struct CheckAnswer {
    CheckReason reason = CheckReason::unknown_number;
    std::optional<Seq> seq;       ///< the entry that decided it
    std::optional<Millis> since;  ///< when that came about, where it is on record
    [[nodiscard]] bool allowed() const noexcept { return reason == CheckReason::ok; }
    friend bool operator==(CheckAnswer const&, CheckAnswer const&) = default;
};

/// The first reason against the message, the gravest first; `ok` if there is none. `contact` is null for a number that nobody has heard of.
/// By `now`, consent may have expired by the pack; a confirmation is allowed for the pack's window after the contact's own opt-out.
[[nodiscard]] CheckAnswer check(CheckMessage const& message, Pack const& pack, AccountState const& account,
                                ContactState const* contact, Millis now);

/// The level that a campaign to the list needs: what its definition says, else informational, since a conversation is no consent to a campaign
/// (CTIA Messaging Principles; CL-052).
[[nodiscard]] Level level_required(AccountState const& account, std::string_view list) noexcept;

/// The level that the contact holds for a campaign to `list` at `now`: consent that names it, or names no list and so counts for every one
/// (docs/behaviour.md "Order and precedence"), and that the pack has not let expire. An empty `list`: for contacts as such.
[[nodiscard]] Level level_for(ContactState const& contact, std::string_view list, Pack const& pack, Millis now) noexcept;

}  // namespace cl::consent
