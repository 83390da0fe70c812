#include "ledger/log/sqlite_store.hpp"

#include "ledger/core/limits.hpp"
#include "ledger/log/batch_check.hpp"
#include "ledger/sqlite/transaction.hpp"

#include <limits>
#include <utility>

namespace cl::log {

using sqlite::CheckpointMode;
using sqlite::Transaction;

SqliteStore::SqliteStore(SqliteLogPaths paths, OpenFiles files, LedgerWrites ledger_writes, VaultWrites vault_writes, Head head)
    : Reading(std::move(files)),
      paths_(std::move(paths)),
      ledger_writes_(std::move(ledger_writes)),
      vault_writes_(std::move(vault_writes)),
      head_(head) {}

Result<std::unique_ptr<LogStore>> SqliteStore::make(SqliteLogPaths paths, sqlite::Connection ledger, sqlite::Connection vault) {
    CL_TRY_ASSIGN(auto files, OpenFiles::make(std::move(ledger), std::move(vault)));
    CL_TRY_ASSIGN(auto ledger_writes, LedgerWrites::prepare(files.ledger));
    CL_TRY_ASSIGN(auto vault_writes, VaultWrites::prepare(files.vault));
    CL_TRY_ASSIGN(auto const head, files.ledger_reads.head());
    return std::unique_ptr<LogStore>(
        new SqliteStore(std::move(paths), std::move(files), std::move(ledger_writes), std::move(vault_writes), head));
}

SqliteStore::~SqliteStore() {
    // A clean close leaves ledger.db whole in one file. A reader may be in the way; then the -wal stays, and nothing is lost.
    for (auto* connection : {&files_.ledger, &files_.vault}) {
        if (stopped()) {
            connection->leave_wal_on_close();
        } else {
            (void)connection->checkpoint(CheckpointMode::truncate);
        }
    }
}

Result<void> SqliteStore::settle(Result<void> result) {
    if (!result && result.error().code != errc::head_conflict) stop(result.error());
    return result;
}

template <class Work>
Result<void> SqliteStore::write_to_vault(Work const& work) {
    return settle([&]() -> Result<void> {
        CL_TRY_ASSIGN(auto transaction, Transaction::write(files_.vault));
        CL_TRY(work());
        return transaction.commit();
    }());
}

Result<void> SqliteStore::append(Head const& expected, Batch const& batch) {
    CL_TRY(usable());
    if (expected != head_) return fail(errc::head_conflict, "the log has moved on since the batch was made");
    CL_TRY(check_batch(expected, batch));
    CL_TRY(settle(write_batch(batch)));
    head_ = head_after(expected, batch);
    return {};
}

Result<void> SqliteStore::write_batch(Batch const& batch) {
    CL_TRY_ASSIGN(auto transaction, Transaction::write(files_.ledger));
    CL_TRY_ASSIGN(auto const actual, files_.ledger_reads.head());
    if (actual != head_) {
        head_ = actual;
        return fail(errc::head_conflict, "another writer has appended to ledger.db");
    }
    CL_TRY(ledger_writes_.insert(batch.rows));
    CL_TRY(ledger_writes_.insert(batch.tiles));
    if (batch.checkpoint) CL_TRY(ledger_writes_.insert(*batch.checkpoint));
    // The vault first: an entry whose opening is missing would look like an erasure that nobody ordered; an opening without its entry
    // is recognised at the next start (docs/promises.md "What a crash leaves").
    CL_TRY(write_vault(batch));
    return transaction.commit();
}

Result<void> SqliteStore::write_vault(Batch const& batch) {
    if (batch.openings.empty() && batch.message_ids.empty()) return {};
    CL_TRY_ASSIGN(auto transaction, Transaction::write(files_.vault));
    CL_TRY(insert(batch.openings));
    CL_TRY(vault_writes_.insert(batch.message_ids, head_after(head_, batch).size - 1));
    return transaction.commit();
}

Result<void> SqliteStore::put_openings(std::vector<Opening> const& openings) {
    CL_TRY(usable());
    CL_TRY(check_openings(openings, head_.size));
    std::vector<Opening> fresh;
    for (auto const& opening : openings) {
        CL_TRY_ASSIGN(auto const there, files_.vault_reads.opening(opening.seq, opening.pointer));
        if (!there) {
            fresh.push_back(opening);
        } else if (*there != opening) {
            return fail(errc::store_corrupt, "entry " + std::to_string(opening.seq) + " has another opening already");
        }
    }
    if (fresh.empty()) return {};
    return write_to_vault([&] { return insert(fresh); });
}

Result<void> SqliteStore::insert(std::vector<Opening> const& openings) {
    for (auto const& opening : openings) search_.came_back(ErasedSearch::piece_of(opening.salt.view()));
    return vault_writes_.insert(openings);
}

Result<void> SqliteStore::erase_openings(std::vector<Seq> const& seqs) {
    CL_TRY(usable());
    std::vector<VaultWrites::Erased> erased;
    CL_TRY(write_to_vault([&] { return vault_writes_.erase(seqs, erased); }));
    note_erased(erased);
    return finish_erasure(read_back_rows);
}

Result<void> SqliteStore::drop_openings_from(Seq seq) {
    CL_TRY(usable());
    std::vector<VaultWrites::Erased> erased;
    CL_TRY(write_to_vault([&] { return vault_writes_.erase_from(seq, erased); }));
    note_erased(erased);
    return finish_erasure(std::numeric_limits<std::size_t>::max());
}

void SqliteStore::note_erased(std::vector<VaultWrites::Erased> const& erased) {
    for (auto const& one : erased) {
        overwritten_.push_back(one.rowid);
        search_.add(one.piece);
    }
}

Result<LogStore::Search> SqliteStore::search_erased(std::size_t bytes) {
    CL_TRY(usable());
    if (!search_.doubts()) {
        salts_at_ = 0;
        CL_TRY_ASSIGN(auto const step, search_.step(files_.vault, bytes));
        return Search{step.done, step.searched, step.found};
    }
    auto const rows = files_.vault_reads.salts(salts_at_, salts_at_once, [this](auto piece) { search_.stands(piece); });
    if (!rows) {
        search_.give_up();
        return rows.error();
    }
    salts_at_ = *rows;
    if (salts_at_ >= 0) return Search{.done = false};
    auto const over = search_.end();
    return Search{over.done, over.searched, over.found};
}

Result<void> SqliteStore::finish_erasure(std::size_t most) {
    // The old bytes are still in the WAL, and in the file until the WAL is moved there. A reader that was in the way once is not waited for
    // again as long: the writer has other work.
    files_.vault.wait_for_locks(wal_in_the_way_ ? vault_retry_ms : vault_busy_ms);
    auto emptied = files_.vault.checkpoint(CheckpointMode::truncate);
    files_.vault.wait_for_locks(vault_busy_ms);
    wal_in_the_way_ = !emptied && emptied.error().code == errc::busy;
    if (!emptied) {
        // A reader is in the way: committed, not yet gone. The caller repeats the call; nothing is in doubt.
        if (wal_in_the_way_) return emptied.error();
        return settle(emptied.error());
    }
    vault_tried_at_ = 0;
    for (; most > 0 && !overwritten_.empty(); --most, overwritten_.pop_back()) {
        CL_TRY_ASSIGN(bool const erased, vault_writes_.is_erased(overwritten_.back()));
        if (!erased) return settle(fail(errc::store_corrupt, "vault.db still shows an opening that was erased"));
    }
    // After a reader that was in the way for long there may be very many.
    if (!overwritten_.empty()) return fail(errc::busy, "not all of what was overwritten has been read back yet");
    return {};
}

Result<void> SqliteStore::forget_messages(Millis before) {
    CL_TRY(usable());
    return write_to_vault([&] { return vault_writes_.forget_messages(before); });
}

Result<void> SqliteStore::maintain() {
    CL_TRY(usable());
    CL_TRY(settle(shorten_wal(files_.ledger, ledger_tried_at_)));
    return settle(shorten_wal(files_.vault, vault_tried_at_));
}

// PASSIVE only: it never waits, and a WAL that is reused is twice as quick to write as one that grows from nothing.
Result<void> SqliteStore::shorten_wal(sqlite::Connection& connection, int& tried_at) {
    int const pages = connection.wal_pages();
    if (pages < tried_at) tried_at = 0;  // it was reset meanwhile
    constexpr int limit = static_cast<int>(limits::wal_checkpoint_pages);
    constexpr int step = limit / 8;
    if (pages < limit || pages - tried_at < step) return {};
    CL_TRY(connection.checkpoint(CheckpointMode::passive));
    tried_at = pages;
    return {};
}

Result<std::unique_ptr<LogReader>> SqliteStore::open_reader() {
    CL_TRY(usable());
    return open_log_reader(paths_);
}

}  // namespace cl::log
