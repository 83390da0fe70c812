// Private to the room: the two things about files that SQLite leaves to us.
//
// Threads: any.
#pragma once

#include "ledger/core/error.hpp"

#include <filesystem>

namespace cl::sqlite::detail {

/// An empty file of mode 0600, whatever the umask. errc::io if it exists or cannot be made. Its name is durable after sync_directory; its
/// content is synced by SQLite's commit and checkpoint (opening and closing the file for that would drop SQLite's POSIX locks on it).
[[nodiscard]] Result<void> create_empty(std::filesystem::path const& path);

/// errc::io unless there is a regular file: SQLite would hang on a pipe and read a device.
[[nodiscard]] Result<void> require_regular_file(std::filesystem::path const& path);

}  // namespace cl::sqlite::detail
