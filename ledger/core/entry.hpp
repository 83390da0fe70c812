// One entry of the ledger, format version 1 (docs/format.md "Entry"): the typed form, its one byte form, and back.
// The stored bytes are the record; this type is how the program reads them.
//
// Threads: plain values, any thread.
#pragma once

#include "ledger/core/clock.hpp"
#include "ledger/core/error.hpp"
#include "ledger/core/hash32.hpp"
#include "ledger/core/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cl {

/// Position in the log, from 0.
using Seq = std::int64_t;

/// What a contact has agreed to, in rising order (CTIA's consent levels). Compared with <.
enum class Level : std::uint8_t { none, conversational, informational, promotional };
[[nodiscard]] std::string_view name(Level level) noexcept;
[[nodiscard]] std::optional<Level> level_from(std::string_view text) noexcept;

struct Actor {
    std::string kind;  ///< contact, agent, system, api, import
    std::string id;
    friend bool operator==(Actor const&, Actor const&) = default;
};

struct Source {
    std::string platform;  ///< as claimed; empty = absent
    std::string record;    ///< as claimed; empty = absent
    std::string token;     ///< the token that really posted, set by the server
    friend bool operator==(Source const&, Source const&) = default;
};

struct Scope {
    std::string purpose;             ///< empty = absent
    std::vector<std::string> lists;  ///< empty = absent
    std::string seller;              ///< empty = absent
    friend bool operator==(Scope const&, Scope const&) = default;
};

/// What the entry keeps of one item of evidence: enough to judge CL-001 and CL-003 without the vault.
struct Evidence {
    std::string kind;                   ///< docs/policy-packs.md "Evidence"
    std::optional<Millis> occurred_at;  ///< when the evidence was made
    Hash32 digest;  ///< commitment to the JCS of the item as posted (docs/format.md "Commitments, pseudonyms, request tags")
    std::vector<std::string> fields;  ///< names present, sorted
    std::optional<Scope> scope;
    std::optional<Seq> for_seq;    ///< `for`: the entry it supports, if not this one
    std::optional<bool> verified;  ///< a provider's signature was checked by this server
    std::string held_by;           ///< the platform that keeps the file; empty = absent
    friend bool operator==(Evidence const&, Evidence const&) = default;
};

struct ListChange {
    std::string id;
    bool member = false;
    friend bool operator==(ListChange const&, ListChange const&) = default;
};

/// The contact's status after the entry.
struct StateAfter {
    bool opted_in = false;
    bool blocked = false;
    Level level = Level::none;
    std::optional<ListChange> list;
    friend bool operator==(StateAfter const&, StateAfter const&) = default;
};

struct PolicyRef {
    std::string pack;
    std::int64_t rules = 0;
    friend bool operator==(PolicyRef const&, PolicyRef const&) = default;
};

/// Keyed digests (hex) by which a retry is recognised, and another body under the same key told apart.
struct RequestTag {
    std::string key;
    std::string body;
    friend bool operator==(RequestTag const&, RequestTag const&) = default;
};

struct Entry {
    Seq seq = 0;
    Hash32 prev;
    Millis recorded_at = 0;
    std::optional<Millis> occurred_at;
    std::string account;                      ///< empty = absent (ledger kinds)
    std::optional<std::int64_t> account_seq;  ///< 1-based
    std::optional<Hash32> contact;            ///< pseudonym
    std::optional<std::int64_t> contact_seq;  ///< 1-based
    std::optional<Seq> contact_prev;          ///< absent on the contact's first entry
    std::string kind;   ///< docs/behaviour.md "What each kind does"; an unknown one decodes, its rules are not evaluated
    json::Object data;  ///< always written, possibly empty
    std::optional<Actor> actor;
    std::optional<Source> source;
    std::string channel;             ///< empty = absent
    std::string to;                  ///< the account's own number; empty = absent
    std::vector<Evidence> evidence;  ///< empty = absent
    std::optional<StateAfter> state;
    std::optional<PolicyRef> policy;
    std::optional<RequestTag> request;
    friend bool operator==(Entry const&, Entry const&) = default;
};

/// The entry's bytes: RFC 8785, no line end. errc::too_large above limits::entry_bytes.
[[nodiscard]] Result<std::string> encode(Entry const& entry);

/// Accepts exactly what encode writes: errc::entry_malformed, errc::entry_version for `v` other than 1,
/// errc::entry_not_canonical if encode(decode(x)) would differ from x.
[[nodiscard]] Result<Entry> decode(std::string_view bytes);

/// What the chain needs, read from any version's entry (an unknown `v` still has its place checked).
struct Envelope {
    std::int64_t version = 0;
    Seq seq = 0;
    Hash32 prev;
};
[[nodiscard]] Result<Envelope> decode_envelope(std::string_view bytes);

/// RFC 6962 2.1: SHA-256(0x00 || bytes).
[[nodiscard]] Hash32 leaf_hash(std::string_view entry_bytes);

}  // namespace cl
