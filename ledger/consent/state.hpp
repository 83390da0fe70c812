// The state machine: what an entry does to its account and its contact (docs/behaviour.md: S1-S22, T1-T16, I1-I7), and which findings
// it raises or cures. Pure: the same code decides on append and replays in the verifier.
//
// Threads: plain values and pure functions, any thread.
#pragma once

#include "ledger/consent/kinds.hpp"
#include "ledger/consent/pack.hpp"
#include "ledger/consent/pack_policy.hpp"
#include "ledger/consent/rules.hpp"
#include "ledger/core/entry.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cl::consent {

/// A revocation, block, unblock or opt-in that later entries are compared with. `key` is its order key.
struct Mark {
    Seq seq = 0;
    Millis key = 0;
    friend bool operator==(Mark const&, Mark const&) = default;
};

/// When each level was last supported: min(order key of the entry, time of its evidence). A revocation at k leaves only what is later
/// than k, so that the level comes out the same in whatever order the entries arrive.
struct LevelTimes {
    std::optional<Millis> conversational;
    std::optional<Millis> informational;
    std::optional<Millis> promotional;
    friend bool operator==(LevelTimes const&, LevelTimes const&) = default;
};

struct Membership {
    bool member = false;
    Level level = Level::none;
    Seq seq = 0;                       ///< last change of membership
    std::optional<Mark> opted_out;     ///< last OPTOUT or list-level request for this list
    std::optional<Millis> consent_at;  ///< newest evidence, other than an attestation, that names this list
    std::optional<Millis> added_at;    ///< order key of the last addition
    std::optional<Millis> removed_at;  ///< order key of the last removal: an addition that is not later has no effect
    std::optional<Millis> floor;       ///< evidence that is not later than this never counts for the list (request, expiry)
    LevelTimes held;                   ///< what evidence supports for this list
    friend bool operator==(Membership const&, Membership const&) = default;
};

/// True if the contact asked to be taken off the list and no newer consent names it.
[[nodiscard]] bool list_opt_out_stands(Membership const& list) noexcept;

/// Something that somebody must still do.
struct Obligation {
    std::string kind;  ///< `remove_from_list`, `review`
    Seq seq = 0;       ///< the entry that opened it
    std::string list;  ///< for remove_from_list
    Millis opened_at = 0;
    Millis due_at = 0;      ///< by the pack's calendar
    std::string assignee;   ///< empty = nobody
    bool reported = false;  ///< a finding says that it is overdue
    friend bool operator==(Obligation const&, Obligation const&) = default;
};

/// All that is known of one contact of one account; small, since the verifier holds one for every distinct contact.
struct ContactState {
    bool opted_in = false;
    bool blocked = false;
    bool erased = false;
    Level level = Level::none;
    std::int64_t contact_seq = 0;  ///< entries so far; 0 = unknown contact
    Seq last_seq = -1;             ///< contact_prev of the next entry
    Seq first_seq = -1;
    Seq opened_seq = -1;          ///< the first entry that no erasure has reached: the vault may have openings from it on
    Seq since_seq = -1;           ///< the entry that last changed opted_in or blocked
    std::optional<Mark> revoked;  ///< last STOP, opt_out.*, reassignment, erasure (not a block)
    std::optional<Mark> customer_revoked;  ///< last revocation that the contact made (STOP, request): CL-002
    std::optional<Mark> reassigned;        ///< last number.reassigned: CL-061
    std::optional<Mark> blocked_mark;
    std::optional<Mark> unblocked_mark;
    std::optional<Mark> backed_opt_in;  ///< newest opt-in backed by evidence other than inbound_sms and agent_attestation
    std::optional<Millis> backed_evidence_at;
    std::optional<Millis> floor;          ///< evidence that is not later than this never counts (expiry)
    std::optional<Millis> lists_cleared;  ///< last STOP that ended all memberships: an addition that is not later has no effect
    LevelTimes held;                      ///< what evidence that names no list supports; `level` is none while not opted in
    std::map<std::string, Membership, std::less<>> lists;
    std::vector<Finding> open;            ///< open findings that can be cured, oldest first, at most limits::contact_open_items
    std::int64_t left_out = 0;            ///< findings that could be cured, for which `open` had no room any more
    std::vector<Mark> unproven;           ///< the entries that `open` speaks of, with their order keys
    std::vector<Obligation> obligations;  ///< open ones
    std::string last_platform;            ///< source.platform and occurred_at of the newest entry that has both: CL-072
    std::optional<Millis> last_occurred;
    friend bool operator==(ContactState const&, ContactState const&) = default;
};

struct ListDef {
    std::string purpose;
    Level level_required = Level::none;
    std::string opt_out_of;  ///< the list whose "Opt Out" list this is (S20)
    Seq seq = 0;
    friend bool operator==(ListDef const&, ListDef const&) = default;
};

struct TriggerDef {
    std::vector<std::string> words;  ///< folded (classifier.hpp)
    bool included = false;           ///< match: included in the message, else the whole of it
    std::string cls;                 ///< help, optout, custom
    std::string list;
    Seq seq = 0;  ///< its reply's opening is in the vault under (seq, `/data/reply`)
    bool has_reply = false;
    friend bool operator==(TriggerDef const&, TriggerDef const&) = default;
};

/// Opt-ins by one person in a short time (CL-077).
struct Burst {
    Millis since = 0;  ///< recorded_at of the first
    std::int64_t count = 0;
    friend bool operator==(Burst const&, Burst const&) = default;
};

/// What finding.waived says of one finding. The last one said counts.
struct Waiver {
    Seq by = 0;        ///< the finding.waived entry
    Millis until = 0;  ///< in force before that
    friend bool operator==(Waiver const&, Waiver const&) = default;
};

/// All that is known of one account.
struct AccountState {
    std::int64_t account_seq = 0;  ///< entries so far; 0 = unknown account
    Seq last_seq = -1;
    bool enforce = false;
    Policies policies;                               ///< the packs activated; none = the default
    std::map<std::string, Seq, std::less<>> actors;  ///< roster (CL-006): id -> actor.defined
    std::map<std::string, ListDef, std::less<>> lists;
    std::map<std::string, TriggerDef, std::less<>> triggers;
    std::map<std::string, Mark, std::less<>> disclosures;  ///< id -> its last definition
    std::map<std::string, Seq, std::less<>> holds;         ///< matter -> hold.placed, account-wide ones
    std::map<std::string, Burst, std::less<>> bursts;      ///< by actor, at most limits::account_bursts
    /// By (seq, rule) of the finding, at most limits::account_waivers: to make room, what has expired goes first.
    std::map<std::pair<Seq, std::string>, Waiver> waivers;
    friend bool operator==(AccountState const&, AccountState const&) = default;
};

/// What one entry did.
struct Outcome {
    std::optional<StateAfter> state;  ///< for contact kinds: what the entry's `state` must be
    std::vector<Finding> raised;
    std::vector<Closed> closed;
};

/// The waiver of a finding that is in force at `at` and was made by `last` at the latest; null if there is none.
[[nodiscard]] Waiver const* waiver_of(AccountState const& account, Finding const& finding, Millis at, Seq last) noexcept;

/// False if one more waiver would find no room at `now`, what has expired by then left out.
[[nodiscard]] bool has_room_for_waiver(AccountState const& account, Finding const& finding, Millis now) noexcept;

/// docs/behaviour.md "Order and precedence": min(occurred_at, recorded_at); without a message time, recorded_at.
[[nodiscard]] Millis order_key(Entry const& entry) noexcept;

/// Applies an entry whose `seq`, `recorded_at`, `kind`, `data`, `actor`, `evidence` … are set (its `state` is not read) to the
/// states before it, which become the states after it. `contact` is null for entries without a contact. Never fails: a fact that
/// breaks a rule is recorded and flagged, and the effective state obeys the invariants all the same.
/// Precondition: `kind` is known and check_stored_data accepts `data`.
[[nodiscard]] Outcome apply(Entry const& entry, Kind kind, Pack const& pack, AccountState& account, ContactState* contact);

/// Under `enforce` (docs/behaviour.md "What each kind does"): the sentence that refuses this outcome with 409, or nothing. Never refuses a
/// protective kind.
[[nodiscard]] std::optional<std::string> refusal(Kind kind, AccountState const& account, Outcome const& outcome);

/// Text forms for projections (not part of any promised format; the rules' revision guards them).
[[nodiscard]] std::string to_text(ContactState const& state);
[[nodiscard]] Result<ContactState> contact_from_text(std::string_view text);
[[nodiscard]] std::string to_text(AccountState const& state);
[[nodiscard]] Result<AccountState> account_from_text(std::string_view text);

}  // namespace cl::consent
