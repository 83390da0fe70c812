// Everything that sees the entries of a bundle one after the other, for one run, and what they come to.
//
// Threads: a BundleRun belongs to one thread.
#pragma once

#include "verify/bundle/bag.hpp"
#include "verify/bundle/contacts.hpp"
#include "verify/bundle/openings.hpp"
#include "verify/bundle/order.hpp"
#include "verify/bundle/statement.hpp"
#include "verify/bundle/view_check.hpp"
#include "verify/options.hpp"
#include "verify/replay.hpp"

#include <optional>

namespace cl::verify::bundle {

class BundleRun {
public:
    /// All live as long as the run.
    BundleRun(Archive const& archive, Manifest const& manifest, std::optional<Checkpoint> const& checkpoint, Findings& findings,
              Report& report);

    /// Reads all entries. `note`: data/checkpoint.
    void read(Options const& options, std::string const& note);
    /// The statements about them: export.issued, manifest.json, contacts.ndjson, keys.json. `earlier`: sizes that consistency proofs lead from.
    void finish(Digests const& digests, std::vector<merkle::Size> earlier);

    [[nodiscard]] KeyHistory const& keys() const noexcept { return keys_; }
    [[nodiscard]] Seen const& seen() const noexcept { return seen_; }
    [[nodiscard]] ScopeCheck const& scope() const noexcept { return scope_; }
    [[nodiscard]] ViewContext const& view_context() const noexcept { return context_; }
    [[nodiscard]] std::int64_t rows_compared() const noexcept { return view_.compared(); }
    [[nodiscard]] std::int64_t proven() const noexcept { return order_.proven(); }
    /// Entries of contacts whose history begins before the bundle does.
    [[nodiscard]] std::int64_t not_judged() const noexcept { return not_judged_; }
    [[nodiscard]] ConsentSummary consent(Millis at, BaselineUse const& use) const {
        return replay_.findings().finish(book_, at, use);
    }

private:
    void take(Placed const& placed);
    void take_entry(Placed const& placed, Subjects const& subjects);
    void replay(Placed const& placed, Subjects const& subjects);
    void count(Entry const& entry, bool in_scope);

    Archive const& archive_;
    Manifest const& manifest_;
    std::optional<Checkpoint> const& checkpoint_;
    Findings& findings_;
    Report& report_;
    EntryStream stream_;
    Order order_;
    ScopeCheck scope_;
    Openings openings_;
    ViewCheck view_;
    Erasures erasures_;
    KeyHistory keys_;
    Book book_;
    Replay replay_;
    Seen seen_;
    ViewContext context_;
    std::int64_t not_judged_ = 0;
};

}  // namespace cl::verify::bundle
