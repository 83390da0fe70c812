// A transaction as a scope: what is not committed when it ends is rolled back.
//
// Threads: as its Connection.
#pragma once

#include "ledger/core/error.hpp"
#include "ledger/sqlite/connection.hpp"

namespace cl::sqlite {

/// Must not outlive its connection's database. Not nestable: one per connection at a time.
class Transaction {
public:
    /// BEGIN IMMEDIATE: holds the write lock from the start, so that no later statement fails for want of it. errc::store_locked if
    /// another connection writes.
    [[nodiscard]] static Result<Transaction> write(Connection& connection);
    /// BEGIN: the first read fixes a snapshot that all reads see until the scope ends. Keep it short: it holds up checkpoints.
    [[nodiscard]] static Result<Transaction> read(Connection& connection);

    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    Transaction(Transaction const&) = delete;
    Transaction& operator=(Transaction const&) = delete;
    ~Transaction();

    /// Durable on return as Settings::synchronous says. After a failure nothing is known about the disk.
    [[nodiscard]] Result<void> commit();
    /// Ends the transaction without its changes; harmless if SQLite has rolled back by itself already.
    void rollback() noexcept;

private:
    explicit Transaction(sqlite3* handle) noexcept : handle_(handle) {}

    sqlite3* handle_;  // null once it is over
};

}  // namespace cl::sqlite
