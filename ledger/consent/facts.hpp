// Private: what an entry says, in the terms that the transitions and the rules share, so that both judge by the same reading.
//
// Threads: pure functions, any thread.
#pragma once

#include "ledger/consent/state.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cl::consent {

/// "The change" of CL-001: when the source says it happened.
[[nodiscard]] Millis change_time(Entry const& entry) noexcept;
/// Evidence dated later than this cannot have been there when the entry was made.
[[nodiscard]] Millis latest_time(Entry const& entry) noexcept;
/// Order key of the message behind an opt_in.inbound or a trigger: never later than its evidence.
[[nodiscard]] Millis message_key(Entry const& entry) noexcept;

/// The entry's own dated evidence: not dated after the entry, and not given `for` another one.
[[nodiscard]] std::vector<Evidence const*> own_evidence(Entry const& entry);
/// Of these, what is more than an agent's own word.
[[nodiscard]] std::vector<Evidence const*> own_consent(Entry const& entry);
/// An opt-in that somebody claims (opt_in.*), and one that is made by hand: by an agent, or posted with a form or a call.
[[nodiscard]] bool is_explicit_opt_in(Kind kind) noexcept;
[[nodiscard]] bool is_opt_in_by_hand(Kind kind) noexcept;
/// The lists that an item names, else those that the entry's data names.
[[nodiscard]] std::vector<std::string> lists_of(Evidence const& item, json::Object const& data);

/// The newest act that somebody may have to account for: an opt-out, or consent that is held. Retention counts from it (CL-062).
[[nodiscard]] std::optional<Millis> newest_act(ContactState const& contact) noexcept;
/// Evidence must be later than this to count: the last revocation, or an expiry. Nothing: all counts.
[[nodiscard]] std::optional<Millis> evidence_floor(ContactState const& contact) noexcept;
/// Whether an entry about somebody erased is that person's own act since: a message, a form, a call, dated later than the erasure. What
/// others say of them, and a list that is imported once more, is none.
[[nodiscard]] bool is_own_act(Entry const& entry, ContactState const& contact);
/// True if `time` is later than a mark, or there is none.
[[nodiscard]] bool later_than(Millis time, std::optional<Millis> floor) noexcept;
[[nodiscard]] bool later_than(Millis time, std::optional<Mark> const& mark) noexcept;

/// Blocked when the entry arrived, or by the order key between the last block and its unblock.
[[nodiscard]] bool blocked_at(ContactState const& contact, Millis key) noexcept;
/// Whether a message of this class counts as the new message that opts back in (S2; docs/behaviour.md "Order and precedence").
[[nodiscard]] bool is_new_message(std::string_view cls, Pack const& pack) noexcept;
/// Whether an opt-in (contact.added, opt_in.*) opts this contact in, or keeps it in (I1, I2, I5; docs/behaviour.md).
[[nodiscard]] bool opt_in_takes_effect(Entry const& entry, Kind kind, Pack const& pack, ContactState const& contact);
/// Consent stronger than a text message or an attestation is on record since the last revocation and not later than `time`; for anything
/// at all, or without naming a list and so for every list.
[[nodiscard]] bool has_standing_consent(ContactState const& contact, Millis time) noexcept;
[[nodiscard]] bool has_general_consent(ContactState const& contact, Millis time) noexcept;

/// Which trigger a trigger.fired speaks of: as the account defined it, else the source document's HELP and OPTOUT (S17, S18).
struct FiredTrigger {
    std::string_view cls;   ///< help, optout, custom
    std::string_view list;  ///< empty = none to be found
};
[[nodiscard]] FiredTrigger fired_trigger(json::Object const& data, AccountState const& account) noexcept;

/// Whether `id` is the "Opt Out" list of `list` (S20).
[[nodiscard]] bool is_opt_out_list_of(AccountState const& account, std::string_view id, std::string_view list) noexcept;

/// `data.claimed.opted_in`: what the platform showed after the act.
[[nodiscard]] std::optional<bool> claimed_opted_in(json::Object const& data) noexcept;
[[nodiscard]] std::optional<bool> claimed_blocked(json::Object const& data) noexcept;

}  // namespace cl::consent
