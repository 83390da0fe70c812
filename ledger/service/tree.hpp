// The growing Merkle tree in memory: its right edge, one partial tile a level, each with its inner nodes, so that a batch's root and
// the proofs of its entries cost no disk read and few hashes.
//
// Threads: a Tree belongs to the writer. An Edge is immutable and may be shared with any thread.
#pragma once

#include "ledger/core/merkle.hpp"
#include "ledger/core/tile.hpp"
#include "ledger/log/log_store.hpp"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cl::service {

/// A tile of 0 to 256 hashes and every complete subtree root inside it.
class ExpandedTile {
public:
    ExpandedTile() = default;
    /// `hashes`: the tile's bytes, a multiple of 32, at most tile::full_bytes. errc::store_corrupt otherwise.
    [[nodiscard]] static Result<ExpandedTile> from_bytes(std::string_view hashes);

    /// Precondition: width() < 256.
    void append(Hash32 const& hash);
    [[nodiscard]] int width() const noexcept { return static_cast<int>(nodes_[0].size()); }
    /// Root of the complete subtree `index` of 2^level hashes; null where it is not complete. `level` 0..8.
    [[nodiscard]] Hash32 const* node(int level, merkle::Size index) const noexcept;
    /// The first `count` hashes as a tile's bytes. Precondition: count <= width().
    [[nodiscard]] std::string bytes(int count) const;

private:
    std::array<std::vector<Hash32>, 9> nodes_;
};

using TilePtr = std::shared_ptr<ExpandedTile const>;

/// The tile in which the complete subtree (level, index) lies, and its place inside.
struct NodePlace {
    int tile_level = 0;
    merkle::Size tile = 0;
    int level = 0;           ///< inside the tile, 0..7
    merkle::Size index = 0;  ///< at that level inside the tile
};
[[nodiscard]] NodePlace place_of(int level, merkle::Size index) noexcept;

/// The partial tiles at the right of a tree of `size`: tiles[l] is tile size >> 8(l+1) of level l, possibly of width 0.
struct Edge {
    merkle::Size size = 0;
    std::vector<TilePtr> tiles;
    /// The tile (level, index) if it is the partial one of that level.
    [[nodiscard]] TilePtr find(int level, merkle::Size index) const;
};

class Tree {
public:
    /// A tile that became full, and its nodes for the proofs of the same batch.
    struct Full {
        int level = 0;
        merkle::Size index = 0;
        TilePtr tile;
    };

    Tree() = default;
    /// From an edge as read back from the store.
    explicit Tree(Edge edge);

    void append(Hash32 const& leaf);
    [[nodiscard]] merkle::Size size() const noexcept { return edge_.size; }
    [[nodiscard]] Hash32 root() const;
    /// The tiles filled since the last call, in the order in which they were filled.
    [[nodiscard]] std::vector<Full> take_full();
    /// The right edge now; shares what did not change with earlier snapshots.
    [[nodiscard]] std::shared_ptr<Edge const> snapshot();

private:
    void push(std::size_t level, Hash32 const& hash);

    Edge edge_;
    std::vector<std::shared_ptr<ExpandedTile>> own_;  ///< the writable twin of edge_.tiles[l]; null while a snapshot shares it
    std::vector<Full> full_;
};

/// Root of the tree of `size` leaves, from its complete subtrees.
[[nodiscard]] Result<Hash32> root_at(merkle::Size size, merkle::NodeReader const& read);

}  // namespace cl::service
