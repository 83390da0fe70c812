// Private to the room: the statements of vault.db, the only place that knows its SQL.
//
// Threads: as the connection they were prepared on.
#pragma once

#include "ledger/log/log_store.hpp"
#include "ledger/sqlite/connection.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace cl::log {

/// What a reader does; the results are LogReader's.
class VaultReads {
public:
    [[nodiscard]] static Result<VaultReads> prepare(sqlite::Connection& connection);

    [[nodiscard]] Result<std::optional<Opening>> opening(Seq seq, std::string_view pointer);
    [[nodiscard]] Result<LogReader::OpeningCount> count_openings(Seq seq);
    /// Counts message ids too: they are rows of the same undone batch.
    [[nodiscard]] Result<LogReader::Orphans> rows_from(Seq seq);
    [[nodiscard]] Result<std::optional<MessageId>> message(Hash32 const& digest);
    /// How many of these (erased_search.hpp) begin the salt of no opening that stands. Reads the whole table, once.
    [[nodiscard]] Result<std::int64_t> not_standing(std::vector<std::uint64_t> pieces);

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
    /// The same for every entry from `seq` on, and deletes the message ids from there on.
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
        sqlite::Statement read_back;
        sqlite::Statement drop_messages;
        sqlite::Statement forget;
    };
    explicit VaultWrites(Statements statements) noexcept : statements_(std::move(statements)) {}
    [[nodiscard]] Result<void> overwrite(Seq first, Seq last, std::vector<Erased>& erased);

    Statements statements_;
};

}  // namespace cl::log
