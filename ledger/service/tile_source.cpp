#include "ledger/service/tile_source.hpp"

#include "ledger/core/limits.hpp"

namespace cl::service {

Result<TilePtr> TileSource::expanded(int level, merkle::Size index, Edge const& edge) {
    if (TilePtr partial = edge.find(level, index)) return partial;
    Key const key{level, index};
    if (auto const found = kept_.find(key); found != kept_.end()) {
        ages_.splice(ages_.begin(), ages_, found->second.age);
        return found->second.tile;
    }
    CL_TRY_ASSIGN(auto const bytes, log_->tile(level, index));
    if (!bytes || bytes->size() != tile::full_bytes) return fail(errc::store_corrupt, "a full tile is missing from the ledger");
    CL_TRY_ASSIGN(ExpandedTile read, ExpandedTile::from_bytes(*bytes));
    TilePtr tile = std::make_shared<ExpandedTile const>(std::move(read));
    keep(key, tile);
    return tile;
}

void TileSource::remember(Tree::Full const& full) {
    keep(Key{full.level, full.index}, full.tile);
}

void TileSource::keep(Key const& key, TilePtr tile) {
    if (kept_.contains(key)) return;
    ages_.push_front(key);
    kept_.emplace(key, Kept{std::move(tile), ages_.begin()});
    if (kept_.size() <= limits::tile_cache) return;
    kept_.erase(ages_.back());
    ages_.pop_back();
}

merkle::NodeReader TileSource::node_reader(Edge const& edge) {
    return [this, &edge](int level, merkle::Size index) -> Result<Hash32> {
        NodePlace const place = place_of(level, index);
        CL_TRY_ASSIGN(TilePtr const tile, expanded(place.tile_level, place.tile, edge));
        Hash32 const* const hash = tile->node(place.level, place.index);
        if (hash == nullptr) return fail(errc::store_corrupt, "a tile is narrower than the tree");
        return *hash;
    };
}

Result<std::vector<Hash32>> TileSource::inclusion(merkle::Size index, Edge const& edge) {
    return inclusion(index, edge.size, edge);
}

Result<std::vector<Hash32>> TileSource::inclusion(merkle::Size index, merkle::Size size, Edge const& edge) {
    if (size > edge.size) return fail(errc::proof_invalid, "the size is beyond the tree");
    return merkle::inclusion_proof(index, size, node_reader(edge));
}

Result<std::vector<Hash32>> TileSource::consistency(merkle::Size from, merkle::Size to, Edge const& edge) {
    if (to > edge.size) return fail(errc::proof_invalid, "the size is beyond the tree");
    return merkle::consistency_proof(from, to, node_reader(edge));
}

Result<Hash32> TileSource::root(merkle::Size size, Edge const& edge) {
    if (size < 0 || size > edge.size) return fail(errc::proof_invalid, "the size is beyond the tree");
    return root_at(size, node_reader(edge));
}

Result<std::string> TileSource::tile(tile::Coord const& coord, Edge const& edge) {
    int const width = tile::width_at(coord.level, coord.index, edge.size);
    if (coord.width < 1 || coord.width > width) return fail(errc::not_found, "the tree has no such tile");
    CL_TRY_ASSIGN(TilePtr const tile, expanded(coord.level, coord.index, edge));
    return tile->bytes(coord.width);
}

}  // namespace cl::service
