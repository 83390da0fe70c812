// Where things are in a data directory (docs/architecture.md "The data directory"), and small facts about the machine that the service needs.
//
// Threads: plain values and functions, any thread.
#pragma once

#include "ledger/core/error.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace cl::service {

/// The names inside a data directory. Nothing is created or opened.
struct DataDir {
    std::filesystem::path root;

    [[nodiscard]] std::filesystem::path ledger() const { return root / "ledger.db"; }
    [[nodiscard]] std::filesystem::path vault() const { return root / "vault.db"; }
    [[nodiscard]] std::filesystem::path state() const { return root / "state.db"; }
    [[nodiscard]] std::filesystem::path head() const { return root / "head"; }
    [[nodiscard]] std::filesystem::path keys() const { return root / "keys"; }
    [[nodiscard]] std::filesystem::path signing_key() const { return keys() / "signing.key"; }
    [[nodiscard]] std::filesystem::path contact_key() const { return keys() / "contact.key"; }
    [[nodiscard]] std::filesystem::path lock() const { return root / "lock"; }
    [[nodiscard]] std::filesystem::path renaming() const { return root / "renaming"; }  ///< while a new name is taken
    [[nodiscard]] std::filesystem::path last_used() const { return root / "last-used"; }
    [[nodiscard]] std::filesystem::path backup_notice() const { return root / "backup.json"; }  ///< of a backup alone
    [[nodiscard]] std::filesystem::path admin_socket() const { return root / "admin.sock"; }
};

/// errc::io, with what to do, if there is no ledger.db.
[[nodiscard]] Result<void> require_ledger(DataDir const& dir);

/// Identifies this boot of the machine: state.db is not synced, so another boot without a clean shutdown distrusts it. Where the
/// system does not tell, an empty text: callers treat it as a boot that nothing was written in.
[[nodiscard]] std::string boot_id();

/// The origin of a ledger is its key's name (C2SP signed-note): not empty, no space of any kind, no `+`, no control character, valid
/// UTF-8, at most limits::origin_bytes. errc::invalid says which.
[[nodiscard]] Result<void> check_origin(std::string_view origin);

/// Size of a database's file alone, or of its write-ahead log; 0 where there is none.
[[nodiscard]] std::int64_t file_bytes(std::filesystem::path const& path);
[[nodiscard]] std::int64_t wal_bytes(std::filesystem::path const& database);
/// What is left on the volume for us. What cannot be told is not reported as full.
[[nodiscard]] std::int64_t free_bytes(std::filesystem::path const& dir);

}  // namespace cl::service
