#include "ledger/sqlite/transaction.hpp"

#include "ledger/sqlite/connection_state.hpp"
#include "ledger/sqlite/failure.hpp"

#include <sqlite3.h>

#include <utility>

namespace cl::sqlite {

Result<Transaction> Transaction::write(Connection& connection) {
    sqlite3* const handle = connection.state_->handle;
    CL_TRY(detail::execute(handle, "BEGIN IMMEDIATE", "beginning a transaction"));
    return Transaction(handle);
}

Result<Transaction> Transaction::read(Connection& connection) {
    sqlite3* const handle = connection.state_->handle;
    CL_TRY(detail::execute(handle, "BEGIN", "beginning a read transaction"));
    return Transaction(handle);
}

Transaction::Transaction(Transaction&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}

Transaction::~Transaction() {
    rollback();
}

Result<void> Transaction::commit() {
    if (handle_ == nullptr || sqlite3_get_autocommit(handle_) != 0) {
        handle_ = nullptr;
        return fail(errc::io, "there is no transaction to commit: it was rolled back after an earlier failure");
    }
    auto result = detail::execute(handle_, "COMMIT", "committing");
    if (!result) rollback();
    handle_ = nullptr;
    return result;
}

void Transaction::rollback() noexcept {
    // SQLITE_FULL, _IOERR, _NOMEM and _BUSY can have rolled back already; a second ROLLBACK would be an error of its own.
    if (handle_ != nullptr && sqlite3_get_autocommit(handle_) == 0) {
        sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
    }
    handle_ = nullptr;
}

}  // namespace cl::sqlite
