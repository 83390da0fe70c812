#include "ledger/sqlite/hardening.hpp"

#include "ledger/core/limits.hpp"
#include "ledger/sqlite/failure.hpp"

#include <sqlite3.h>

#include <string>
#include <string_view>

namespace cl::sqlite::detail {

namespace {

Result<void> set_flag(sqlite3* handle, int flag, bool on) {
    int now = -1;
    int const code = sqlite3_db_config(handle, flag, on ? 1 : 0, &now);
    if (code != SQLITE_OK || now != (on ? 1 : 0)) {
        return fail(errc::io, "SQLite does not take configuration flag " + std::to_string(flag));
    }
    return {};
}

/// The first column of the first row of `PRAGMA <name>`.
Result<std::string> read_pragma(sqlite3* handle, std::string const& name) {
    sqlite3_stmt* statement = nullptr;
    int code = sqlite3_prepare_v2(handle, ("PRAGMA " + name).c_str(), -1, &statement, nullptr);
    std::string value;
    if (code == SQLITE_OK) {
        code = sqlite3_step(statement);
        if (code == SQLITE_ROW) value = reinterpret_cast<char const*>(sqlite3_column_text(statement, 0));
    }
    bool const failed = code != SQLITE_ROW && code != SQLITE_DONE;
    if (failed) code = sqlite3_extended_errcode(handle);
    sqlite3_finalize(statement);
    if (failed) return failure(handle, code, "reading PRAGMA " + name);
    return value;
}

/// Sets and reads back: SQLite answers an impossible setting with silence. Names and values are this file's own.
Result<void> set_pragma(sqlite3* handle, std::string const& name, std::string const& value, std::string_view expected) {
    CL_TRY(execute(handle, ("PRAGMA " + name + "=" + value).c_str(), "setting PRAGMA " + name));
    CL_TRY_ASSIGN(auto const now, read_pragma(handle, name));
    if (now != expected) {
        return fail(errc::io, "SQLite keeps PRAGMA " + name + " at " + printable(now) + " instead of " + std::string(expected));
    }
    return {};
}

Result<void> set_pragma(sqlite3* handle, std::string const& name, std::int64_t value) {
    auto const text = std::to_string(value);
    return set_pragma(handle, name, text, text);
}

void set_limits(sqlite3* handle, Trust trust) {
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(handle, SQLITE_LIMIT_WORKER_THREADS, 0);
    if (trust != Trust::hostile) return;
    // The largest value that this program stores is one opened evidence item; a schema text is far smaller.
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, static_cast<int>(limits::hostile_value_bytes));
    sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, 100'000);
    sqlite3_limit(handle, SQLITE_LIMIT_COLUMN, 100);
    sqlite3_limit(handle, SQLITE_LIMIT_EXPR_DEPTH, 20);
    sqlite3_limit(handle, SQLITE_LIMIT_COMPOUND_SELECT, 3);
    sqlite3_limit(handle, SQLITE_LIMIT_VDBE_OP, 25'000);
    sqlite3_limit(handle, SQLITE_LIMIT_FUNCTION_ARG, 8);
    sqlite3_limit(handle, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50);
    sqlite3_limit(handle, SQLITE_LIMIT_VARIABLE_NUMBER, 32);
    sqlite3_limit(handle, SQLITE_LIMIT_TRIGGER_DEPTH, 10);
}

}  // namespace

Result<void> harden(sqlite3* handle, Trust trust) {
    bool const own = trust == Trust::own;
    bool const hostile = trust == Trust::hostile;
    // 1. Exact result codes: SQLITE_BUSY_SNAPSHOT is another matter than SQLITE_BUSY.
    sqlite3_extended_result_codes(handle, 1);
    // 2. No SQL may damage the file's structure (writable_schema, journal_mode=OFF, shadow tables).
    CL_TRY(set_flag(handle, SQLITE_DBCONFIG_DEFENSIVE, true));
    CL_TRY(set_flag(handle, SQLITE_DBCONFIG_WRITABLE_SCHEMA, false));
    // 3. The schema's own expressions may only use harmless functions.
    CL_TRY(set_flag(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, false));
    // 4. No loadable extension: Debian builds the loader in.
    CL_TRY(set_flag(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, false));
    // 5. A misspelt column in double quotes is an error, not a string.
    CL_TRY(set_flag(handle, SQLITE_DBCONFIG_DQS_DML, false));
    CL_TRY(set_flag(handle, SQLITE_DBCONFIG_DQS_DDL, false));
    // 6. Triggers guard our own files; in a file that somebody hands over nothing may run.
    CL_TRY(set_flag(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, !hostile));
    CL_TRY(set_flag(handle, SQLITE_DBCONFIG_ENABLE_VIEW, false));
    // 7. Sizes.
    set_limits(handle, trust);
    // 8. Only the owner's connection ever checkpoints (Connection::open_owner says why).
    CL_TRY(set_flag(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, !own));
    // 9. Cells are checked when a page is read, and a short file is an error code, not a SIGBUS.
    CL_TRY(set_pragma(handle, "cell_size_check", 1));
    CL_TRY(execute(handle, "PRAGMA mmap_size=0", "setting PRAGMA mmap_size"));  // answers nothing for a database in memory
    // 10. Content never reaches a temporary file.
    CL_TRY(set_pragma(handle, "temp_store", 2));
    // 11. A reader cannot write even by mistake.
    if (!own) CL_TRY(set_pragma(handle, "query_only", 1));
    // Left out on purpose: an authorizer (SQL is a closed set of literals, sql.hpp) and a heap limit (it is the whole process's).
    return {};
}

Result<void> configure_reader(sqlite3* handle, Settings const& settings) {
    if (int const code = sqlite3_busy_timeout(handle, settings.busy_ms); code != SQLITE_OK) {
        return failure(handle, code, "setting the busy timeout");
    }
    CL_TRY(set_pragma(handle, "cache_size", -(settings.cache_bytes / 1024)));
    if (settings.mmap_bytes > 0) CL_TRY(set_pragma(handle, "mmap_size", settings.mmap_bytes));
    return {};
}

Result<void> configure_owner(sqlite3* handle, Settings const& settings) {
    CL_TRY(configure_reader(handle, settings));
    CL_TRY(set_pragma(handle, "journal_mode", "WAL", "wal"));
    CL_TRY(set_pragma(handle, "synchronous", static_cast<int>(settings.synchronous)));
    CL_TRY(set_pragma(handle, "secure_delete", settings.secure_delete ? 1 : 0));
    // Without it REPLACE deletes rows behind the back of the append-only triggers.
    CL_TRY(set_pragma(handle, "recursive_triggers", 1));
    CL_TRY(set_pragma(handle, "wal_autocheckpoint", 0));
    CL_TRY(set_pragma(handle, "journal_size_limit", settings.wal_bytes_kept));
    return {};
}

Result<void> set_page_size(sqlite3* handle, int bytes) {
    return set_pragma(handle, "page_size", bytes);
}

Result<void> stamp(sqlite3* handle, std::int32_t application_id, std::int32_t user_version) {
    CL_TRY(set_pragma(handle, "application_id", application_id));
    return set_pragma(handle, "user_version", user_version);
}

Result<void> use_private_wal_index(sqlite3* handle) {
    return set_pragma(handle, "locking_mode", "EXCLUSIVE", "exclusive");
}

}  // namespace cl::sqlite::detail
