// The LogStore of this program: ledger.db and vault.db. Their format is ledger/core/store_format.hpp.
//
// Threads: each object belongs to one thread at a time; a store and its readers are independent.
#pragma once

#include "ledger/log/log_store.hpp"

#include <filesystem>
#include <memory>

namespace cl::log {

struct SqliteLogPaths {
    std::filesystem::path ledger;
    std::filesystem::path vault;
};

/// Makes both files (mode 0600), empty and on disk on return. errc::io if one of them exists: nothing is overwritten, and if the second
/// cannot be made, the first is removed again.
[[nodiscard]] Result<std::unique_ptr<LogStore>> create_sqlite_log(SqliteLogPaths const& paths);

/// The writer of existing files. The caller holds the data directory's lock: two writers are noticed (errc::head_conflict), not prevented.
/// errc::io, store_foreign, store_corrupt, store_locked.
[[nodiscard]] Result<std::unique_ptr<LogStore>> open_sqlite_log(SqliteLogPaths const& paths);

/// A reader in this or another process, with or without a running writer. Never writes to the databases.
/// errc::io, store_foreign, store_corrupt, busy.
[[nodiscard]] Result<std::unique_ptr<LogReader>> open_log_reader(SqliteLogPaths const& paths);

}  // namespace cl::log
