#include "ledger/service/tree.hpp"

#include "ledger/core/sha256.hpp"

#include <utility>

namespace cl::service {

Result<ExpandedTile> ExpandedTile::from_bytes(std::string_view hashes) {
    if (hashes.size() % 32 != 0 || hashes.size() > tile::full_bytes)
        return fail(errc::store_corrupt, "a tile has an impossible length");
    ExpandedTile expanded;
    for (std::size_t at = 0; at < hashes.size(); at += 32) {
        CL_TRY_ASSIGN(Hash32 const hash, hash_from_bytes(hashes.substr(at, 32)));
        expanded.append(hash);
    }
    return expanded;
}

void ExpandedTile::append(Hash32 const& hash) {
    nodes_[0].push_back(hash);
    for (std::size_t level = 0; level < 8 && nodes_[level].size() % 2 == 0; ++level) {
        auto const& below = nodes_[level];
        nodes_[level + 1].push_back(node_hash(below[below.size() - 2], below[below.size() - 1]));
    }
}

Hash32 const* ExpandedTile::node(int level, merkle::Size index) const noexcept {
    auto const& row = nodes_[static_cast<std::size_t>(level)];
    if (index < 0 || static_cast<std::size_t>(index) >= row.size()) return nullptr;
    return &row[static_cast<std::size_t>(index)];
}

std::string ExpandedTile::bytes(int count) const {
    std::string out;
    out.reserve(static_cast<std::size_t>(count) * 32);
    for (int i = 0; i < count; ++i) out.append(nodes_[0][static_cast<std::size_t>(i)].view());
    return out;
}

NodePlace place_of(int level, merkle::Size index) noexcept {
    int const inside = level % tile::height;
    merkle::Size const first = index << inside;  // in hashes of the tile level
    return NodePlace{level / tile::height, first / tile::full_width, inside, (first % tile::full_width) >> inside};
}

TilePtr Edge::find(int level, merkle::Size index) const {
    auto const at = static_cast<std::size_t>(level);
    if (at >= tiles.size()) return nullptr;
    int const shift = tile::height * (level + 1);
    merkle::Size const last = shift < 63 ? size >> shift : 0;
    return index == last ? tiles[at] : nullptr;
}

Tree::Tree(Edge edge) : edge_(std::move(edge)), own_(edge_.tiles.size()) {}

void Tree::append(Hash32 const& leaf) {
    ++edge_.size;
    push(0, leaf);
}

void Tree::push(std::size_t level, Hash32 const& hash) {
    if (level == edge_.tiles.size()) {
        own_.push_back(std::make_shared<ExpandedTile>());
        edge_.tiles.push_back(own_.back());
    }
    if (!own_[level]) {
        own_[level] = std::make_shared<ExpandedTile>(*edge_.tiles[level]);
        edge_.tiles[level] = own_[level];
    }
    own_[level]->append(hash);
    if (own_[level]->width() < tile::full_width) return;
    int const shift = tile::height * (static_cast<int>(level) + 1);
    full_.push_back(Full{static_cast<int>(level), (edge_.size >> shift) - 1, own_[level]});
    Hash32 const root = *own_[level]->node(8, 0);
    own_[level] = std::make_shared<ExpandedTile>();
    edge_.tiles[level] = own_[level];
    push(level + 1, root);
}

Hash32 Tree::root() const {
    // Every complete subtree that ends at the right lies in a partial tile of the edge.
    auto root = root_at(edge_.size, [this](int level, merkle::Size index) -> Result<Hash32> {
        NodePlace const place = place_of(level, index);
        return *edge_.tiles[static_cast<std::size_t>(place.tile_level)]->node(place.level, place.index);
    });
    return std::move(root).value();
}

std::vector<Tree::Full> Tree::take_full() {
    return std::exchange(full_, {});
}

std::shared_ptr<Edge const> Tree::snapshot() {
    for (auto& tile : own_) tile.reset();
    return std::make_shared<Edge const>(edge_);
}

Result<Hash32> root_at(merkle::Size size, merkle::NodeReader const& read) {
    std::vector<Hash32> peaks;
    for (int level = 62; level >= 0; --level) {
        if (((size >> level) & 1) == 0) continue;
        CL_TRY_ASSIGN(Hash32 const peak, read(level, (size >> level) - 1));
        peaks.push_back(peak);
    }
    return merkle::Frontier(size, std::move(peaks)).root();
}

}  // namespace cl::service
