// What can be said of every entry of a bundle by itself, and of two that stand next to each other in the log: that it is an entry, in its
// place, with the content of its kind, not earlier than the one before, and under the signed root.
//
// Threads: belongs to one thread.
#pragma once

#include "verify/bundle/entry_stream.hpp"

#include <optional>

namespace cl::verify::bundle {

class Order {
public:
    /// `checkpoint`: what all proofs lead to; without one none can be checked.
    Order(Archive const& archive, std::optional<Checkpoint> const& checkpoint, Findings& findings);

    /// Judges the next entry. True if it is one that stands in its place: the others are not judged further.
    [[nodiscard]] bool take(Placed const& placed);
    /// The entries are over: no proof may be left.
    void finish();
    /// Entries whose proof leads to the root.
    [[nodiscard]] std::int64_t proven() const noexcept { return proven_; }

private:
    void check_fault(Placed const& placed);
    void check_inclusion(Item const& item, Seq seq);
    void check_neighbour(Item const& item, Seq seq);
    void check_entry(Item const& item);

    std::optional<Checkpoint> const& checkpoint_;
    Findings& findings_;
    Rows<InclusionRow> proofs_;
    std::optional<Seq> last_;
    Hash32 last_leaf_;
    std::optional<Millis> last_time_;
    std::int64_t proven_ = 0;
};

}  // namespace cl::verify::bundle
