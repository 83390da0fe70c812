// Private to the room: reading a WAL database without writing anything. SQLite wants to create a -shm (and an empty -wal) beside such
// a file, which alters evidence, and gives up in a read-only directory. `immutable=1` would get past that by ignoring a -wal that is there, and with it committed
// rows. This file system opens nothing for writing, takes no locks, reads the -wal if there is one and stands in an empty one if not.
//
// Only for files that no process has open (no -wal with a -shm beside them): without locks a writer would be met in mid-write.
//
// Threads: any.
#pragma once

namespace cl::sqlite::detail {

/// The name for sqlite3_open_v2, registered with SQLite on first use; null if this SQLite has no such thing.
[[nodiscard]] char const* frozen_vfs() noexcept;

}  // namespace cl::sqlite::detail
