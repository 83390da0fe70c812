// Everything that judges entries in order, for one run: chain, tree, claims, replay; and what they come to.
//
// Threads: a Run belongs to one thread.
#pragma once

#include "verify/chain.hpp"
#include "verify/claims.hpp"
#include "verify/exports.hpp"
#include "verify/options.hpp"
#include "verify/replay.hpp"
#include "verify/report.hpp"
#include "verify/tree.hpp"
#include "verify/trust.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cl::verify {

/// An older copy of the ledger went on under another name (ledger.restored).
struct Restored {
    Seq seq = 0;
    std::string name;
    merkle::Size signed_before = -1;  ///< entries that were signed under the name before, as far as was known; -1: not known
};

class Run {
public:
    /// Takes the claims out of `trust`. All four live as long as the Run.
    Run(Options const& options, Overview const& overview, Trust& trust, Report& report);

    /// The next stretch of the ledger.
    void take(Prepared batch);
    /// One more statement about a size that was not passed yet, met at once if the entries are there.
    void expect(Claim claim);
    /// The end. `all_read`: nothing failed on the way.
    void finish(bool all_read);

    /// True if what was read so far is in order, nothing in it is wrong, and nothing that was stated waits for later entries.
    [[nodiscard]] bool sound_so_far() const noexcept;
    [[nodiscard]] ConsentSummary consent(Millis at, BaselineUse const& use) const {
        return replay_.findings().finish(book_, at, use);
    }
    [[nodiscard]] Claims const& claims() const noexcept { return claims_; }
    [[nodiscard]] Tree const& tree() const noexcept { return tree_; }
    [[nodiscard]] Exports const& exports() const noexcept { return exports_; }
    [[nodiscard]] Chain const& chain() const noexcept { return chain_; }
    [[nodiscard]] std::vector<Restored> const& restored() const noexcept { return restored_; }

private:
    [[nodiscard]] std::size_t judge_items(Prepared const& batch);
    void watch_identity(Item const& item);
    void judge_export(Item const& item, Subjects const& subjects);
    [[nodiscard]] std::string kind_name(Entry const& entry) const;
    void grow_tree(Prepared const& batch, std::size_t sound);
    void count_subjects();

    Options const& options_;
    Overview const& overview_;
    Report& report_;
    Chain chain_;
    Tree tree_;
    Claims claims_;
    std::optional<note::VerifierKey> const key_;
    std::vector<Restored> restored_;
    Book book_;
    Exports exports_;
    Replay replay_;
};

}  // namespace cl::verify
