// A bundle that was thought through: which entries, what they are judged with, which keys, which earlier bundles.
//
// Threads: plain values.
#pragma once

#include "ledger/bundle/scope.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace cl::bundle {

/// The entries of a scope: by their places, or an interval of account_seq.
struct Selection {
    bool listed = false;
    std::vector<Seq> seqs{};  ///< if listed, rising
    std::int64_t first = 1;   ///< else
    std::int64_t last = 0;
    /// Of the interval, what was asked for; the neighbours of a range lie outside.
    std::int64_t first_inside = 1;
    std::int64_t last_inside = 0;
    [[nodiscard]] bool inside(std::int64_t account_seq) const noexcept {
        return listed || (account_seq >= first_inside && account_seq <= last_inside);
    }
};

/// A part of the ledger's history under one key.
struct KeyPeriod {
    std::string vkey;
    Seq from = 0;
};

/// That a contact was erased.
struct Erasure {
    Hash32 contact;
    Seq by = -1;  ///< the entry
};

/// Entries, counted.
struct Counted {
    std::int64_t entries = 0;
    Seq first = -1;
    Seq last = -1;
    Millis first_at = 0;  ///< recorded_at of these
    Millis last_at = 0;
    std::map<std::string, std::int64_t> kinds{};
};

struct Plan {
    std::string account{};
    bool redacted = false;
    std::string program{};
    Statement said{};
    Selection selection{};
    Counted lines{};   ///< of entries.ndjson
    Counted inside{};  ///< of these, what was asked for: without the neighbours of a range
    Seq before = -1;   ///< the neighbours; -1: none
    Seq behind = -1;
    std::vector<Hash32> contacts{};       ///< of the entries, rising
    std::vector<Hash32> strangers{};      ///< of these, who have only neighbours of the range; rising
    std::vector<Erasure> erased{};        ///< of these, who were erased by an entry below tree_size, the newest; rising
    std::vector<Seq> context{};           ///< rising, without export.issued
    std::vector<merkle::Size> earlier{};  ///< checkpoint sizes of the newest earlier bundles of the scope, rising
    std::vector<KeyPeriod> keys{};        ///< by `from`
    std::string origin{};                 ///< in force at export.issued
    Seq issued = -1;                      ///< export.issued
    Millis issued_at = 0;
    std::string issued_by{};  ///< its token

    /// The newest entry below tree_size that erased the contact; -1: none.
    [[nodiscard]] Seq erased_at(Hash32 const& contact) const noexcept {
        auto const at = std::lower_bound(erased.begin(), erased.end(), contact,
                                         [](Erasure const& one, Hash32 const& other) { return one.contact < other; });
        return at != erased.end() && at->contact == contact ? at->by : -1;
    }
    /// Of the checkpoint that all proofs lead to.
    [[nodiscard]] merkle::Size size() const noexcept { return issued + 1; }
    /// What grows with the bundle, in bytes.
    [[nodiscard]] std::size_t held() const noexcept {
        return (contacts.size() + strangers.size()) * sizeof(Hash32) + erased.size() * sizeof(Erasure) +
               (selection.seqs.size() + context.size()) * sizeof(Seq);
    }
};

}  // namespace cl::bundle
