// All contacts' timelines, built in one pass over the ledger while it is verified. Contacts whose entries arrived out of order are read once
// more, so that late facts take their place: at each time, the entries that had happened by then are applied in the order in which they
// were recorded, which is what a look-up in the past answers too.
//
// Threads: built by one thread; once complete() was called, find() and the rest are for any.
#pragma once

#include "verify/reconcile/timeline.hpp"
#include "verify/replay.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cl::verify::reconcile {

class History {
public:
    /// The next entry of the ledger.
    void see(Replayed const& seen);
    /// Puts reordered contacts right, from the first `entries` entries of the same ledger. What could not be done.
    [[nodiscard]] std::vector<Incomplete> complete(std::filesystem::path const& ledger, merkle::Size entries);

    /// Null for a contact that the ledger never heard of.
    [[nodiscard]] Contact const* find(Hash32 const& contact) const;
    [[nodiscard]] std::size_t contact_count() const noexcept { return contacts_.size(); }
    [[nodiscard]] std::size_t reordered_count() const noexcept { return reordered_; }
    void each_contact(std::function<void(Contact const&)> const& visit) const;

    [[nodiscard]] std::size_t account_count() const noexcept { return account_names_.size(); }
    [[nodiscard]] std::optional<std::uint32_t> account_from(std::string_view name) const;
    [[nodiscard]] std::string const& account_name(std::uint32_t account) const { return account_names_[account]; }
    /// no_list for an empty name.
    [[nodiscard]] ListId list_from(std::string_view name) const;
    [[nodiscard]] std::string const& list_name(ListId list) const { return list_names_[list - 1]; }
    /// What a campaign to the list needs, by the list's definition at the end of the ledger.
    [[nodiscard]] Level level_required(std::uint32_t account, ListId list) const;
    /// Days until an opt-out must be honoured, and times that a campaign may not pass.
    /// By the pack that was in force at that time.
    [[nodiscard]] consent::Pack const& pack(std::uint32_t account, Millis at) const;
    /// `contact_key_check` of ledger.created.
    [[nodiscard]] std::optional<Hash32> contact_key_check() const noexcept { return key_check_; }

private:
    struct NameHasher {
        using is_transparent = void;
        [[nodiscard]] std::size_t operator()(std::string_view name) const noexcept {
            return std::hash<std::string_view>()(name);
        }
    };
    using Numbers = std::unordered_map<std::string, std::uint32_t, NameHasher, std::equal_to<>>;
    [[nodiscard]] std::uint32_t account_number(std::string const& name);
    [[nodiscard]] ListId list_number(std::string const& name);
    [[nodiscard]] Contact& contact_of(Entry const& entry);
    void note(Contact& contact, Millis at, Entry const& entry, consent::Kind kind, consent::ContactState const& after,
              consent::Outcome const& outcome);
    void note_asked(Contact& contact, Millis at, Entry const& entry, consent::Kind kind, consent::AccountState const& account);
    void note_lists(Contact& contact, Millis at, Entry const& entry, consent::Kind kind, consent::ContactState const& after);
    [[nodiscard]] Track& track(Contact& contact, ListId list);
    void rebuild(Contact& contact, std::vector<Entry> const& entries);
    [[nodiscard]] std::optional<Incomplete> read_again(std::filesystem::path const& ledger, merkle::Size entries);

    std::unordered_map<Hash32, Contact, Hash32Hasher> contacts_;
    std::vector<std::string> account_names_;
    Numbers accounts_;
    std::vector<consent::AccountState> definitions_;
    std::vector<std::string> list_names_;
    Numbers lists_;
    std::optional<Hash32> key_check_;
    std::size_t reordered_ = 0;
    std::size_t ambiguous_ = 0;  // entries of a contact id that two accounts claim
};

}  // namespace cl::verify::reconcile
