#include "ledger/sqlite/copy.hpp"

#include "ledger/core/sync.hpp"
#include "ledger/sqlite/connection_state.hpp"
#include "ledger/sqlite/failure.hpp"
#include "ledger/sqlite/files.hpp"
#include "ledger/sqlite/handle.hpp"

#include <sqlite3.h>

#include <system_error>

namespace cl::sqlite {
namespace {

constexpr int pages_a_step = 1'024;

Result<void> copy_pages(sqlite3* source, std::filesystem::path const& to, CopyProgress const& progress) {
    CL_TRY_ASSIGN(auto const target, detail::open_handle(to, SQLITE_OPEN_READWRITE, nullptr));
    sqlite3* const raw = target.get();
    sqlite3_backup* const copy = sqlite3_backup_init(raw, "main", source, "main");
    if (copy == nullptr) return detail::failure(raw, sqlite3_extended_errcode(raw), "copying");
    int code = SQLITE_OK;
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
    CL_TRY(detail::create_empty(to));
    auto copied = copy_pages(source.state_->handle, to, progress);
    if (copied) copied = sync_directory(to.parent_path());
    if (!copied) {
        std::error_code ignored;  // the first failure is the one to report
        for (char const* suffix : {"", "-journal", "-wal", "-shm"}) {
            std::filesystem::remove(std::filesystem::path(to) += suffix, ignored);
        }
    }
    return copied;
}

}  // namespace cl::sqlite
