// Entries one after the other: what the check of the log's end at a start, and that of the whole log while it is served, have in common.
//
// Threads: belongs to whoever owns the reader.
#pragma once

#include "ledger/log/log_store.hpp"
#include "ledger/service/tree.hpp"

#include <functional>

namespace cl::service {

class ChainWalk {
public:
    /// From entry `first` on, which must name `prev` as the leaf hash before it.
    ChainWalk(Seq first, Hash32 const& prev) noexcept : next_(first), leaf_(prev) {}

    /// Reads the entries up to `to`: none is missing, each says its own `seq` and names the one before it. `visit` gets each after that, and
    /// leaf() is its hash then. errc::chain_broken, store_corrupt with the seq; io; what `visit` says.
    [[nodiscard]] Result<void> follow(log::LogReader& log, Seq to,
                                      std::function<Result<void>(Seq, std::string_view)> const& visit);

    [[nodiscard]] Seq next() const noexcept { return next_; }
    /// Of the last entry, or `prev`.
    [[nodiscard]] Hash32 const& leaf() const noexcept { return leaf_; }

private:
    [[nodiscard]] Result<void> take(Seq seq, std::string_view bytes);

    Seq next_;
    Hash32 leaf_;
};

/// Compares a stored full tile with what it was made from. errc::chain_broken (level 0) or store_corrupt (above).
[[nodiscard]] Result<void> compare_tile(log::LogReader& log, int level, merkle::Size index, ExpandedTile const& made);

}  // namespace cl::service
