#include "ledger/sqlite/connection.hpp"

#include "ledger/sqlite/connection_state.hpp"
#include "ledger/sqlite/failure.hpp"

#include <sqlite3.h>

#include <algorithm>
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

void Connection::wait_for_locks(int busy_ms) noexcept {
    sqlite3_busy_timeout(state_->handle, busy_ms);
}

Result<std::size_t> Connection::read_raw(RawFile file, std::int64_t offset, std::span<char> out) {
    int const which = file == RawFile::database ? SQLITE_FCNTL_FILE_POINTER : SQLITE_FCNTL_JOURNAL_POINTER;
    sqlite3_file* handle = nullptr;
    int const code = sqlite3_file_control(state_->handle, "main", which, static_cast<void*>(&handle));
    if (code != SQLITE_OK) return detail::failure(state_->handle, code, "reading the bytes of a file");
    if (handle == nullptr || handle->pMethods == nullptr) return std::size_t{0};  // no such file now
    sqlite3_int64 size = 0;
    Error const unreadable = fail(errc::io, "the bytes of a database file could not be read");
    if (handle->pMethods->xFileSize(handle, &size) != SQLITE_OK) return unreadable;
    if (offset >= size) return std::size_t{0};
    auto const there = static_cast<std::size_t>(std::min<std::int64_t>(size - offset, static_cast<std::int64_t>(out.size())));
    if (handle->pMethods->xRead(handle, out.data(), static_cast<int>(there), offset) != SQLITE_OK) return unreadable;
    return there;
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
