// A ledger whose commitments can be opened, and whose contacts have numbers: what bundles of tests are made of.
//
// Threads: any; each object belongs to one.
#pragma once

#include "tests/support/ledger_builder.hpp"

#include <set>

namespace cl::test {

inline constexpr std::string_view bundle_account = "demo";

struct BundleFile {
    std::string name;
    std::string content;
};

struct BundleAsked {
    std::string kind = "contact";
    std::optional<Hash32> contact;
    std::string list;
    std::optional<Millis> since;
    std::optional<Millis> until;
    bool redacted = false;
    bool padded = false;                     ///< of a list, with those as well who were only taken off it
    std::string name = std::string(origin);  ///< of the ledger, in the end
    std::uint8_t signed_by = 0;              ///< the seed of the key that signs the checkpoint; 0: the ledger's own
    std::vector<merkle::Size> earlier;
};

/// What stands behind the commitments and the pseudonyms.
struct Vault {
    struct Opening {
        Hash32 salt;
        std::string content;
    };
    std::map<std::pair<Seq, std::string>, Opening> openings;
    std::map<Hash32, std::pair<Hash32, std::string>> numbers;  ///< salt, phone
    std::set<std::pair<Seq, std::string>> erased;
    std::set<Hash32> erased_numbers;
};

/// A ledger whose commitments can be opened.
struct Story {
    Ledger ledger;
    Vault vault;

    /// The pseudonym of a number, which the vault keeps.
    Hash32 contact(std::string const& phone) {
        Hash32 const salt = sha256({"salt of ", phone});
        Hash32 const id = contact_id(salt, bundle_account, phone);
        vault.numbers[id] = {salt, phone};
        return id;
    }
    /// A commitment that the next entry will hold at `pointer`.
    Hash32 commit(std::string const& pointer, std::string const& content) {
        Hash32 const salt = sha256({"salt", pointer, content, std::to_string(ledger.size())});
        vault.openings[{ledger.size(), pointer}] = {salt, content};
        return content_commitment(salt, content);
    }
    json::Value text(std::string const& pointer, std::string const& content) {
        return json::Object{{"commit", to_hex(commit(pointer, content))}};
    }
    Entry draft(std::string_view kind, Hash32 const& contact, json::Object data = {}) {
        Entry entry = contact_draft(kind, "", std::move(data), bundle_account);
        entry.contact = contact;
        return entry;
    }
    Evidence message(std::string const& words) {
        Evidence item = inbound_evidence(ledger.maker().now());
        item.digest = commit("/evidence/0", words);
        return item;
    }
    void stop(Hash32 const& who) {
        Entry entry = draft("opt_out.stop", who, {{"keyword", "stop"}, {"match", "whole"}, {"language", "en"}});
        entry.actor = Actor{"contact", "contact"};
        entry.evidence = {message("{\"body\":\"STOP\"}")};
        ledger.add(entry);
    }
    void join(Hash32 const& who) {
        Entry added = draft("contact.added", who, {{"origin", "inbound"}});
        added.evidence = {message("{\"body\":\"hello\"}")};
        ledger.add(added);
        Entry consented = draft("opt_in.consent", who, {{"method", "call"}});
        Evidence call = call_evidence(ledger.maker().now());
        call.digest = commit("/evidence/0", "{\"words\":\"yes\"}");
        consented.evidence = {call};
        ledger.add(consented);
    }
};

/// Ann and Bob, the list promo with Ann on it, Bob's STOP; then Cyd, who was erased.
inline Story small_story() {
    Story story;
    story.ledger.add(account_draft("account.defined", {}));
    story.ledger.add(account_draft("actor.defined", {{"actor", "agent-7"}, {"name", story.text("/data/name", "Agent Seven")}}));
    story.ledger.add(account_draft("list.defined", {{"list", "promo"}}));
    Hash32 const ann = story.contact("+15550100001");
    Hash32 const bob = story.contact("+15550100002");
    Hash32 const cyd = story.contact("+15550100003");
    story.join(ann);
    story.join(bob);
    story.ledger.add(story.draft("list.added", ann, {{"list", "promo"}}));
    story.stop(bob);
    story.ledger.add(story.draft("opt_out.agent", cyd, {{"reason", story.text("/data/reason", "asked by letter")}}));
    story.vault.erased.insert({story.ledger.size() - 1, "/data/reason"});
    story.vault.erased_numbers.insert(cyd);
    Entry erased = story.draft("subject.erased", cyd);
    erased.actor = Actor{"api", "admin"};
    story.ledger.add(erased);
    return story;
}

}  // namespace cl::test
