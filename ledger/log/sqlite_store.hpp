// Private to the room: the writer of ledger.db and vault.db.
//
// After a failed write nothing is known about the disk (a failed fsync may have thrown the pages away), so the object stops for good:
// a restart re-reads what is really there.
//
// Threads: as LogStore.
#pragma once

#include "ledger/log/erased_search.hpp"
#include "ledger/log/reading.hpp"
#include "ledger/log/sqlite_log.hpp"

#include <cstddef>
#include <memory>
#include <vector>

namespace cl::log {

inline constexpr int vault_busy_ms = 1'000;  // an erasure waits for readers on the writer's thread
inline constexpr int vault_retry_ms = 20;
inline constexpr std::size_t read_back_rows = 8'192;  // at once, on the writer's thread
inline constexpr std::int64_t salts_at_once = 1'024;  // the same

class SqliteStore final : public Reading<LogStore> {
public:
    [[nodiscard]] static Result<std::unique_ptr<LogStore>> make(SqliteLogPaths paths, sqlite::Connection ledger,
                                                                sqlite::Connection vault);
    ~SqliteStore() override;
    SqliteStore(SqliteStore const&) = delete;
    SqliteStore& operator=(SqliteStore const&) = delete;

    Result<void> append(Head const& expected, Batch const& batch) override;
    Result<void> put_openings(std::vector<Opening> const& openings) override;
    Result<void> erase_openings(std::vector<Seq> const& seqs) override;
    Result<Search> search_erased(std::size_t bytes) override;
    Result<void> drop_openings_from(Seq seq) override;
    Result<void> forget_messages(Millis before) override;
    Result<void> maintain() override;
    Result<std::unique_ptr<LogReader>> open_reader() override;

private:
    SqliteStore(SqliteLogPaths paths, OpenFiles files, LedgerWrites ledger_writes, VaultWrites vault_writes, Head head);

    [[nodiscard]] Result<void> write_batch(Batch const& batch);
    [[nodiscard]] Result<void> write_vault(Batch const& batch);
    /// Runs `work` in one durable transaction on the vault; a failure stops the writer.
    template <class Work>
    [[nodiscard]] Result<void> write_to_vault(Work const& work);
    /// Puts openings into the vault, inside the caller's transaction.
    [[nodiscard]] Result<void> insert(std::vector<Opening> const& openings);
    /// Keeps what was overwritten until it is known to be gone.
    void note_erased(std::vector<VaultWrites::Erased> const& erased);
    /// Empties the vault's WAL and reads back what was overwritten, `most` rows of it; errc::busy while some of it is left to be done.
    [[nodiscard]] Result<void> finish_erasure(std::size_t most);
    [[nodiscard]] Result<void> shorten_wal(sqlite::Connection& connection, int& tried_at);
    /// Passes `result` on; a failure that leaves the disk in doubt stops the writer first.
    [[nodiscard]] Result<void> settle(Result<void> result);

    SqliteLogPaths paths_;
    LedgerWrites ledger_writes_;
    VaultWrites vault_writes_;
    Head head_;
    int ledger_tried_at_ = 0;  // WAL pages at the last PASSIVE checkpoint that could not finish
    int vault_tried_at_ = 0;
    std::vector<std::int64_t> overwritten_;  // rows that are not read back yet
    bool wal_in_the_way_ = false;            // the last try to empty the vault's WAL met a reader
    ErasedSearch search_;
    std::int64_t salts_at_ = 0;  // of a search that doubts: the row that it has come to
};

}  // namespace cl::log
