#include "ledger/sqlite/statement.hpp"

#include "ledger/sqlite/failure.hpp"

#include <sqlite3.h>

#include <cassert>
#include <utility>

namespace cl::sqlite {

Statement::Statement(Statement&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}

Statement& Statement::operator=(Statement&& other) noexcept {
    if (this != &other) {
        sqlite3_finalize(handle_);
        handle_ = std::exchange(other.handle_, nullptr);
    }
    return *this;
}

Statement::~Statement() {
    sqlite3_finalize(handle_);  // its code repeats the last step's failure
}

Query::Query(Statement& statement) noexcept : handle_(statement.handle_) {
    assert(handle_ != nullptr && sqlite3_stmt_busy(handle_) == 0 && "one Query per statement at a time");
}

Query::~Query() {
    sqlite3_reset(handle_);  // its code repeats the last step's failure
    sqlite3_clear_bindings(handle_);
}

void Query::remember(int code) noexcept {
    if (code != SQLITE_OK && wrong_ == SQLITE_OK) wrong_ = code;
}

Query& Query::bind(int index, std::int64_t value) noexcept {
    remember(sqlite3_bind_int64(handle_, index, value));
    return *this;
}

// SQLite takes a null data pointer for NULL, and an empty string_view may have one.
Query& Query::bind_text(int index, std::string_view value) noexcept {
    char const* const data = value.empty() ? "" : value.data();
    remember(sqlite3_bind_text64(handle_, index, data, value.size(), SQLITE_STATIC, SQLITE_UTF8));
    return *this;
}

Query& Query::bind_blob(int index, std::string_view value) noexcept {
    char const* const data = value.empty() ? "" : value.data();
    remember(sqlite3_bind_blob64(handle_, index, data, value.size(), SQLITE_STATIC));
    return *this;
}

Query& Query::bind_null(int index) noexcept {
    remember(sqlite3_bind_null(handle_, index));
    return *this;
}

Result<void> Query::status() const {
    if (wrong_ != SQLITE_OK) return detail::failure(sqlite3_db_handle(handle_), wrong_, "using a statement");
    if (wrong_column_ >= 0) {
        return fail(errc::store_corrupt,
                    "column " + std::to_string(wrong_column_) + " holds a value of another type than it should");
    }
    return {};
}

Result<bool> Query::step() {
    CL_TRY(status());
    int const code = sqlite3_step(handle_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    sqlite3* const connection = sqlite3_db_handle(handle_);
    Error error = detail::failure(connection, sqlite3_extended_errcode(connection), "running a statement");
    sqlite3_reset(handle_);
    return error;
}

Result<void> Query::run() {
    for (;;) {
        CL_TRY_ASSIGN(bool const more, step());
        if (!more) break;
    }
    sqlite3_reset(handle_);
    return {};
}

void Query::rewind() noexcept {
    sqlite3_reset(handle_);  // its code repeats the last step's failure
}

Type Query::type(int column) noexcept {
    switch (sqlite3_column_type(handle_, column)) {
    case SQLITE_INTEGER: return Type::integer;
    case SQLITE_FLOAT: return Type::real;
    case SQLITE_TEXT: return Type::text;
    case SQLITE_BLOB: return Type::blob;
    default: return Type::null;
    }
}

bool Query::is_null(int column) noexcept {
    return type(column) == Type::null;
}

std::int64_t Query::int64(int column) noexcept {
    if (type(column) != Type::integer) {
        if (wrong_column_ < 0) wrong_column_ = column;
        return 0;
    }
    return sqlite3_column_int64(handle_, column);
}

std::string_view Query::text(int column) noexcept {
    return bytes(column, Type::text);
}

std::string_view Query::blob(int column) noexcept {
    return bytes(column, Type::blob);
}

// column_blob also for text: it hands out the stored bytes, where column_text would re-encode a UTF-16 file's.
std::string_view Query::bytes(int column, Type expected) noexcept {
    if (type(column) != expected) {
        if (wrong_column_ < 0) wrong_column_ = column;
        return {};
    }
    auto const* const data = static_cast<char const*>(sqlite3_column_blob(handle_, column));
    int const size = sqlite3_column_bytes(handle_, column);
    if (data == nullptr && size > 0) remember(SQLITE_NOMEM);
    return data == nullptr ? std::string_view() : std::string_view(data, static_cast<std::size_t>(size));
}

}  // namespace cl::sqlite
