// The store of the ledger: an append-only log and the erasable vault beside it. Deliberately tiny, so that another engine can stand
// behind it (docs/architecture.md "Rooms"): append at an expected head, read a range, head, vault put/get/erase.
#pragma once

#include "ledger/core/clock.hpp"
#include "ledger/core/entry.hpp"
#include "ledger/core/hash32.hpp"
#include "ledger/core/merkle.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cl::log {

/// Where the log ends: its size, and the leaf hash of the last entry (zeros when empty).
struct Head {
    merkle::Size size = 0;
    Hash32 leaf;
    friend bool operator==(Head const&, Head const&) = default;
};

struct Row {
    Seq seq = 0;
    std::string bytes;  ///< the entry
    Hash32 leaf;  ///< must be leaf_hash(bytes): append checks it against the bytes that it binds (docs/promises.md "A 201")
};

/// A full tile of hashes, 8,192 bytes.
struct TileRow {
    int level = 0;
    merkle::Size index = 0;
    std::string hashes;
};

/// The opening of a commitment: content and salt, under the entry and the JSON pointer where the commitment stands.
struct Opening {
    Seq seq = 0;
    std::string pointer;
    Hash32 salt;
    std::string content;
    friend bool operator==(Opening const&, Opening const&) = default;
};

/// One accepted message of the message-id window (docs/promises.md "Retries").
struct MessageId {
    Hash32 digest;    ///< ContactKey::message_id
    Hash32 body;      ///< ContactKey::request_body of the message
    Millis time = 0;  ///< accepted at
};

struct StoredCheckpoint {
    merkle::Size size = 0;
    std::string note;
};

/// One transaction's worth: consecutive rows from Head::size on, and what belongs to them.
struct Batch {
    std::vector<Row> rows;
    std::vector<TileRow> tiles;
    std::vector<Opening> openings;
    std::vector<MessageId> message_ids;
    std::optional<StoredCheckpoint> checkpoint;  ///< an earlier batch's checkpoint, stored with this one
};

/// Reading. One object belongs to one thread at a time; every call sees a state at least as new as the last append that was
/// acknowledged before it. All fail with errc::io or errc::store_corrupt.
class LogReader {
public:
    virtual ~LogReader() = default;
    [[nodiscard]] virtual Result<Head> head() = 0;
    /// Nothing for a seq that is not there.
    [[nodiscard]] virtual Result<std::optional<std::string>> entry(Seq seq) = 0;
    /// Visits entries [first, last) in order, in short read transactions; the view dies with the call; stop by returning false.
    [[nodiscard]] virtual Result<void> range(Seq first, Seq last, std::function<bool(Seq, std::string_view)> const& visit) = 0;
    [[nodiscard]] virtual Result<std::optional<std::string>> tile(int level, merkle::Size index) = 0;
    [[nodiscard]] virtual Result<std::optional<StoredCheckpoint>> last_checkpoint() = 0;
    [[nodiscard]] virtual Result<std::optional<Opening>> opening(Seq seq, std::string_view pointer) = 0;
    /// The number of vault rows with seq >= `seq`, and the highest such seq (-1 for none): what a crash or a restore left above the log.
    struct Orphans {
        std::int64_t rows = 0;
        Seq highest = -1;
    };
    [[nodiscard]] virtual Result<Orphans> openings_from(Seq seq) = 0;
    /// The openings of one entry: those that are there, and those that were erased. Not what a batch that a crash undid had under that seq.
    struct OpeningCount {
        std::int64_t kept = 0;
        std::int64_t erased = 0;
    };
    [[nodiscard]] virtual Result<OpeningCount> count_openings(Seq seq) = 0;
    [[nodiscard]] virtual Result<std::optional<MessageId>> message(Hash32 const& digest) = 0;
};

/// The one writer. Belongs to one thread (it may be handed over while nobody calls it).
class LogStore : public LogReader {
public:
    /// Vault COMMIT (only if something is opened), then ledger COMMIT, both durable on return (synchronous=FULL). errc::head_conflict if
    /// the log's head is not `expected`; errc::store_corrupt if a row is not what it claims, too_large over a limit: nothing was
    /// written then. After any other failure of this or another writing call nothing is known about the disk: every later call
    /// fails with errc::writer_stopped.
    [[nodiscard]] virtual Result<void> append(Head const& expected, Batch const& batch) = 0;
    /// Openings only, for what is opened after its entry. Durable on return. One that is there already is left; errc::store_corrupt
    /// if it is another one.
    [[nodiscard]] virtual Result<void> put_openings(std::vector<Opening> const& openings) = 0;
    /// Overwrites the openings of these entries so that their bytes are gone from the file and its WAL. Durable. errc::busy if a reader was in
    /// the way of emptying the WAL, or more is to be read back than goes at once: gone for every reader, but not known of the bytes; call again.
    [[nodiscard]] virtual Result<void> erase_openings(std::vector<Seq> const& seqs) = 0;
    /// A step of the search of the vault's files, byte by byte, for the salts of all openings that were erased since the last search began (content
    /// stands right behind its salt). Reads about `bytes`, so it is called between batches. errc::io: unreadable; nothing is in doubt, the next call begins anew.
    struct Search {
        bool done = true;           ///< there is nothing (more) to be searched for
        std::int64_t searched = 0;  ///< of the search that this step ended: how many salts were looked for
        std::int64_t found = 0;     ///< and how many of them are in a file still
    };
    [[nodiscard]] virtual Result<Search> search_erased(std::size_t bytes) = 0;
    /// Overwrites all openings with seq >= `seq` in the same way, as those of entries that never were, and removes the message ids accepted by a
    /// batch that ended there or later (start-up only, see docs/promises.md "What a crash leaves").
    [[nodiscard]] virtual Result<void> drop_openings_from(Seq seq) = 0;
    /// Forgets message ids accepted before `before`.
    [[nodiscard]] virtual Result<void> forget_messages(Millis before) = 0;
    /// Small steps of housekeeping (WAL checkpoint, PASSIVE); called between batches.
    [[nodiscard]] virtual Result<void> maintain() = 0;
    /// A reader for another thread.
    [[nodiscard]] virtual Result<std::unique_ptr<LogReader>> open_reader() = 0;
};

}  // namespace cl::log
