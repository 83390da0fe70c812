// What is remembered of every account and every contact while the ledger is read: the only part of the verifier's memory that grows, and
// only with the number of distinct accounts and contacts.
//
// Threads: a Book belongs to one thread. Pointers into it stay valid as long as it lives.
#pragma once

#include "ledger/consent/state.hpp"
#include "ledger/core/entry.hpp"
#include "verify/open_items.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace cl::verify {

struct AccountSlot {
    std::string name;          ///< empty for entries of the ledger itself
    std::int64_t count = 0;    ///< account_seq of its last entry
    std::int64_t entries = 0;  ///< entries seen
    bool unsure = false;       ///< an entry's effect on it is not known: its rules are not judged any more
    consent::AccountState state;
    PackedItems open;  ///< findings about none of its contacts
};

struct ContactSlot {
    std::int64_t count = 0;  ///< contact_seq of its last entry
    Seq last = -1;
    bool unsure = false;          ///< as for accounts
    consent::ContactState state;  ///< without `open` and `unproven`, which are in `open`
    PackedItems open;
};

/// The account and the contact of an entry. `contact` is null for entries without one.
struct Subjects {
    AccountSlot* account = nullptr;
    ContactSlot* contact = nullptr;
};

class Book {
public:
    /// Makes what is new.
    [[nodiscard]] Subjects of(Entry const& entry);
    /// Null for a contact without an entry. `account` is one of of().
    [[nodiscard]] ContactSlot const* find(AccountSlot const& account, Hash32 const& contact) const;
    [[nodiscard]] std::size_t account_count() const noexcept { return accounts_.size(); }
    [[nodiscard]] std::size_t contact_count() const noexcept { return contacts_.size(); }
    /// In no particular order.
    void each_account(std::function<void(AccountSlot const&)> const& visit) const;
    void each_contact(std::function<void(AccountSlot const&, Hash32 const&, ContactSlot const&)> const& visit) const;

private:
    struct ContactKey {
        AccountSlot const* account = nullptr;
        Hash32 contact;
        friend bool operator==(ContactKey const&, ContactKey const&) = default;
    };
    struct KeyHasher {
        [[nodiscard]] std::size_t operator()(ContactKey const& key) const noexcept;
    };

    std::unordered_map<std::string, AccountSlot> accounts_;
    std::unordered_map<ContactKey, ContactSlot, KeyHasher> contacts_;
    AccountSlot* last_ = nullptr;  // most entries belong to the account of the one before
    AccountSlot ledger_;           // entries without an account
};

}  // namespace cl::verify
