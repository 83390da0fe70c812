// Which account takes which provider's webhooks: docs/webhooks.md has the file's format.
//
// Threads: immutable after it was read, any thread.
#pragma once

#include "ledger/core/certificate.hpp"
#include "ledger/core/error.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace cl::api::providers {

struct Webhook {
    std::string account;
    std::string provider;
    std::string url;                          ///< what the provider was told to post to, without a query: some sign it
    std::string secret;                       ///< what the provider signs with: never in a log, an answer or an error
    std::vector<Certificate> certificates{};  ///< or who may have signed, where that is told by certificates
    std::vector<std::string> topics{};        ///< and by which channels of the provider's it may come
    std::string scheme;                       ///< which of the provider's signatures; empty: its usual one
    bool reply = false;                       ///< whether the answer carries the reply text, where the provider sends it on
};

class Webhooks {
public:
    Webhooks() = default;
    explicit Webhooks(std::vector<Webhook> all) : all_(std::move(all)) {}
    /// Null where the account has none of that provider.
    [[nodiscard]] Webhook const* find(std::string_view account, std::string_view provider) const noexcept;
    [[nodiscard]] std::size_t size() const noexcept { return all_.size(); }
    /// A sentence about those whose account is not `known`, by their places in the file: nobody who may not know an account's name learns it.
    /// Empty where there are none. An account may be defined later.
    [[nodiscard]] std::string without_account(std::function<bool(std::string_view account)> const& known) const;

private:
    std::vector<Webhook> all_;
};

/// Reads the file, and the secrets and certificates that it names, relative to its folder. errc::usage with what is wrong with it and
/// where; errc::key_missing for a secret that cannot be read, is empty, or that others than its owner can read, and for a certificate that
/// cannot be read, is none, or that others can write.
[[nodiscard]] Result<Webhooks> read_webhooks(std::filesystem::path const& file);

}  // namespace cl::api::providers
