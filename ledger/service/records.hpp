// The record itself, for evidence bundles: entries exactly as they are stored, proofs in the tree as it was at an earlier size, openings with
// their salts. What is asked for lies below the published checkpoint and, but for openings, never changes.
//
// Threads: as the Queries it is of.
#pragma once

#include "ledger/core/entry.hpp"
#include "ledger/core/error.hpp"
#include "ledger/core/merkle.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cl::service {

/// Content and salt of a commitment.
struct Opened {
    Hash32 salt;
    std::string content;
};

class Records {
public:
    virtual ~Records() = default;

    /// Entries under the published checkpoint.
    [[nodiscard]] virtual merkle::Size size() const = 0;
    /// The place of the account's entry of that account_seq; errc::not_found where it has none.
    [[nodiscard]] virtual Result<Seq> seq_at(std::string_view account, std::int64_t account_seq) = 0;
    /// errc::not_found beyond the published checkpoint.
    [[nodiscard]] virtual Result<std::string> entry(Seq seq) = 0;
    /// Visits the entries [first, last) of the whole log, in short read transactions.
    [[nodiscard]] virtual Result<void> range(Seq first, Seq last, std::function<void(Seq, std::string_view)> const& visit) = 0;
    /// RFC 6962 proofs. errc::proof_invalid beyond the published tree.
    [[nodiscard]] virtual Result<std::vector<Hash32>> inclusion(Seq seq, merkle::Size size) = 0;
    [[nodiscard]] virtual Result<std::vector<Hash32>> consistency(merkle::Size from, merkle::Size to) = 0;
    [[nodiscard]] virtual Result<Hash32> root(merkle::Size size) = 0;
    /// The checkpoint of the first `size` entries, signed as `origin`: one that the ledger had then. Ed25519 is deterministic, so it is the
    /// same note each time.
    [[nodiscard]] virtual Result<std::string> checkpoint(merkle::Size size, std::string const& origin) = 0;
    /// What the vault still has of a personal value, or of a number (`/contact` of the contact's first entry).
    [[nodiscard]] virtual Result<std::optional<Opened>> opening(Seq seq, std::string_view pointer) = 0;
};

}  // namespace cl::service
