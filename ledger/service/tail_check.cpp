#include "ledger/service/tail_check.hpp"

#include "ledger/core/limits.hpp"
#include "ledger/core/note.hpp"
#include "ledger/service/chain_walk.hpp"
#include "ledger/service/erasure.hpp"
#include "ledger/service/ledger_entry.hpp"
#include "ledger/service/tile_source.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace cl::service {
namespace {

std::string at(Seq seq) {
    return "entry " + std::to_string(seq);
}

/// What a start wants to know of the entries that are checked.
class TailNotes {
public:
    explicit TailNotes(Tail& tail) : tail_(&tail) {}

    Result<void> take(Seq seq, std::string_view bytes, Hash32 const& leaf) {
        leaves_.append(leaf);
        if (looks_like_erasure(bytes)) tail_->erasures.push_back(seq);
        auto const name = name_given_by(bytes);
        if (!name) return fail(errc::chain_broken, at(seq) + " cannot be read: " + name.error().detail);
        if (*name) tail_->renamed = {seq, **name};
        if (seq + 1 == tail_->head.size) CL_TRY(last(seq, bytes, leaf));
        return {};
    }

    /// Compares a tile that the entries up to `seq` have filled.
    Result<void> end_tile(log::LogReader& log, Seq seq) {
        if (leaves_.width() < tile::full_width) return {};
        CL_TRY(compare_tile(log, 0, seq / tile::full_width, leaves_));
        leaves_ = ExpandedTile();
        return {};
    }

    /// Of the tile that is not full.
    [[nodiscard]] ExpandedTile const& leaves() const { return leaves_; }

private:
    Result<void> last(Seq seq, std::string_view bytes, Hash32 const& leaf) {
        if (leaf != tail_->head.leaf) return fail(errc::store_corrupt, "the ledger's head is not the hash of " + at(seq));
        auto const entry = decode(bytes);
        if (!entry) return fail(errc::chain_broken, at(seq) + " cannot be read: " + entry.error().detail);
        tail_->recorded_at = entry->recorded_at;
        return {};
    }

    Tail* tail_;
    ExpandedTile leaves_;
};

Result<Hash32> leaf_of(log::LogReader& log, Seq seq) {
    if (seq < 0) return Hash32{};
    CL_TRY_ASSIGN(auto const bytes, log.entry(seq));
    if (!bytes) return fail(errc::chain_broken, at(seq) + " is missing");
    return leaf_hash(*bytes);
}

/// A tile of an upper level, made of the roots of the full tiles below it.
Result<ExpandedTile> from_below(log::LogReader& log, int level, merkle::Size index, int width) {
    ExpandedTile tile;
    for (int i = 0; i < width; ++i) {
        CL_TRY_ASSIGN(auto const bytes, log.tile(level - 1, index * tile::full_width + i));
        if (!bytes || bytes->size() != tile::full_bytes)
            return fail(errc::store_corrupt, "a full tile is missing from the ledger");
        CL_TRY_ASSIGN(ExpandedTile const child, ExpandedTile::from_bytes(*bytes));
        tile.append(*child.node(8, 0));
    }
    return tile;
}

Result<void> check_newest_full(log::LogReader& log, int level, merkle::Size index) {
    CL_TRY_ASSIGN(ExpandedTile const made, from_below(log, level, index, static_cast<int>(tile::full_width)));
    return compare_tile(log, level, index, made);
}

Result<Edge> build_edge(log::LogReader& log, merkle::Size size, ExpandedTile const& leaves) {
    Edge edge;
    edge.size = size;
    edge.tiles.push_back(std::make_shared<ExpandedTile const>(leaves));
    for (int level = 1; level < 8 && (size >> (tile::height * level)) > 0; ++level) {
        merkle::Size const count = size >> (tile::height * level);
        merkle::Size const index = count / tile::full_width;
        if (index > 0) CL_TRY(check_newest_full(log, level, index - 1));
        CL_TRY_ASSIGN(ExpandedTile tile, from_below(log, level, index, static_cast<int>(count % tile::full_width)));
        edge.tiles.push_back(std::make_shared<ExpandedTile const>(std::move(tile)));
    }
    return edge;
}

}  // namespace

Result<Tail> check_tail(log::LogReader& log) {
    Tail tail;
    CL_TRY_ASSIGN(tail.head, log.head());
    if (tail.head.size == 0) return fail(errc::store_corrupt, "the ledger has no entry, not even the first");
    Seq const span = static_cast<Seq>(limits::tail_rehash_entries);
    tail.first = std::max<Seq>(0, tail.head.size - span) / tile::full_width * tile::full_width;
    CL_TRY_ASSIGN(Hash32 const prev, leaf_of(log, tail.first - 1));
    ChainWalk walk(tail.first, prev);
    TailNotes notes(tail);
    while (walk.next() < tail.head.size) {
        CL_TRY(walk.follow(log, std::min<Seq>(walk.next() + tile::full_width, tail.head.size),
                           [&](Seq seq, std::string_view bytes) { return notes.take(seq, bytes, walk.leaf()); }));
        CL_TRY(notes.end_tile(log, walk.next() - 1));
    }
    CL_TRY_ASSIGN(tail.edge, build_edge(log, tail.head.size, notes.leaves()));
    return tail;
}

Result<Edge> read_edge(log::LogReader& log, merkle::Size size) {
    Seq const first = size / tile::full_width * tile::full_width;
    ExpandedTile leaves;
    CL_TRY(log.range(first, size, [&](Seq, std::string_view bytes) {
        leaves.append(leaf_hash(bytes));
        return true;
    }));
    if (leaves.width() != size - first) return fail(errc::chain_broken, "the ledger's last entries are incomplete");
    return build_edge(log, size, leaves);
}

Result<Checkpoint> open_own_checkpoint(std::string_view note, std::array<std::uint8_t, 32> const& key) {
    CL_TRY_ASSIGN(Checkpoint const named, read_checkpoint(note));
    CL_TRY_ASSIGN(auto const verifier, note::make_key(named.origin, key));
    return open_checkpoint(note, verifier);
}

Result<Checkpoint> check_stored_checkpoint(log::LogReader& log, Edge const& edge, std::array<std::uint8_t, 32> const& key) {
    CL_TRY_ASSIGN(auto const stored, log.last_checkpoint());
    if (!stored) return Checkpoint{{}, -1, {}};
    CL_TRY_ASSIGN(Checkpoint const checkpoint, open_own_checkpoint(stored->note, key));
    if (checkpoint.size != stored->size || checkpoint.size > edge.size) {
        return fail(errc::chain_broken, "the ledger holds a checkpoint of more entries than it has");
    }
    TileSource source(log);
    CL_TRY_ASSIGN(Hash32 const root, source.root(checkpoint.size, edge));
    if (root == checkpoint.root) return checkpoint;
    return fail(errc::chain_broken,
                "the entries do not have the root of the stored checkpoint of size " + std::to_string(checkpoint.size));
}

}  // namespace cl::service
