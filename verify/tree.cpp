#include "verify/tree.hpp"

#include "ledger/core/tile.hpp"
#include "verify/words.hpp"

#include <algorithm>

namespace cl::verify {

void Tree::offer(std::vector<StoredTile> tiles) {
    offered_.clear();
    for (StoredTile& stored : tiles) {
        offered_[{stored.level, stored.index}] = std::move(stored.hashes);
    }
}

void Tree::append(Hash32 const& leaf) {
    frontier_.append(leaf);
    add(0, leaf);
}

void Tree::append_block(std::span<Item const> items, Hash32 const& root) {
    frontier_.append_subtree(tile::height, root);
    for (Item const& item : items) {
        levels_[0].hashes.append(item.leaf.view());
    }
    complete(0, &root);
}

void Tree::add(std::size_t level, Hash32 const& hash) {
    levels_[level].hashes.append(hash.view());
    if (levels_[level].hashes.size() == tile::full_bytes) {
        complete(level, nullptr);
    }
}

void Tree::complete(std::size_t level, Hash32 const* root) {
    if (expects_tiles_) {
        compare(level);
    }
    if (level + 1 < levels_.size()) {
        add(level + 1, root != nullptr ? *root : tile::subtree_root(levels_[level].hashes, 0, tile::height));
    }
    levels_[level].hashes.clear();
    ++levels_[level].index;
}

void Tree::compare(std::size_t level) {
    std::string const& computed = levels_[level].hashes;
    merkle::Size const index = levels_[level].index;
    merkle::Size const span = merkle::Size{1} << (static_cast<std::size_t>(tile::height) * level);  // entries below one hash
    merkle::Size const first = index * tile::full_width * span;
    std::string const named = "tile " + grouped(index) + " of level " + std::to_string(level);
    auto const stored = offered_.find({static_cast<int>(level), index});
    if (stored == offered_.end()) {
        log_.add({check::tile_missing, first, first + tile::full_width * span - 1, named + " is not stored"});
        return;
    }
    ++compared_;
    if (stored->second == computed) {
        return;
    }
    merkle::Size slot = 0;
    constexpr std::size_t width = 32;
    while (slot < tile::full_width &&
           computed.compare(static_cast<std::size_t>(slot) * width, width, stored->second,
                            std::min(stored->second.size(), static_cast<std::size_t>(slot) * width), width) == 0) {
        ++slot;
    }
    Seq const seq = first + std::min(slot, tile::full_width - 1) * span;
    log_.add({check::tile_differs, seq, span == 1 ? std::nullopt : std::optional<Seq>(seq + span - 1),
              named + " holds another hash for " + entry_or_stretch(seq, seq + span - 1)});
}

}  // namespace cl::verify
