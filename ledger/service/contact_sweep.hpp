// Many contacts looked at one after another, and then brought to one checkpoint: whoever gets an entry meanwhile is looked at again, so
// that no answer is newer or older than the checkpoint that it is given under.
//
// Threads: as Queries.
#pragma once

#include "ledger/service/queries_impl.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace cl::service {

class ContactSweep {
public:
    /// Called with a contact's place and its state, null for an unknown one; the last call for a place counts.
    using Visit = std::function<void(std::size_t, consent::ContactState const*)>;

    /// `account` and what `visit` refers to outlive the object.
    ContactSweep(QueriesImpl& queries, std::string_view account, Visit visit)
        : queries_(&queries), account_name_(account), visit_(std::move(visit)) {}

    /// errc::not_found for an unknown account.
    [[nodiscard]] Result<void> begin();
    /// The next place. Contacts come in rising order; the same one may come again.
    [[nodiscard]] Result<void> look(Hash32 const& contact);
    /// Moves to a checkpoint that all that was seen is under.
    [[nodiscard]] Result<void> settle();

    [[nodiscard]] consent::AccountState const& account() const noexcept { return *account_; }
    [[nodiscard]] Published const& published() const noexcept { return *published_; }
    [[nodiscard]] std::vector<Hash32> const& contacts() const noexcept { return contacts_; }
    /// True if the account's lists or rules changed between begin() and the checkpoint: begin again.
    [[nodiscard]] bool redefined() const noexcept { return redefined_; }

private:
    [[nodiscard]] Result<void> look_again(std::size_t place);
    [[nodiscard]] Result<void> follow(Seq first, Seq last);

    QueriesImpl* queries_;
    std::string_view account_name_;
    Visit visit_;
    std::shared_ptr<Published const> published_;
    std::shared_ptr<consent::AccountState const> account_;
    std::vector<Hash32> contacts_;
    Seq newest_ = -1;  // entry that any state seen includes
    bool redefined_ = false;
};

}  // namespace cl::service
