// The ways to open a file: create, owner, reader, hostile, memory. What happens to an open one is in connection.cpp.

#include "ledger/core/sync.hpp"
#include "ledger/sqlite/connection_state.hpp"
#include "ledger/sqlite/failure.hpp"
#include "ledger/sqlite/files.hpp"
#include "ledger/sqlite/frozen_vfs.hpp"
#include "ledger/sqlite/handle.hpp"
#include "ledger/sqlite/hardening.hpp"
#include "ledger/sqlite/transaction.hpp"

#include <sqlite3.h>

#include <sys/stat.h>

#include <system_error>
#include <utility>

namespace cl::sqlite {

namespace detail {

void Closer::operator()(sqlite3* handle) const noexcept {
    sqlite3_close_v2(handle);
}

Result<Handle> open_handle(std::filesystem::path const& path, int flags, char const* vfs) {
    // Absolute, so that no name has a meaning of its own (":memory:", "file:…", "").
    std::error_code error;
    auto const full = std::filesystem::absolute(path, error);
    if (error) return fail(errc::io, "opening " + path.string() + ": " + error.message());
    sqlite3* raw = nullptr;
    int const code = sqlite3_open_v2(full.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, vfs);
    Handle handle(raw);
    if (code != SQLITE_OK) return failure(raw, code, "opening");
    return handle;
}

}  // namespace detail

namespace {

namespace fs = std::filesystem;
using detail::Handle;
using detail::open_handle;

/// The first read of a file: recovers the WAL, and finds out whether this is a database.
int first_read(sqlite3* handle) {
    int const code = sqlite3_exec(handle, "SELECT count(*) FROM sqlite_schema", nullptr, nullptr, nullptr);
    return code == SQLITE_OK ? SQLITE_OK : sqlite3_extended_errcode(handle);
}

Result<Handle> open_hardened(fs::path const& path, int flags, detail::Trust trust, char const* vfs) {
    CL_TRY_ASSIGN(auto handle, open_handle(path, flags, vfs));
    CL_TRY(detail::harden(handle.get(), trust));
    return handle;
}

bool cannot_write_beside(int code) {
    int const kind = code & 0xff;
    return kind == SQLITE_CANTOPEN || kind == SQLITE_READONLY || kind == SQLITE_PERM;
}

}  // namespace

Connection::State::~State() {
    sqlite3_close_v2(handle);
}

namespace {

int count_wal_pages(void* pages, sqlite3* /*handle*/, char const* /*database*/, int count) noexcept {
    *static_cast<int*>(pages) = count;
    return SQLITE_OK;
}

}  // namespace

Result<Connection> Connection::memory() {
    sqlite3* raw = nullptr;
    int const code =
        sqlite3_open_v2(":memory:", &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    auto state = std::make_unique<State>(raw);
    if (code != SQLITE_OK) return detail::failure(raw, code, "opening a database in memory");
    CL_TRY(detail::harden(raw, detail::Trust::own));
    return Connection(std::move(state));
}

Result<Connection> Connection::create(fs::path const& path, Settings const& settings, Identity const& identity) {
    CL_TRY(detail::create_empty(path));
    auto made = [&]() -> Result<Connection> {
        CL_TRY_ASSIGN(auto handle, open_hardened(path, SQLITE_OPEN_READWRITE, detail::Trust::own, nullptr));
        auto state = std::make_unique<State>(handle.release());
        sqlite3* const raw = state->handle;
        CL_TRY(detail::set_page_size(raw, settings.page_size));
        CL_TRY(detail::configure_owner(raw, settings));
        sqlite3_wal_hook(raw, count_wal_pages, &state->wal_pages);
        Connection connection(std::move(state));
        // One transaction: a crash leaves an empty file or a whole one.
        CL_TRY_ASSIGN(auto transaction, Transaction::write(connection));
        CL_TRY(connection.exec(identity.schema));
        CL_TRY(connection.exec(identity.added));
        CL_TRY(detail::stamp(raw, identity.application_id, identity.user_version));
        CL_TRY(transaction.commit());
        CL_TRY(connection.checkpoint(CheckpointMode::truncate));
        CL_TRY(check_identity(connection, identity));
        CL_TRY(sync_directory(path.parent_path()));
        return connection;
    }();
    if (!made) {
        std::error_code ignored;  // the first failure is the one to report; the file is ours and empty
        for (char const* suffix : {"", "-wal", "-shm"}) fs::remove(fs::path(path) += suffix, ignored);
    }
    return made;
}

Result<Connection> Connection::open_owner(fs::path const& path, Settings const& settings, Identity const& identity) {
    CL_TRY(detail::require_regular_file(path));
    CL_TRY_ASSIGN(auto handle, open_hardened(path, SQLITE_OPEN_READWRITE, detail::Trust::own, nullptr));
    auto state = std::make_unique<State>(handle.release());
    sqlite3* const raw = state->handle;
    sqlite3_busy_timeout(raw, settings.busy_ms);
    Connection connection(std::move(state));
    if (sqlite3_db_readonly(raw, "main") != 0) return fail(errc::io, path.string() + " cannot be written to");
    CL_TRY(check_identity(connection, identity));
    CL_TRY(detail::configure_owner(raw, settings));
    sqlite3_wal_hook(raw, count_wal_pages, &connection.state_->wal_pages);
    CL_TRY(connection.bring_up_to_date(identity));
    return connection;
}

Result<void> Connection::bring_up_to_date(Identity const& identity) {
    if (identity.added.text().empty()) return {};
    CL_TRY_ASSIGN(auto statement, prepare("PRAGMA user_version"));
    std::int64_t version = 0;
    {
        Query query(statement);
        CL_TRY_ASSIGN(bool const row, query.step());
        if (row) version = query.int64(0);
    }
    if (version == identity.user_version) return {};
    CL_TRY_ASSIGN(auto transaction, Transaction::write(*this));
    CL_TRY(exec(identity.added));
    CL_TRY(detail::stamp(state_->handle, identity.application_id, identity.user_version));
    return transaction.commit();
}

Result<Connection> Connection::open_reader(fs::path const& path, Settings const& settings, Identity const& identity) {
    CL_TRY(detail::require_regular_file(path));
    CL_TRY_ASSIGN(auto handle, open_hardened(path, SQLITE_OPEN_READONLY, detail::Trust::own_read_only, nullptr));
    Connection connection(std::make_unique<State>(handle.release()));
    CL_TRY(detail::configure_reader(connection.state_->handle, settings));
    CL_TRY(check_identity(connection, identity));
    return connection;
}

namespace {

/// What says that a file was written to. The -shm is there while a program has a WAL database open, and after a kill.
FileState state_of(fs::path const& path) noexcept {
    FileState state;
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0) {
        state = {static_cast<std::uint64_t>(status.st_ino), static_cast<std::int64_t>(status.st_size),
                 static_cast<std::int64_t>(status.st_mtim.tv_sec), static_cast<std::int64_t>(status.st_mtim.tv_nsec), false};
    }
    std::error_code ignored;
    state.shared = fs::exists(fs::path(path) += "-shm", ignored) && fs::exists(fs::path(path) += "-wal", ignored);
    return state;
}

Error where_to_copy(Error error) {
    error.detail += "; copy the file, with its -wal, to a directory that you can write to";
    return error;
}

}  // namespace

Result<Connection> Connection::open_hostile(fs::path const& path) {
    CL_TRY(detail::require_regular_file(path));
    std::error_code error;
    fs::path const file =
        fs::canonical(path, error);  // SQLite looks for -wal and -shm beside the file itself, not beside a link to it
    if (error) return fail(errc::io, "opening " + path.string() + ": " + error.message());
    FileState const before = state_of(file);
    // SQLite makes a -shm (and an empty -wal) beside a file that lies still, to meet other programs there. Nobody else is there: a running
    // owner keeps both files. Then nothing needs to be made.
    char const* const vfs = before.shared ? nullptr : detail::frozen_vfs();
    CL_TRY_ASSIGN(auto handle, open_hardened(file, SQLITE_OPEN_READONLY, detail::Trust::hostile, vfs));
    sqlite3_busy_timeout(handle.get(), Settings{}.busy_ms);
    if (vfs != nullptr) CL_TRY(detail::use_private_wal_index(handle.get()));
    if (int const code = first_read(handle.get()); code != SQLITE_OK) {
        Error const failed = detail::failure(handle.get(), code, "reading");
        return cannot_write_beside(code) ? where_to_copy(failed) : failed;
    }
    auto state = std::make_unique<State>(handle.release());
    if (vfs != nullptr) state->lay_still = {file, before};
    return Connection(std::move(state));
}

bool Connection::disturbed() const noexcept {
    return state_->lay_still && state_of(state_->lay_still->first) != state_->lay_still->second;
}

}  // namespace cl::sqlite
