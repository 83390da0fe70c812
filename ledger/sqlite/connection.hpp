// A connection to one database file, opened in one of three ways, hardened and configured before it is handed out. Every setting that
// matters is read back: SQLite ignores a pragma that it cannot obey.
//
// Threads: a Connection, its statements and its transactions belong to one thread at a time (SQLITE_OPEN_NOMUTEX); they may be handed
// over while nobody uses them. Different connections are independent.
#pragma once

#include "ledger/core/error.hpp"
#include "ledger/sqlite/sql.hpp"
#include "ledger/sqlite/statement.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

struct sqlite3;

namespace cl::sqlite {

/// When a commit is on disk (only `full` survives a power cut).
enum class Synchronous { off, normal, full };

/// What makes a file ours: checked on every open, in this order.
struct Identity {
    std::string_view what;  ///< for messages: "ledger.db"
    std::int32_t application_id = 0;
    std::int32_t user_version = 0;  ///< the format version of the file
    Sql schema;                     ///< the exact CREATE statements
    /// Those that this version added to the one before it, none if empty. A file of that one is ours as well: readers take it as it is, and its
    /// owner adds them.
    Sql added = "";
};

/// How the owner of a file runs it. Always: WAL, wal_autocheckpoint=0 (call checkpoint()), recursive_triggers, temp_store=MEMORY.
struct Settings {
    int page_size = 4096;  ///< fixed at creation; a power of two, 512 to 65,536
    Synchronous synchronous = Synchronous::full;
    bool secure_delete = false;  ///< overwrite deleted content with zeros
    std::int64_t cache_bytes = 64LL << 20;
    std::int64_t mmap_bytes = 0;               ///< 0 = off: an I/O error is then an error, not a SIGBUS
    int busy_ms = 5'000;                       ///< how long a statement waits for another connection's lock
    std::int64_t wal_bytes_kept = 64LL << 20;  ///< journal_size_limit: what a WAL reset leaves of the file
};

enum class CheckpointMode { passive, truncate };

/// The two files that hold a database's bytes.
enum class RawFile { database, wal };

/// What a checkpoint did, in pages: done when moved == wal.
struct CheckpointResult {
    int wal = 0;
    int moved = 0;
};

class Connection {
public:
    /// Makes a new file (mode 0600) with this identity and schema, on disk on return, and opens it as its owner.
    /// errc::io if it cannot, above all if the file exists: nothing is ever overwritten.
    [[nodiscard]] static Result<Connection> create(std::filesystem::path const& path, Settings const& settings,
                                                   Identity const& identity);
    /// The owner of an existing file: reads, writes, checkpoints. Exactly one process at a time may own a file (the caller's lock file
    /// sees to it), and in it exactly one connection: SQLite before 3.51.3 can corrupt a WAL that two connections write and reset.
    /// Brings a file of the version before this one up to date (Identity::added). errc::io, store_foreign, store_corrupt, store_locked.
    [[nodiscard]] static Result<Connection> open_owner(std::filesystem::path const& path, Settings const& settings,
                                                       Identity const& identity);
    /// A reader of our own file, beside its owner or alone: never writes, never checkpoints. Of `settings` it takes cache, mmap and
    /// busy. errc::io, store_foreign, store_corrupt, busy.
    [[nodiscard]] static Result<Connection> open_reader(std::filesystem::path const& path, Settings const& settings,
                                                        Identity const& identity);
    /// A file that somebody hands over: read-only, defensive, nothing in its schema can run, every size limited. Reads the -wal beside
    /// it and makes no file: one that no program has open (no -wal and -shm both) is read without locks, see disturbed(); else the
    /// -wal and -shm that are there are used. Identity is not checked: call check_identity and quick_check. errc::io if missing, no regular file or unreadable; store_foreign if no database.
    [[nodiscard]] static Result<Connection> open_hostile(std::filesystem::path const& path);
    /// Of open_hostile: true if a file that lay still when it was opened was opened by another program or changed since. What was
    /// read before may then be of more than one moment.
    [[nodiscard]] bool disturbed() const noexcept;
    /// An empty database in memory, with the same hardening.
    [[nodiscard]] static Result<Connection> memory();

    Connection(Connection&&) noexcept;
    Connection& operator=(Connection&&) noexcept;
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;
    /// An owner's clean close moves the whole WAL into the file and removes it if no other connection is open.
    ~Connection();

    /// Statements are few and kept: prepare each once. errc::io, store_corrupt.
    [[nodiscard]] Result<Statement> prepare(Sql sql);
    /// Runs one or more statements, dropping rows.
    [[nodiscard]] Result<void> exec(Sql sql);

    /// PASSIVE moves what it can without waiting; TRUNCATE waits (up to busy_ms) for readers, moves everything and cuts the -wal to
    /// nothing: errc::busy if a reader did not let it. Owner only, outside transactions.
    [[nodiscard]] Result<CheckpointResult> checkpoint(CheckpointMode mode);
    /// How long a statement or a checkpoint waits for another connection's lock from now on.
    void wait_for_locks(int busy_ms) noexcept;
    /// The bytes of a file as they are, whatever the database makes of them: fills the front of `out` and returns how many were there, 0 at
    /// the file's end. By SQLite's own handle, so that no lock is lost. errc::io.
    [[nodiscard]] Result<std::size_t> read_raw(RawFile file, std::int64_t offset, std::span<char> out);
    /// Pages in the WAL after the last commit of this connection.
    [[nodiscard]] int wal_pages() const noexcept;
    /// From now on closing leaves the WAL alone, for an owner that no longer knows what is on the disk.
    void leave_wal_on_close() noexcept;

    /// True between BEGIN and COMMIT or ROLLBACK, also when SQLite rolled back by itself in between (then false).
    [[nodiscard]] bool in_transaction() const noexcept;
    /// Rows changed by the last INSERT, UPDATE or DELETE.
    [[nodiscard]] std::int64_t changes() const noexcept;

private:
    friend Result<void> check_identity(Connection& connection, Identity const& identity);
    friend Result<void> copy_database(Connection& source, std::filesystem::path const& to,
                                      std::function<void(std::int64_t done, std::int64_t of)> const& progress);
    friend class Transaction;
    struct State;
    explicit Connection(std::unique_ptr<State> state) noexcept;
    /// Makes of a file of the version before this one a file of this version, in one transaction.
    [[nodiscard]] Result<void> bring_up_to_date(Identity const& identity);

    std::unique_ptr<State> state_;
};

/// Compares application id, format version, text encoding and the whole schema of that version, text by text. errc::store_foreign says what differs and
/// what to do; errc::store_corrupt if the file cannot be read as a database at all.
[[nodiscard]] Result<void> check_identity(Connection& connection, Identity const& identity);

/// SQLite's own check of the file's structure (PRAGMA quick_check). errc::store_corrupt with the first complaint. Reads the whole file.
[[nodiscard]] Result<void> quick_check(Connection& connection);

}  // namespace cl::sqlite
