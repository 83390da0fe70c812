#include "ledger/sqlite/failure.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <filesystem>

namespace cl::sqlite::detail {

namespace {

errc kind_of(int code) {
    switch (code & 0xff) {
    case SQLITE_BUSY: return code == SQLITE_BUSY ? errc::store_locked : errc::busy;
    case SQLITE_LOCKED: return errc::busy;
    case SQLITE_CORRUPT:
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    // Our own limits are lower than SQLite's: what exceeds these is a damaged row, not somebody's request.
    case SQLITE_TOOBIG: return errc::store_corrupt;
    case SQLITE_NOTADB: return errc::store_foreign;
    default: return errc::io;
    }
}

std::string file_name(sqlite3* handle) {
    char const* const path = handle == nullptr ? nullptr : sqlite3_db_filename(handle, "main");
    if (path == nullptr || *path == '\0') return {};
    return std::filesystem::path(path).filename().string() + ": ";
}

}  // namespace

std::string printable(std::string_view text) {
    std::string result(text.substr(0, 200));
    std::replace_if(
        result.begin(), result.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
    return result;
}

Error failure(sqlite3* handle, int code, std::string_view doing) {
    // The handle's message belongs to its last failed call; if that was another one, the code's own text is the truth.
    bool const fresh = handle != nullptr && sqlite3_extended_errcode(handle) == code;
    std::string_view const message = fresh ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    std::string detail = file_name(handle);
    detail.append(doing).append(": ").append(printable(message));
    detail.append(" (SQLite ").append(std::to_string(code)).append(")");
    return fail(kind_of(code), std::move(detail));
}

Result<void> execute(sqlite3* handle, char const* sql, std::string_view doing) {
    int const code = sqlite3_exec(handle, sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return failure(handle, sqlite3_extended_errcode(handle), doing);
    return {};
}

}  // namespace cl::sqlite::detail
