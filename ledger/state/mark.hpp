// The one row of state.db that says what the file belongs to, how far it reaches, and whether it was closed cleanly; and the order of
// syncs that makes the clean mark worth something in a file that is otherwise never synced.
//
// Threads: as the connection.
#pragma once

#include "ledger/sqlite/connection.hpp"
#include "ledger/state/projections.hpp"

#include <string>

namespace cl::state {

struct Meta {
    Identity identity;
    bool clean = false;
    Watermark watermark;
};

/// errc::store_corrupt unless there is exactly the one row, with sensible values.
[[nodiscard]] Result<Meta> read_meta(sqlite::Connection& connection);

/// Into a new file: no mark, watermark 0. Durable on return if the connection is `full`.
[[nodiscard]] Result<void> insert_meta(sqlite::Connection& connection, Identity const& identity);

/// Takes the mark away, and notes this boot. On return the file itself (not only its WAL) has no mark on the disk, so no order in which
/// later unsynced pages reach the disk can bring it back. Leaves the connection at synchronous=OFF.
[[nodiscard]] Result<void> clear_mark(sqlite::Connection& connection, std::string const& boot_id);

/// Syncs all pages of the file, then sets the mark and syncs that. Leaves the connection at synchronous=FULL.
[[nodiscard]] Result<void> set_mark(sqlite::Connection& connection);

}  // namespace cl::state
