// Ledgers for tests: entries as the service would write them (state from consent::apply, chained, counted), equal to the byte from run
// to run, and what the log keeps beside them. No code of the write path is used, so that the verifier is tested against the format.
//
// Threads: any; each object belongs to one.
#pragma once

#include "ledger/consent/state.hpp"
#include "ledger/core/entry.hpp"
#include "ledger/core/keys.hpp"
#include "ledger/core/merkle.hpp"
#include "ledger/core/note.hpp"
#include "ledger/core/sha256.hpp"
#include "tests/support/must.hpp"

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cl::test {

inline constexpr std::string_view origin = "ledger.example/consent";
inline constexpr Millis start_time = 1'795'000'000'000;  // 2026-11-18

/// A key from one byte: 1 is the ledger's, others are attackers'.
inline std::shared_ptr<Signer const> make_signer(std::uint8_t seed = 1) {
    std::array<std::uint8_t, 32> bytes{};
    bytes.fill(seed);
    return std::make_shared<Ed25519Signer>(SecretBytes(bytes));
}

inline std::string vkey_of(Signer const& signer, std::string_view name = origin) {
    return to_vkey(must(note::make_key(name, signer.public_key())));
}

/// A pseudonym from a name.
inline Hash32 contact_named(std::string_view name) {
    return sha256({"contact:", name});
}

/// Makes one entry after the other and keeps nothing but the states.
class EntryMaker {
public:
    explicit EntryMaker(std::uint8_t seed = 1) : key_(vkey_of(*make_signer(seed))) {}

    /// The draft with everything filled in that the service fills in. `recorded_at` moves on by a second unless the draft sets it.
    Entry complete(Entry draft) {
        auto const kind = consent::kind_from(draft.kind);
        draft.seq = next_;
        draft.prev = prev_;
        time_ = draft.recorded_at != 0 ? draft.recorded_at : time_ + 1000;
        draft.recorded_at = time_;
        consent::AccountState& account = accounts_[draft.account];
        if (!draft.account.empty()) draft.account_seq = ++account_counts_[draft.account];
        consent::ContactState* contact = nullptr;
        if (draft.contact) {
            contact = &contacts_[{draft.account, *draft.contact}];
            auto& [count, last] = contact_counts_[{draft.account, *draft.contact}];
            if (count > 0) draft.contact_prev = last;
            draft.contact_seq = ++count;
            last = next_;
        }
        consent::Pack const* const in_force = consent::pack_in_force(account.policies);
        consent::Pack const& pack = in_force != nullptr ? *in_force : consent::texting_pack();
        if (!draft.policy) draft.policy = PolicyRef{std::string(pack.name), pack.rules};
        if (kind) {
            auto const outcome = consent::apply(draft, *kind, pack, account, contact);
            if (!draft.state) draft.state = outcome.state;
        }
        return draft;
    }

    /// Complete, encode, chain.
    std::string append(Entry const& draft) {
        std::string bytes = must(encode(complete(draft)));
        prev_ = leaf_hash(bytes);
        ++next_;
        return bytes;
    }

    Entry created() const {
        Entry entry;
        entry.kind = "ledger.created";
        entry.data = {{"origin", origin}, {"key", key_}, {"format", 1}, {"contact_key_check", to_hex(sha256("check"))}};
        return entry;
    }

    [[nodiscard]] Seq next() const { return next_; }
    /// recorded_at of the last entry.
    [[nodiscard]] Millis now() const { return time_; }
    [[nodiscard]] Hash32 const& last_leaf() const { return prev_; }

private:
    using ContactId = std::pair<std::string, Hash32>;
    std::string key_;
    Seq next_ = 0;
    Hash32 prev_;
    Millis time_ = start_time;
    std::map<std::string, consent::AccountState> accounts_;
    std::map<std::string, std::int64_t> account_counts_;
    std::map<ContactId, consent::ContactState> contacts_;
    std::map<ContactId, std::pair<std::int64_t, Seq>> contact_counts_;
};

/// A draft about the account `demo`.
inline Entry account_draft(std::string_view kind, json::Object data, std::string_view account = "demo") {
    Entry entry;
    entry.kind = kind;
    entry.account = account;
    entry.data = std::move(data);
    entry.actor = Actor{"api", "admin"};
    return entry;
}

/// A draft about a contact, by agent-7.
inline Entry contact_draft(std::string_view kind, std::string_view contact, json::Object data = {},
                           std::string_view account = "demo") {
    Entry entry = account_draft(kind, std::move(data), account);
    entry.contact = contact_named(contact);
    entry.actor = Actor{"agent", "agent-7"};
    entry.source = Source{"crm", "", "t_1"};
    entry.channel = "sms";
    return entry;
}

/// What a customer's own message leaves as evidence.
inline Evidence inbound_evidence(Millis at) {
    Evidence item;
    item.kind = "inbound_sms";
    item.occurred_at = at;
    item.digest = sha256("message");
    item.fields = {"body", "from", "message_id", "received_at", "to"};
    item.verified = true;
    return item;
}

/// A call in which the customer agreed, with all that CL-003 asks for.
inline Evidence call_evidence(Millis at) {
    Evidence item;
    item.kind = "verbal_call";
    item.occurred_at = at;
    item.digest = sha256("call");
    item.fields = {"agent", "call", "occurred_at", "recording", "words"};
    return item;
}

/// A ledger in memory, with everything that is stored beside the entries.
class Ledger {
public:
    explicit Ledger(std::uint8_t seed = 1) : maker_(seed), signer_(make_signer(seed)) { add(maker_.created()); }

    Seq add(Entry const& draft) {
        lines.push_back(maker_.append(draft));
        return static_cast<Seq>(lines.size()) - 1;
    }
    /// Bytes of any sort in the next place; the maker knows nothing of them.
    void add_raw(std::string bytes) { lines.push_back(std::move(bytes)); }

    [[nodiscard]] merkle::Size size() const { return static_cast<merkle::Size>(lines.size()); }
    [[nodiscard]] Signer const& signer() const { return *signer_; }
    [[nodiscard]] EntryMaker const& maker() const { return maker_; }

    [[nodiscard]] Checkpoint checkpoint_at(merkle::Size size) const {
        merkle::Frontier frontier;
        for (merkle::Size i = 0; i < size; ++i) frontier.append(leaf_hash(lines[static_cast<std::size_t>(i)]));
        return Checkpoint{std::string(origin), size, frontier.root()};
    }
    [[nodiscard]] std::string note_at(merkle::Size size) const { return sign_checkpoint(checkpoint_at(size), *signer_); }
    [[nodiscard]] std::string note() const { return note_at(size()); }

    /// Gives every entry from `from` on the prev that the entry before it asks for: what somebody without the key can do.
    void rechain(Seq from) {
        for (auto i = static_cast<std::size_t>(from); i < lines.size(); ++i) {
            Entry entry = must(decode(lines[i]));
            if (i > 0) entry.prev = leaf_hash(lines[i - 1]);
            lines[i] = must(encode(entry));
        }
    }
    /// Decodes, changes, encodes one entry.
    template <class Change>
    void edit(Seq seq, Change change) {
        Entry entry = must(decode(lines[static_cast<std::size_t>(seq)]));
        change(entry);
        lines[static_cast<std::size_t>(seq)] = must(encode(entry));
    }

    std::vector<std::string> lines;

private:
    EntryMaker maker_;
    std::shared_ptr<Signer const> signer_;
};

/// The account `demo` and a few contacts who behave well: no finding of medium severity or above.
inline Ledger small_ledger() {
    Ledger ledger;
    ledger.add(account_draft("account.defined", {}));
    ledger.add(account_draft("actor.defined", {{"actor", "agent-7"}}));
    for (char const* name : {"ann", "bob", "cyd"}) {
        Entry added = contact_draft("contact.added", name, {{"origin", "inbound"}});
        added.evidence = {inbound_evidence(start_time)};
        ledger.add(added);
        Entry consented = contact_draft("opt_in.consent", name, {{"method", "call"}});
        consented.evidence = {call_evidence(start_time)};
        ledger.add(consented);
    }
    Entry stop = contact_draft("opt_out.stop", "bob", {{"keyword", "stop"}, {"match", "whole"}, {"language", "en"}});
    stop.actor = Actor{"contact", "contact"};
    ledger.add(stop);
    return ledger;
}

/// At least `entries` entries of many contacts, so that there are full tiles.
inline Ledger large_ledger(merkle::Size entries) {
    Ledger ledger = small_ledger();
    for (int i = 0; ledger.size() < entries; ++i) {
        Entry stop = contact_draft("opt_out.stop", "contact-" + std::to_string(i % 97),
                                   {{"keyword", "stop"}, {"match", "whole"}, {"language", "en"}});
        stop.actor = Actor{"contact", "contact"};
        ledger.add(stop);
    }
    return ledger;
}

}  // namespace cl::test
