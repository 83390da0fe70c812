#include "ledger/state/directory.hpp"

#include <mutex>
#include <utility>

namespace cl::state {

void Directory::assign(Accounts accounts, Tokens tokens) {
    std::unique_lock const lock(mutex_);
    accounts_ = std::move(accounts);
    tokens_ = std::move(tokens);
}

void Directory::merge(BatchChanges const& changes) {
    if (changes.accounts.empty() && changes.tokens.empty()) return;
    std::unique_lock const lock(mutex_);
    for (auto const& [account, state] : changes.accounts) {
        if (state) accounts_.insert_or_assign(account, state);
    }
    for (auto const& token : changes.tokens) tokens_.insert_or_assign(token.id, token);
}

std::shared_ptr<consent::AccountState const> Directory::account(std::string_view account) const {
    std::shared_lock const lock(mutex_);
    auto const found = accounts_.find(account);
    return found == accounts_.end() ? nullptr : found->second;
}

std::optional<TokenRecord> Directory::token(std::string_view id) const {
    std::shared_lock const lock(mutex_);
    auto const found = tokens_.find(id);
    if (found == tokens_.end()) return std::nullopt;
    return found->second;
}

}  // namespace cl::state
