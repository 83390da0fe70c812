// Private to the room: files that are made whole and never written over.
//
// Threads: any.
#pragma once

#include "ledger/core/error.hpp"
#include "ledger/core/hash32.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace cl::service {

/// A new file with these bytes; on disk after sync_file_system. errc::io, above all if it exists.
[[nodiscard]] Result<void> write_new_file(std::filesystem::path const& path, std::string_view bytes, unsigned mode);

/// Copies a regular file to a new one of mode 0600, on disk after sync_file_system; the SHA-256 of what was written. errc::io.
[[nodiscard]] Result<Hash32> copy_new_file(std::filesystem::path const& from, std::filesystem::path const& to);

/// SHA-256 of a regular file's content. errc::io.
[[nodiscard]] Result<Hash32> digest_of_file(std::filesystem::path const& path);

/// A small regular file's content. errc::io; errc::too_large.
[[nodiscard]] Result<std::string> read_small_file(std::filesystem::path const& path, std::size_t most_bytes);

/// Everything that was written to the file system of `dir` is on disk on return (syncfs(2)): one call for many files. errc::io.
[[nodiscard]] Result<void> sync_file_system(std::filesystem::path const& dir);

/// A new directory of mode 0700. errc::io, above all if it exists.
[[nodiscard]] Result<void> make_private_directory(std::filesystem::path const& path);

/// Removes what a reader leaves beside a database that has nothing in its write-ahead log: it cannot tidy up behind itself.
void remove_empty_wal(std::filesystem::path const& database);

/// What `named` will be once it is made, whether it is there or not: absolute, the links and dots that lead to it resolved as the system
/// does, its own last name as it is. errc::io if what leads to it is not there.
[[nodiscard]] Result<std::filesystem::path> place_of(std::filesystem::path const& named);

/// A directory in the making: `target` with `.part` behind it, which gets its name when it is whole, and is removed if it never does.
class PartDirectory {
public:
    /// Of the place of `named` (place_of). errc::io unless it is absent or an empty directory, and if a `.part` is in the way.
    [[nodiscard]] static Result<PartDirectory> make(std::filesystem::path const& named);
    PartDirectory(PartDirectory&& other) noexcept;
    PartDirectory& operator=(PartDirectory&&) = delete;
    PartDirectory(PartDirectory const&) = delete;
    PartDirectory& operator=(PartDirectory const&) = delete;
    ~PartDirectory();

    [[nodiscard]] std::filesystem::path const& path() const noexcept { return part_; }
    /// Gives it its name; durable on return. errc::io: it does not have the name, or, where even that cannot be undone, the error says so.
    [[nodiscard]] Result<void> keep();

private:
    explicit PartDirectory(std::filesystem::path target);

    std::filesystem::path target_;
    std::filesystem::path part_;  ///< empty once it was kept
};

}  // namespace cl::service
