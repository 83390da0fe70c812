// Accounts and tokens, kept whole in memory: they are asked on every request, and there are as many as an administrator made.
//
// Threads: safe for all; the writer changes, everybody reads.
#pragma once

#include "ledger/state/projections.hpp"

#include <map>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

namespace cl::state {

class Directory {
public:
    using Accounts = std::map<std::string, std::shared_ptr<consent::AccountState const>, std::less<>>;
    using Tokens = std::map<std::string, TokenRecord, std::less<>>;
    using Policies = std::map<std::string, Seq, std::less<>>;

    /// Replaces everything.
    void assign(Accounts accounts, Tokens tokens, Policies policies);
    /// Takes the accounts, tokens and policies that a batch changed.
    void merge(BatchChanges const& changes);

    [[nodiscard]] std::shared_ptr<consent::AccountState const> account(std::string_view account) const;
    [[nodiscard]] std::optional<TokenRecord> token(std::string_view id) const;
    /// As Reader::tokens.
    [[nodiscard]] std::vector<TokenRecord> tokens(std::string_view account, std::string_view after, std::size_t limit) const;
    [[nodiscard]] std::optional<Seq> policy(std::string_view account) const;

private:
    mutable std::shared_mutex mutex_;
    Accounts accounts_;  // under mutex_
    Tokens tokens_;      // under mutex_
    Policies policies_;  // under mutex_
};

}  // namespace cl::state
