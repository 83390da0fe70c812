#include "ledger/sqlite/connection.hpp"

#include "ledger/sqlite/connection_state.hpp"
#include "ledger/sqlite/failure.hpp"

#include <sqlite3.h>

#include <utility>

namespace cl::sqlite {

Connection::Connection(std::unique_ptr<State> state) noexcept : state_(std::move(state)) {}
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;
Connection::~Connection() = default;

Result<Statement> Connection::prepare(Sql sql) {
    auto const text = sql.text();
    sqlite3_stmt* raw = nullptr;
    char const* rest = nullptr;
    int const code =
        sqlite3_prepare_v3(state_->handle, text.data(), static_cast<int>(text.size()), SQLITE_PREPARE_PERSISTENT, &raw, &rest);
    if (code != SQLITE_OK) {
        return detail::failure(state_->handle, sqlite3_extended_errcode(state_->handle), "preparing a statement");
    }
    Statement statement(raw);
    if (raw == nullptr || rest != text.data() + text.size()) {
        return fail(errc::io, "prepare() takes exactly one SQL statement, without a semicolon");
    }
    return statement;
}

Result<void> Connection::exec(Sql sql) {
    return detail::execute(state_->handle, sql.text().data(), "running SQL");
}

Result<CheckpointResult> Connection::checkpoint(CheckpointMode mode) {
    CheckpointResult result;
    int const how = mode == CheckpointMode::passive ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_TRUNCATE;
    int const code = sqlite3_wal_checkpoint_v2(state_->handle, "main", how, &result.wal, &result.moved);
    if ((code & 0xff) == SQLITE_BUSY) {
        // Another connection checkpoints, or readers were in the way of a truncation. PASSIVE never insists.
        if (mode == CheckpointMode::passive) return result;
        return fail(errc::busy, "a reader of the database kept its write-ahead log from being emptied; try again");
    }
    if (code != SQLITE_OK) return detail::failure(state_->handle, code, "moving the write-ahead log into the file");
    if (mode == CheckpointMode::truncate) state_->wal_pages = 0;
    return result;
}

int Connection::wal_pages() const noexcept {
    return state_->wal_pages;
}

void Connection::leave_wal_on_close() noexcept {
    sqlite3_db_config(state_->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

bool Connection::in_transaction() const noexcept {
    return sqlite3_get_autocommit(state_->handle) == 0;
}

std::int64_t Connection::changes() const noexcept {
    return sqlite3_changes64(state_->handle);
}

}  // namespace cl::sqlite
