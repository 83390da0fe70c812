#include "ledger/state/directory.hpp"

#include <algorithm>
#include <mutex>
#include <utility>

namespace cl::state {

void Directory::assign(Accounts accounts, Tokens tokens, Policies policies) {
    std::unique_lock const lock(mutex_);
    accounts_ = std::move(accounts);
    tokens_ = std::move(tokens);
    policies_ = std::move(policies);
}

void Directory::merge(BatchChanges const& changes) {
    if (changes.accounts.empty() && changes.tokens.empty() && changes.policies.empty()) return;
    std::unique_lock const lock(mutex_);
    for (auto const& [account, state] : changes.accounts) {
        if (state) accounts_.insert_or_assign(account, state);
    }
    for (auto const& token : changes.tokens) tokens_.insert_or_assign(token.id, token);
    for (auto const& [account, seq] : changes.policies) policies_.insert_or_assign(account, seq);
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

std::vector<TokenRecord> Directory::tokens(std::string_view account, std::string_view after, std::size_t limit) const {
    std::vector<TokenRecord> found;
    std::shared_lock const lock(mutex_);
    for (auto at = tokens_.upper_bound(after); at != tokens_.end() && found.size() < limit; ++at) {
        auto const& accounts = at->second.accounts;
        bool const wanted = account.empty() || std::find(accounts.begin(), accounts.end(), account) != accounts.end();
        if (wanted) found.push_back(at->second);
    }
    return found;
}

std::optional<Seq> Directory::policy(std::string_view account) const {
    std::shared_lock const lock(mutex_);
    auto const found = policies_.find(account);
    if (found == policies_.end()) return std::nullopt;
    return found->second;
}

}  // namespace cl::state
