#include "ledger/service/tail_check.hpp"

#include "ledger/core/limits.hpp"
#include "ledger/core/note.hpp"
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

/// Follows entries from `first` on and collects the hashes of each tile.
class TailWalk {
public:
    TailWalk(log::LogReader& log, Tail& tail, Hash32 const& prev) : log_(&log), tail_(&tail), prev_(prev) {}

    Result<void> visit(Seq seq, std::string_view bytes) {
        auto const envelope = decode_envelope(bytes);
        if (!envelope) return fail(errc::chain_broken, at(seq) + " cannot be read: " + envelope.error().detail);
        if (envelope->seq != seq) return fail(errc::chain_broken, at(seq) + " says that it is another one");
        if (envelope->prev != prev_) return fail(errc::chain_broken, at(seq) + " does not follow the entry before it");
        prev_ = leaf_hash(bytes);
        tile_.append(prev_);
        if (looks_like_erasure(bytes)) tail_->erasures.push_back(seq);
        auto const name = name_given_by(bytes);
        if (!name) return fail(errc::chain_broken, at(seq) + " cannot be read: " + name.error().detail);
        if (*name) tail_->renamed = {seq, **name};
        if (seq + 1 == tail_->head.size) CL_TRY(last(seq, bytes));
        return {};
    }

    /// Compares a tile that the entries up to `seq` have filled. Not inside of a range: that is one statement at a time.
    Result<void> end_tile(Seq seq) {
        if (tile_.width() < tile::full_width) return {};
        CL_TRY_ASSIGN(auto const stored, log_->tile(0, seq / tile::full_width));
        if (!stored || *stored != tile_.bytes(tile::full_width)) {
            return fail(errc::chain_broken,
                        "the entries up to " + std::to_string(seq) + " do not have the hashes of their tile");
        }
        tile_ = ExpandedTile();
        return {};
    }

    [[nodiscard]] ExpandedTile const& partial() const { return tile_; }

private:
    Result<void> last(Seq seq, std::string_view bytes) {
        if (prev_ != tail_->head.leaf) return fail(errc::store_corrupt, "the ledger's head is not the hash of " + at(seq));
        auto const entry = decode(bytes);
        if (!entry) return fail(errc::chain_broken, at(seq) + " cannot be read: " + entry.error().detail);
        tail_->recorded_at = entry->recorded_at;
        return {};
    }

    log::LogReader* log_;
    Tail* tail_;
    Hash32 prev_;
    ExpandedTile tile_;
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
    CL_TRY_ASSIGN(auto const stored, log.tile(level, index));
    CL_TRY_ASSIGN(ExpandedTile const made, from_below(log, level, index, static_cast<int>(tile::full_width)));
    if (stored && *stored == made.bytes(tile::full_width)) return {};
    return fail(errc::store_corrupt, "a tile of level " + std::to_string(level) + " does not fit the tiles below it");
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
    TailWalk walk(log, tail, prev);
    for (Seq from = tail.first; from < tail.head.size; from += tile::full_width) {
        Seq const to = std::min<Seq>(from + tile::full_width, tail.head.size);
        Seq next = from;
        Result<void> outcome;
        CL_TRY(log.range(from, to, [&](Seq seq, std::string_view bytes) {
            if (seq != next) outcome = fail(errc::chain_broken, at(next) + " is missing");
            ++next;
            if (outcome) outcome = walk.visit(seq, bytes);
            return outcome.has_value();
        }));
        CL_TRY(outcome);
        if (next != to) return fail(errc::chain_broken, at(next) + " is missing");
        CL_TRY(walk.end_tile(to - 1));
    }
    CL_TRY_ASSIGN(tail.edge, build_edge(log, tail.head.size, walk.partial()));
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
