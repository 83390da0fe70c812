#include "ledger/log/batch_check.hpp"

#include "ledger/core/limits.hpp"
#include "ledger/core/tile.hpp"

#include <string>

namespace cl::log {

namespace {

Error wrong(std::string const& what) {
    return fail(errc::store_corrupt, "refused to store " + what);
}

Result<void> check_rows(Head const& expected, std::vector<Row> const& rows) {
    if (rows.size() > limits::batch_entries) return fail(errc::too_large, "a batch holds too many entries");
    Seq next = expected.size;
    for (auto const& row : rows) {
        auto const at = "entry " + std::to_string(row.seq);
        if (row.seq != next++) return wrong(at + ": it does not follow the one before it");
        if (row.bytes.empty()) return wrong(at + ": it is empty");
        if (row.bytes.size() > limits::entry_bytes) return fail(errc::too_large, at + " is too large");
        if (leaf_hash(row.bytes) != row.leaf) return wrong(at + ": its leaf hash is not the hash of its bytes");
    }
    return {};
}

Result<void> check_tiles(std::vector<TileRow> const& tiles, merkle::Size size) {
    for (auto const& tile : tiles) {
        bool const whole = tile.hashes.size() == tile::full_bytes && tile.level >= 0 && tile.level < 8 && tile.index >= 0 &&
                           tile::width_at(tile.level, tile.index, size) == tile::full_width;
        if (!whole) return wrong("a tile that is not full in this tree");
    }
    return {};
}

}  // namespace

Result<void> check_openings(std::vector<Opening> const& openings, merkle::Size size) {
    for (auto const& opening : openings) {
        if (opening.seq < 0 || opening.seq >= size) return wrong("an opening of an entry that is not in the log");
        if (!opening.pointer.starts_with('/')) return wrong("an opening without a place in its entry");
        if (opening.content.size() > limits::opening_bytes) {
            return fail(errc::too_large, "an opening of entry " + std::to_string(opening.seq) + " is too large");
        }
    }
    return {};
}

Result<void> check_batch(Head const& expected, Batch const& batch) {
    CL_TRY(check_rows(expected, batch.rows));
    auto const size = head_after(expected, batch).size;
    CL_TRY(check_tiles(batch.tiles, size));
    CL_TRY(check_openings(batch.openings, size));
    if (!batch.message_ids.empty() && size == 0) return wrong("a message id in an empty log");
    if (batch.checkpoint && (batch.checkpoint->size < 0 || batch.checkpoint->size > size)) {
        return wrong("a checkpoint of a tree larger than the log");
    }
    return {};
}

Head head_after(Head const& expected, Batch const& batch) {
    if (batch.rows.empty()) return expected;
    return Head{expected.size + static_cast<merkle::Size>(batch.rows.size()), batch.rows.back().leaf};
}

}  // namespace cl::log
