#include "ledger/log/snapshot.hpp"

#include "ledger/core/limits.hpp"
#include "ledger/log/reading.hpp"
#include "ledger/sqlite/copy.hpp"
#include "ledger/sqlite/transaction.hpp"

#include <utility>

namespace cl::log {

/// Transactions stand behind their connections, so that they end first.
struct Snapshot::Views {
    OpenFiles files;
    sqlite::Transaction ledger;
    sqlite::Transaction vault;
};

Snapshot::Snapshot(std::unique_ptr<Views> views, Head const& head) noexcept : views_(std::move(views)), head_(head) {}
Snapshot::Snapshot(Snapshot&&) noexcept = default;
Snapshot::~Snapshot() = default;

Result<Snapshot> Snapshot::take(SqliteLogPaths const& paths) {
    CL_TRY_ASSIGN(auto files, open_for_reading(paths));
    CL_TRY_ASSIGN(auto const now, open_log_reader(paths));
    for (int tries = 0; tries < limits::snapshot_tries; ++tries) {
        // The vault is committed before the ledger: read after it, and with the ledger's end unmoved since, it has every opening of the
        // ledger's entries and no erasure that the ledger does not have.
        CL_TRY_ASSIGN(auto ledger, sqlite::Transaction::read(files.ledger));
        CL_TRY_ASSIGN(Head const head, files.ledger_reads.head());
        CL_TRY_ASSIGN(auto vault, sqlite::Transaction::read(files.vault));
        CL_TRY(files.vault_reads.opening(0, ""));  // BEGIN alone fixes nothing
        CL_TRY_ASSIGN(Head const after, now->head());
        if (after == head) {
            return Snapshot(std::make_unique<Views>(Views{std::move(files), std::move(ledger), std::move(vault)}), head);
        }
    }
    return fail(errc::busy, "the ledger was written to all the time, and no moment between two batches was found; try again");
}

Result<void> Snapshot::copy_to(SqliteLogPaths const& to,
                               std::function<void(std::int64_t done, std::int64_t of)> const& progress) {
    CL_TRY(sqlite::copy_database(views_->files.ledger, to.ledger, progress));
    CL_TRY(sqlite::copy_database(views_->files.vault, to.vault, progress));
    // A batch whose vault part was committed, and whose entries were not yet.
    CL_TRY_ASSIGN(auto const copy, open_sqlite_log(to));
    return copy->drop_openings_from(head_.size);
}

}  // namespace cl::log
