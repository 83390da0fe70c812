// The service: one writer over one data directory, and readers beside it. Knows nothing of HTTP.
// docs/architecture.md "One POST, through every layer" and "The data directory".
#pragma once

#include "ledger/core/clock.hpp"
#include "ledger/core/error.hpp"
#include "ledger/core/note.hpp"
#include "ledger/core/random.hpp"
#include "ledger/service/counters.hpp"
#include "ledger/service/queries.hpp"
#include "ledger/service/requests.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cl::service {

/// The effects, passed in. All must outlive the service.
struct Environment {
    Clock const& clock;
    Random& random;
    /// Progress and warnings for the operator; one line, no personal value. Any thread.
    std::function<void(std::string_view)> log;
};

/// Makes a new data directory (docs/architecture.md "The data directory"): keys, ledger.db with entry 0 `ledger.created`, vault.db,
/// state.db, head. errc::io or errc::store_foreign where something is there already; what it made before a failure is removed.
[[nodiscard]] Result<void> init_data_dir(std::filesystem::path const& dir, std::string const& origin, Environment const& env);

struct Options {
    /// Start although head is ahead of, beside or without the ledger. The override becomes an entry `ledger.restored`, and it needs
    /// `new_origin`: under the old one the next checkpoint could contradict one that was signed before (C2SP tlog-checkpoint forbids it).
    bool accept_rollback = false;
    std::string new_origin;     ///< with accept_rollback: a name that this ledger never had
    bool accept_clock = false;  ///< start writing although the clock is behind the last entry by more than a minute
    Millis verify_every = 0;    ///< the whole log is verified after the start, and this long after each end; 0 = never
};

/// What came of verifying the whole log while it is served, since the start.
struct ChainStats {
    std::int64_t verified = 0;   ///< checks that found all well
    std::int64_t broken = 0;     ///< checks that found the log altered or damaged
    std::int64_t unread = 0;     ///< checks that could not read to the end
    Millis last_verified = 0;    ///< when the last of the first kind ended; 0 = none
    std::int64_t last_size = 0;  ///< entries under the checkpoint that it confirmed
};

/// Counters for metrics and `status`.
struct Stats {
    std::int64_t size = 0;      ///< entries
    std::int64_t appended = 0;  ///< since start
    std::int64_t replayed = 0;
    std::int64_t refused = 0;
    std::int64_t batches = 0;
    std::int64_t queue_items = 0;
    std::int64_t ignored_senders = 0;  ///< inbound messages without a phone number as sender
    Millis last_append = 0;
    Millis last_checkpoint = 0;  ///< when the newest one was signed
    std::vector<AppendCount> appends;
    HistogramCount append_seconds;  ///< a request's time from the queue to the disk
    HistogramCount batch_entries;   ///< entries that one COMMIT made durable
    std::int64_t ledger_bytes = 0;  ///< of the database with its write-ahead log
    std::int64_t vault_bytes = 0;
    std::int64_t state_bytes = 0;
    std::int64_t ledger_wal_bytes = 0;  ///< of the write-ahead log alone
    std::int64_t vault_wal_bytes = 0;
    std::int64_t state_wal_bytes = 0;
    std::int64_t disk_free_bytes = 0;  ///< that we may use
    std::optional<ChainStats> chain;   ///< nothing where it is not verified (Options::verify_every)
};

/// One thing that must be well, and what is wrong with it. The words are for anybody: no path, no secret.
struct Check {
    std::string_view name;
    std::optional<Error> failure;
};

/// A new token: `text` is shown once.
struct NewToken {
    std::string id;
    std::string text;  ///< cl_<id>_<secret><crc32>
};

/// Thread-safe: any thread may call any member, except where noted.
class Service {
public:
    /// Takes the lock, checks keys, head, openings and tail, rebuilds state.db where needed (on the writer thread: ready() is false
    /// meanwhile), starts the writer. Each refusal says what to do: store_locked, store_foreign, key_missing, key_mismatch,
    /// rollback_detected, vault_orphans, chain_broken, clock_jump.
    [[nodiscard]] static Result<std::unique_ptr<Service>> open(std::filesystem::path const& dir, Environment const& env,
                                                               Options const& options);
    virtual ~Service() = default;

    virtual void append(AppendRequest request, AppendDone done) = 0;
    virtual void inbound(InboundRequest request, InboundDone done) = 0;
    /// Defines the account if it is new (unless it is `*`) and creates a token. Blocks until durable. errc::invalid: no account id, or
    /// an end that has passed.
    [[nodiscard]] virtual Result<NewToken> create_token(TokenWish const& wish) = 0;
    /// Creates a token in the place of another one, whose end it sets; both entries in one transaction. Blocks until durable.
    /// errc::not_found; errc::invalid: the old one is no longer in force, the overlap or the end cannot be meant.
    [[nodiscard]] virtual Result<NewToken> rotate_token(TokenRotation const& rotation) = 0;
    /// Revokes: no request that comes after the answer is taken. Again: as the first time, and no entry. `account`: the token must be of
    /// this account alone; empty = any. Blocks until durable. errc::not_found.
    [[nodiscard]] virtual Result<TokenView> revoke_token(std::string const& id, std::string const& account,
                                                         Principal const& by) = 0;
    /// The first `limit` tokens after the id `after`; with an `account`, those of it.
    [[nodiscard]] virtual TokenPage tokens(std::string const& account, std::string const& after, std::size_t limit) const = 0;

    /// Checks a bearer token: form and checksum, known, secret in constant time, not revoked, not expired. That it was used is noted.
    [[nodiscard]] virtual Authentication authenticate(std::string_view bearer) const = 0;
    /// Whether a token that was authenticated before would be now.
    [[nodiscard]] virtual bool in_force(std::string_view token) const = 0;
    /// Whether there is an account of that name. From memory.
    [[nodiscard]] virtual bool knows_account(std::string_view account) const = 0;

    /// The newest signed checkpoint (never ahead of what is durable).
    [[nodiscard]] virtual std::string checkpoint() const = 0;
    [[nodiscard]] virtual note::VerifierKey verifier_key() const = 0;
    [[nodiscard]] virtual std::string origin() const = 0;
    /// Calls `listener` with each account of which new entries have just been published, on the writer's thread, which it must not keep.
    /// One listener; empty = none. When this returns, the former one is not being called and will not be.
    virtual void on_published(std::function<void(std::string_view account)> listener) = 0;
    /// What must be well, in a fixed order: `writer` (started, not stopped, not stalled: errc::not_ready with progress, or writer_stopped),
    /// then what the next start needs, while appends are still taken: `disk` (limits::disk_spare_bytes left), `databases`, `lock`,
    /// `signing_key`, `contact_key`, `head`. These are looked at once a second at most. Last `chain`: the log as it was last verified, once
    /// it was.
    [[nodiscard]] virtual std::vector<Check> checks() const = 0;
    /// Nothing if requests can be served and a restart would succeed; else the first failure of checks().
    [[nodiscard]] virtual std::optional<Error> readiness() const = 0;
    /// Blocks until ready() or a failure of the start-up.
    [[nodiscard]] virtual Result<void> wait_until_ready() = 0;
    [[nodiscard]] virtual Stats stats() const = 0;
    [[nodiscard]] virtual Result<std::unique_ptr<Queries>> make_queries() = 0;

    /// Finishes what is queued, flushes, writes head, releases the lock. Idempotent; later appends get errc::not_ready. Also done by the
    /// destructor.
    virtual void stop() = 0;
};

/// What can be told of a data directory without taking its lock.
struct DirStatus {
    std::string origin;
    std::int64_t size = 0;
    std::optional<Millis> last_recorded;
    Hash32 root;
    std::string vkey;
    int server_pid = 0;             ///< who holds the lock; 0 = nobody, -1 = a process that has not said which it is
    std::vector<Check> checks;      ///< of what a start needs, as Service::checks without `writer`
    std::int64_t ledger_bytes = 0;  ///< each database with its write-ahead log
    std::int64_t vault_bytes = 0;
    std::int64_t state_bytes = 0;
    std::int64_t disk_free_bytes = 0;
    /// Why nothing can be told of the ledger itself: then origin, size, last_recorded, root and vkey are empty.
    std::optional<Error> unreadable;
};
/// Reads beside a running server (read-only). errc::io where there is no ledger, and nobody holds the directory.
[[nodiscard]] Result<DirStatus> read_status(std::filesystem::path const& dir);

/// What can be asked of a data directory without its lock, all about one checkpoint: the ledger's end when it was opened. Belongs to one
/// thread.
class ReadOnly {
public:
    virtual ~ReadOnly() = default;
    [[nodiscard]] virtual Queries& queries() noexcept = 0;
    [[nodiscard]] virtual std::string origin() const = 0;
    [[nodiscard]] virtual note::VerifierKey verifier_key() const = 0;
};
/// Works beside a running server. The projections are rebuilt in a directory of its own below `scratch`, gone with the object; they hold
/// pseudonyms, no number. The ledger's end is checked as at start, and its checkpoint signed with the key in `dir`.
/// errc::io, store_foreign, key_missing, key_mismatch, rollback_detected, chain_broken, store_corrupt.
[[nodiscard]] Result<std::unique_ptr<ReadOnly>> open_read_only(std::filesystem::path const& dir,
                                                               std::filesystem::path const& scratch, Environment const& env);

/// A service on a data directory as it is now, without its lock and beside a running server, that does everything as that directory's own
/// would and records nothing: what is appended stands in a nameless file below `scratch`, is signed by a key of nobody's under an origin of
/// nobody's, and is gone with the object. Its checks() are about that, and mean nothing. Errors as open_read_only.
[[nodiscard]] Result<std::unique_ptr<Service>> open_rehearsal(std::filesystem::path const& dir,
                                                              std::filesystem::path const& scratch, Environment const& env);

/// Whole-ledger NDJSON with trailer (docs/format.md "NDJSON export"), or a static C2SP tile directory; works beside a running server (read-only).
/// `write` receives whole lines, each with its line end. The checkpoint covers every entry of the export and is signed with the key in
/// `dir`, after the same comparison with head as at start.
[[nodiscard]] Result<void> export_ndjson(std::filesystem::path const& dir,
                                         std::function<Result<void>(std::string_view)> const& write);
[[nodiscard]] Result<void> export_tiles(std::filesystem::path const& dir, std::filesystem::path const& output);

}  // namespace cl::service
