// A bundle as a set of files within one folder: a zip, or the folder that somebody unpacked it to. Whatever is opened here was handed over
// by somebody: names, sizes and structure are taken for hostile.
//
// Threads: an Archive does not change after opening; each stream belongs to one thread.
#pragma once

#include "ledger/core/error.hpp"
#include "verify/byte_stream.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cl::verify::bundle {

struct ArchiveFile {
    std::string name;  ///< within the folder, `/` between its parts; checked by check_name()
    std::int64_t size = 0;
    friend bool operator==(ArchiveFile const&, ArchiveFile const&) = default;
};

class Archive {
public:
    virtual ~Archive() = default;
    /// The name of the one folder.
    [[nodiscard]] virtual std::string const& folder() const = 0;
    /// By name, each once, at most limits::bundle_files.
    [[nodiscard]] virtual std::vector<ArchiveFile> const& files() const = 0;
    /// The bytes of a file, exactly ArchiveFile::size of them; the stream fails with errc::store_corrupt where it holds others than the
    /// archive says. errc::not_found.
    [[nodiscard]] virtual Result<std::unique_ptr<ByteStream>> open(std::string_view name) const = 0;
    /// True if it was written to since it was opened: what was read is of no one moment.
    [[nodiscard]] virtual bool disturbed() const = 0;
};

/// True if `path` starts as a zip does, or is a folder with a bagit.txt or a data/manifest.json.
[[nodiscard]] bool is_bundle(std::filesystem::path const& path);

/// Opens either. errc::store_corrupt if it contradicts itself (INT-060); errc::store_foreign, too_large, io, not_found if it is nothing that
/// this program reads (exit 3).
[[nodiscard]] Result<std::unique_ptr<Archive>> open_archive(std::filesystem::path const& path);
[[nodiscard]] Result<std::unique_ptr<Archive>> open_zip(std::filesystem::path const& path);
[[nodiscard]] Result<std::unique_ptr<Archive>> open_folder(std::filesystem::path const& path);

/// A relative name of printable ASCII with `/` between its parts, none of them empty, `.` or `..`, no backslash and no colon: what every
/// system unpacks to the same place, below the folder that it is unpacked in. errc::store_corrupt.
[[nodiscard]] Result<void> check_name(std::string_view name);

/// A small file whole. errc::too_large above `most` bytes, and as open() and its stream fail.
[[nodiscard]] Result<std::string> read_whole(Archive const& archive, std::string_view name, std::size_t most);

}  // namespace cl::verify::bundle
