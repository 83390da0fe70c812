// Complete subtrees of the published tree, wherever they are: in the right edge in memory, in a cache of full tiles, or in the store.
// Proofs, tiles and roots are made from here.
//
// Threads: an object belongs to one thread at a time; make one for each thread that needs it.
#pragma once

#include "ledger/log/log_store.hpp"
#include "ledger/service/tree.hpp"

#include <cstddef>
#include <list>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace cl::service {

class TileSource {
public:
    /// `log` must outlive the object.
    explicit TileSource(log::LogReader& log) : log_(&log) {}

    /// Inclusion proof of `index` in the tree that `edge` ends, or in an earlier size of it; consistency and roots of such sizes.
    /// errc::store_corrupt if a full tile is missing or torn; errc::proof_invalid beyond the tree.
    [[nodiscard]] Result<std::vector<Hash32>> inclusion(merkle::Size index, Edge const& edge);
    [[nodiscard]] Result<std::vector<Hash32>> inclusion(merkle::Size index, merkle::Size size, Edge const& edge);
    [[nodiscard]] Result<std::vector<Hash32>> consistency(merkle::Size from, merkle::Size to, Edge const& edge);
    [[nodiscard]] Result<Hash32> root(merkle::Size size, Edge const& edge);
    /// The first `width` hashes of a tile of hashes. errc::not_found where the tree has none of that width.
    [[nodiscard]] Result<std::string> tile(tile::Coord const& coord, Edge const& edge);
    /// A tile of the tree, full or partial.
    [[nodiscard]] Result<TilePtr> expanded(int level, merkle::Size index, Edge const& edge);
    /// A tile that has just been filled: kept as if it had been read.
    void remember(Tree::Full const& full);

private:
    using Key = std::pair<int, merkle::Size>;
    struct Kept {
        TilePtr tile;
        std::list<Key>::iterator age;
    };
    [[nodiscard]] merkle::NodeReader node_reader(Edge const& edge);
    void keep(Key const& key, TilePtr tile);

    log::LogReader* log_;
    std::map<Key, Kept> kept_;  ///< at most limits::tile_cache
    std::list<Key> ages_;       ///< most recently used first
};

}  // namespace cl::service
