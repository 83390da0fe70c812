// Private to the room: the statements of ledger.db, the only place that knows its SQL.
//
// Threads: as the connection they were prepared on.
#pragma once

#include "ledger/log/log_store.hpp"
#include "ledger/sqlite/connection.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cl::log {

/// What a reader does; the results are LogReader's.
class LedgerReads {
public:
    [[nodiscard]] static Result<LedgerReads> prepare(sqlite::Connection& connection);

    [[nodiscard]] Result<Head> head();
    [[nodiscard]] Result<std::optional<std::string>> entry(Seq seq);
    [[nodiscard]] Result<void> range(Seq first, Seq last, std::function<bool(Seq, std::string_view)> const& visit);
    [[nodiscard]] Result<std::optional<std::string>> tile(int level, merkle::Size index);
    [[nodiscard]] Result<std::optional<StoredCheckpoint>> last_checkpoint();

private:
    struct Statements {
        sqlite::Statement last;
        sqlite::Statement one;
        sqlite::Statement run;
        sqlite::Statement tile;
        sqlite::Statement checkpoint;
    };
    explicit LedgerReads(Statements statements) noexcept : statements_(std::move(statements)) {}

    Statements statements_;
};

/// What an append does, inside the caller's transaction.
class LedgerWrites {
public:
    [[nodiscard]] static Result<LedgerWrites> prepare(sqlite::Connection& connection);

    [[nodiscard]] Result<void> insert(std::vector<Row> const& rows);
    [[nodiscard]] Result<void> insert(std::vector<TileRow> const& tiles);
    /// A checkpoint of a size that is already there is left as it is: both are signed over the same tree.
    [[nodiscard]] Result<void> insert(StoredCheckpoint const& checkpoint);

private:
    struct Statements {
        sqlite::Statement entry;
        sqlite::Statement tile;
        sqlite::Statement checkpoint;
    };
    explicit LedgerWrites(Statements statements) noexcept : statements_(std::move(statements)) {}

    Statements statements_;
};

}  // namespace cl::log
