// The whole ledger as a static C2SP tlog-tiles directory: checkpoint, tile/<L>/<N>[.p/<W>], tile/entries/<N>[.p/<W>], as any web server
// can serve it. The checkpoint is written last, so that an unfinished directory is none.
#include "ledger/core/tile.hpp"
#include "ledger/service/export_source.hpp"
#include "ledger/service/new_files.hpp"
#include "ledger/service/service.hpp"

#include <string>
#include <system_error>
#include <utility>

namespace cl::service {
namespace {

namespace fs = std::filesystem;

/// A new file of the export, in a directory that is made where it is missing.
Result<void> write_file(fs::path const& path, std::string_view bytes) {
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    if (error) return fail(errc::io, "cannot make a directory of the export: " + error.message());
    return write_new_file(path, bytes, 0644);
}

class TileWriter {
public:
    TileWriter(fs::path output, ExportSource& source) : output_(std::move(output)), source_(&source) {}

    Result<void> entry(Seq seq, std::string_view bytes) {
        CL_TRY(tile::append_to_bundle(bytes, bundle_));
        if ((seq + 1) % tile::full_width != 0) return {};
        CL_TRY(put({tile::entries, seq / tile::full_width, static_cast<int>(tile::full_width)}, bundle_));
        bundle_.clear();
        return full_tiles();
    }

    /// What is partial at the end: a partial entry bundle, and one partial tile for each level that has one.
    Result<void> finish() {
        merkle::Size const size = source_->size();
        int const rest = static_cast<int>(size % tile::full_width);
        if (rest > 0) CL_TRY(put({tile::entries, size / tile::full_width, rest}, bundle_));
        auto const edge = source_->tree().snapshot();
        for (std::size_t level = 0; level < edge->tiles.size(); ++level) {
            int const width = edge->tiles[level]->width();
            merkle::Size const index = size >> (tile::height * (static_cast<int>(level) + 1));
            if (width > 0) CL_TRY(put({static_cast<int>(level), index, width}, edge->tiles[level]->bytes(width)));
        }
        return {};
    }

private:
    Result<void> full_tiles() {
        for (Tree::Full const& full : source_->tree().take_full()) {
            int const width = static_cast<int>(tile::full_width);
            CL_TRY(put({full.level, full.index, width}, full.tile->bytes(width)));
        }
        return {};
    }

    Result<void> put(tile::Coord const& coord, std::string_view bytes) {
        return write_file(output_ / tile::path(coord), bytes);
    }

    fs::path output_;
    ExportSource* source_;
    std::string bundle_;
};

}  // namespace

Result<void> export_tiles(fs::path const& dir, fs::path const& output) {
    std::error_code error;
    if (fs::exists(output, error) && !fs::is_empty(output, error)) {
        return fail(errc::io, "the output is not an empty directory; a tile directory is never written over another");
    }
    CL_TRY_ASSIGN(ExportSource source, ExportSource::open(DataDir{dir}));
    TileWriter tiles(output, source);
    CL_TRY(source.stream([&](Seq seq, std::string_view bytes) { return tiles.entry(seq, bytes); }));
    CL_TRY(tiles.finish());
    CL_TRY(sync_file_system(output));  // before there is a checkpoint
    CL_TRY(write_file(output / "checkpoint", source.checkpoint()));
    return sync_file_system(output);
}

}  // namespace cl::service
