// The whole ledger as a static C2SP tlog-tiles directory: checkpoint, tile/<L>/<N>[.p/<W>], tile/entries/<N>[.p/<W>], as any web server
// can serve it. The checkpoint is written last, so that an unfinished directory is none.
#include "ledger/core/tile.hpp"
#include "ledger/service/export_source.hpp"
#include "ledger/service/service.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

namespace cl::service {
namespace {

namespace fs = std::filesystem;

Error io_error(std::string const& what, int error) {
    return fail(errc::io, "cannot " + what + ": " + std::generic_category().message(error));
}

/// A new file with these bytes; never over one that is there.
Result<void> write_file(fs::path const& path, std::string_view bytes) {
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    if (error) return io_error("make a directory of the export", error.value());
    int const fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (fd < 0) return io_error("create a file of the export", errno);
    while (!bytes.empty()) {
        ssize_t const written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) {
            int const reason = errno;
            ::close(fd);
            return io_error("write a file of the export", reason);
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::close(fd) != 0) return io_error("close a file of the export", errno);
    return {};
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

/// Everything written so far is on the disk before the checkpoint is.
Result<void> sync_file_system(fs::path const& dir) {
    int const fd = ::open(dir.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return io_error("open the export's directory", errno);
    bool const synced = ::syncfs(fd) == 0;
    int const reason = errno;
    ::close(fd);
    return synced ? Result<void>{} : Result<void>(io_error("sync the export", reason));
}

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
    CL_TRY(sync_file_system(output));
    CL_TRY(write_file(output / "checkpoint", source.checkpoint()));
    return sync_file_system(output);
}

}  // namespace cl::service
