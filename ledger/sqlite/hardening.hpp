// Private to the room: what every connection is set to before anybody uses it.
//
// Threads: as the connection whose handle is passed.
#pragma once

#include "ledger/core/error.hpp"
#include "ledger/sqlite/connection.hpp"

struct sqlite3;

namespace cl::sqlite::detail {

enum class Trust { own, own_read_only, hostile };

/// sqlite.org/security.html, point by point; before the first read of the file. errc::io if a setting does not take.
[[nodiscard]] Result<void> harden(sqlite3* handle, Trust trust);

/// The owner's settings, read back. Only on a file that is known to be ours: journal_mode writes to it.
[[nodiscard]] Result<void> configure_owner(sqlite3* handle, Settings const& settings);
/// The reader's part of them.
[[nodiscard]] Result<void> configure_reader(sqlite3* handle, Settings const& settings);

/// Only while the file is empty.
[[nodiscard]] Result<void> set_page_size(sqlite3* handle, int bytes);
/// Stamps a new file, inside the transaction that makes its schema.
[[nodiscard]] Result<void> stamp(sqlite3* handle, std::int32_t application_id, std::int32_t user_version);
/// No locks and the WAL's index in memory, for a read-only directory (frozen_vfs.hpp).
[[nodiscard]] Result<void> use_private_wal_index(sqlite3* handle);

}  // namespace cl::sqlite::detail
