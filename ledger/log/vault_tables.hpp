// Private to the room: the statements of vault.db, the only place that knows its SQL.
//
// Threads: as the connection they were prepared on.
#pragma once

#include "ledger/log/log_store.hpp"
#include "ledger/sqlite/connection.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace cl::log {

/// Each half by an index of its own. An erased row whose pointer does not begin with '/' is of an entry that never was.
inline constexpr char count_openings_sql[] =
    "SELECT (SELECT count(*) FROM openings WHERE seq = ?1 AND erased = 0), (SELECT count(DISTINCT pointer) FROM openings "
    "WHERE seq = ?1 AND erased = 1 AND pointer >= '/' AND pointer < '0')";

/// What a reader does; the results are LogReader's.
class VaultReads {
public:
    [[nodiscard]] static Result<VaultReads> prepare(sqlite::Connection& connection);

    [[nodiscard]] Result<std::optional<Opening>> opening(Seq seq, std::string_view pointer);
    [[nodiscard]] Result<LogReader::OpeningCount> count_openings(Seq seq);
    /// Counts message ids too: they are rows of the same undone batch.
    [[nodiscard]] Result<LogReader::Orphans> rows_from(Seq seq);
    [[nodiscard]] Result<std::optional<MessageId>> message(Hash32 const& digest);
    /// Visits the beginnings of the salts (erased_search.hpp) of the openings that stand, at most `most` of those behind row `after`. Returns the
    /// last one's row; -1 at the end.
    [[nodiscard]] Result<std::int64_t> salts(std::int64_t after, std::int64_t most,
                                             std::function<void(std::uint64_t)> const& visit);

private:
    struct Statements {
        sqlite::Statement opening;
        sqlite::Statement count_openings;
        sqlite::Statement openings_from;
        sqlite::Statement messages_from;
        sqlite::Statement message;
        sqlite::Statement salts;
    };
    explicit VaultReads(Statements statements) noexcept : statements_(std::move(statements)) {}

    Statements statements_;
};

/// What the writer does, inside the caller's transaction.
class VaultWrites {
public:
    [[nodiscard]] static Result<VaultWrites> prepare(sqlite::Connection& connection);

    /// errc::store_corrupt if an opening is there already.
    [[nodiscard]] Result<void> insert(std::vector<Opening> const& openings);
    /// `last` is the last entry of the batch that accepted the messages. A message that was accepted before (and is out of its window)
    /// is replaced.
    [[nodiscard]] Result<void> insert(std::vector<MessageId> const& messages, Seq last);
    /// What was overwritten: where it stood, and a piece of its salt, to search the files for.
    struct Erased {
        std::int64_t rowid = 0;
        std::uint64_t piece = 0;  ///< erased_search.hpp
    };
    /// Overwrites the openings of these entries with zeros, in place (store_format.hpp says why), and appends what they were.
    [[nodiscard]] Result<void> erase(std::vector<Seq> const& seqs, std::vector<Erased>& erased);
    /// The same for every entry from `seq` on, which the ledger does not have, and so that the rows count for no entry that it will have. Deletes
    /// the message ids from there on.
    [[nodiscard]] Result<void> erase_from(Seq seq, std::vector<Erased>& erased);
    /// True if the row is marked as erased and holds nothing but zeros.
    [[nodiscard]] Result<bool> is_erased(std::int64_t rowid);
    [[nodiscard]] Result<void> forget_messages(Millis before);

private:
    struct Statements {
        sqlite::Statement opening;
        sqlite::Statement message;
        sqlite::Statement find;
        sqlite::Statement overwrite;
        sqlite::Statement overwrite_orphan;
        sqlite::Statement read_back;
        sqlite::Statement drop_messages;
        sqlite::Statement forget;
    };
    explicit VaultWrites(Statements statements) noexcept : statements_(std::move(statements)) {}
    [[nodiscard]] Result<void> overwrite(Seq first, Seq last, sqlite::Statement& how, std::vector<Erased>& erased);

    Statements statements_;
};

}  // namespace cl::log
