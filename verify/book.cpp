#include "verify/book.hpp"

namespace cl::verify {

std::size_t Book::KeyHasher::operator()(ContactKey const& key) const noexcept {
    // All of the pseudonym, not its first bytes alone: whoever made the file may have chosen them to fall into one bucket.
    return std::hash<std::string_view>{}(key.contact.view()) ^ std::hash<void const*>{}(key.account);
}

Subjects Book::of(Entry const& entry) {
    Subjects subjects;
    if (entry.account.empty()) {
        subjects.account = &ledger_;
        return subjects;
    }
    if (last_ == nullptr || last_->name != entry.account) {
        auto const [found, added] = accounts_.try_emplace(entry.account);
        if (added) {
            found->second.name = entry.account;
        }
        last_ = &found->second;
    }
    subjects.account = last_;
    if (entry.contact) {
        subjects.contact = &contacts_[ContactKey{last_, *entry.contact}];
    }
    return subjects;
}

ContactSlot const* Book::find(AccountSlot const& account, Hash32 const& contact) const {
    auto const found = contacts_.find(ContactKey{&account, contact});
    return found == contacts_.end() ? nullptr : &found->second;
}

void Book::each_account(std::function<void(AccountSlot const&)> const& visit) const {
    for (auto const& [name, slot] : accounts_) {
        visit(slot);
    }
}

void Book::each_contact(std::function<void(AccountSlot const&, Hash32 const&, ContactSlot const&)> const& visit) const {
    for (auto const& [key, slot] : contacts_) {
        visit(*key.account, key.contact, slot);
    }
}

}  // namespace cl::verify
