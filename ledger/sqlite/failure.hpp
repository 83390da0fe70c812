// Private to the room: SQLite's result codes as cl::Error. No other room sees a result code.
//
// Threads: as the connection whose handle is passed.
#pragma once

#include "ledger/core/error.hpp"

#include <string>
#include <string_view>

struct sqlite3;

namespace cl::sqlite::detail {

/// The error for `code` (an extended result code) of `handle`, which may be null. `doing` is a few words of ours; SQLite's message is
/// added. SQLite's messages name tables and columns, never the values of a row.
///   SQLITE_BUSY on the write lock  store_locked      other SQLITE_BUSY, SQLITE_LOCKED   busy
///   SQLITE_CORRUPT, _CONSTRAINT    store_corrupt     SQLITE_NOTADB                      store_foreign
///   SQLITE_TOOBIG                  store_corrupt     everything else                    io
[[nodiscard]] Error failure(sqlite3* handle, int code, std::string_view doing);

/// `text` for a message: at most 200 bytes, printable ASCII; the rest becomes `?`. A hostile file chooses its own names.
[[nodiscard]] std::string printable(std::string_view text);

/// Runs literal SQL text, dropping rows.
[[nodiscard]] Result<void> execute(sqlite3* handle, char const* sql, std::string_view doing);

}  // namespace cl::sqlite::detail
