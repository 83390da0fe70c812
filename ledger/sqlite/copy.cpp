#include "ledger/sqlite/copy.hpp"

#include "ledger/sqlite/connection_state.hpp"
#include "ledger/sqlite/failure.hpp"
#include "ledger/sqlite/files.hpp"

#include <sqlite3.h>

#include <system_error>

namespace cl::sqlite {
namespace {

constexpr int pages_a_step = 1'024;

struct Closer {
    void operator()(sqlite3* handle) const noexcept { sqlite3_close(handle); }
};

Result<void> copy_pages(sqlite3* source, std::filesystem::path const& to, CopyProgress const& progress) {
    sqlite3* raw = nullptr;
    int code = sqlite3_open_v2(to.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    std::unique_ptr<sqlite3, Closer> const target(raw);
    if (code != SQLITE_OK) return detail::failure(raw, code, "opening a copy");
    sqlite3_backup* const copy = sqlite3_backup_init(raw, "main", source, "main");
    if (copy == nullptr) return detail::failure(raw, sqlite3_extended_errcode(raw), "copying");
    do {
        code = sqlite3_backup_step(copy, pages_a_step);
        std::int64_t const of = sqlite3_backup_pagecount(copy);
        if (progress) progress(of - sqlite3_backup_remaining(copy), of);
    } while (code == SQLITE_OK);
    int const finished = sqlite3_backup_finish(copy);
    if (code != SQLITE_DONE) return detail::failure(raw, code, "copying");
    if (finished != SQLITE_OK) return detail::failure(raw, finished, "copying");
    return {};
}

}  // namespace

Result<void> copy_database(Connection& source, std::filesystem::path const& to, CopyProgress const& progress) {
    std::error_code error;
    auto const full = std::filesystem::absolute(to, error);
    if (error) return fail(errc::io, "copying to " + to.string() + ": " + error.message());
    CL_TRY(detail::create_empty(full));
    auto copied = copy_pages(source.state_->handle, full, progress);
    if (copied) copied = detail::sync_directory_of(full);
    if (!copied) {
        for (char const* suffix : {"", "-journal", "-wal", "-shm"}) {
            std::filesystem::remove(std::filesystem::path(full) += suffix, error);
        }
    }
    return copied;
}

}  // namespace cl::sqlite
