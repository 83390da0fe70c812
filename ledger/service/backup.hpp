// Backups of a data directory, made beside a running service, and brought back.
//
// A backup is a directory: ledger.db, vault.db and head of one moment, backup.json, which says what it is, SHA256SUMS over all of them, and
// keys/ if that was wished. state.db is left out: it is made anew from the others.
//
// Threads: any; each call blocks until its files are on disk.
#pragma once

#include "ledger/core/clock.hpp"
#include "ledger/core/error.hpp"
#include "ledger/core/hash32.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace cl::service {

struct BackupWish {
    std::filesystem::path data;
    std::filesystem::path to;  ///< absent or an empty directory; not in `data`
    bool with_keys = false;    ///< keys/ too: whoever has the backup can then sign as this ledger, and find numbers
    /// `what` is done for `done` of `of`; may be empty.
    std::function<void(std::string_view what, std::int64_t done, std::int64_t of)> progress;
};

/// What a backup holds.
struct BackupView {
    std::string origin;
    std::int64_t entries = 0;
    Hash32 root;
    std::string checkpoint;  ///< over all of its entries, signed
    Millis made_at = 0;
    bool with_keys = false;
    bool live = false;  ///< a service ran at the begin or the end, or something was appended meanwhile
};

/// All of one moment, whatever is appended meanwhile: every entry that was acknowledged before the call, with its openings. The copy's
/// entries are hashed anew, and their tree must pass through what was signed. The writer is not held up; its write-ahead log is not reset
/// meanwhile. Nothing is left of a backup that failed. errc::io, busy, key_missing, key_mismatch, rollback_detected, chain_broken,
/// store_foreign, store_corrupt; errc::usage for a target in the data directory.
[[nodiscard]] Result<BackupView> make_backup(BackupWish const& wish, Clock const& clock);

/// How the ledger stands that was brought back, to what was signed after the backup.
enum class Continuity : std::uint8_t {
    unknown,  ///< something may have been signed after the backup: a start needs a new origin
    whole,    ///< the caller knows that nothing was: it goes on under its name
    behind,   ///< entries are lost: a start needs a new origin, and records how many were signed
};

struct RestoreWish {
    std::filesystem::path from;
    std::filesystem::path data;                 ///< absent or an empty directory
    std::optional<std::filesystem::path> keys;  ///< of a backup without keys
    /// The newest `head` of the directory that is lost, if that file or a copy of it has survived: what it tells is a lower bound of the
    /// loss, and never that nothing is lost.
    std::optional<std::filesystem::path> head;
    bool nothing_since =
        false;  ///< the caller knows that nothing was appended after the backup, which was made while nobody served
};

struct RestoreView {
    BackupView backup;
    Continuity continuity = Continuity::unknown;
    std::int64_t lost = 0;  ///< of `behind`: entries that were signed and are not there
};

/// Copies a backup to a new data directory. Each file must have the digest of SHA256SUMS; then keys, the ledger's end and the checkpoint
/// are compared as at a start. A ledger that may be older than what it has signed must not sign again under the same name (C2SP
/// tlog-checkpoint): unless `nothing_since`, Service::open wants accept_rollback and a new origin of it. Nothing is left of a restore that
/// failed. errc::io, usage, key_missing, key_mismatch, chain_broken, store_foreign, store_corrupt; errc::rollback_detected if `head` is of
/// another ledger, name or history, or contradicts `nothing_since`.
[[nodiscard]] Result<RestoreView> restore_backup(RestoreWish const& wish);

}  // namespace cl::service
