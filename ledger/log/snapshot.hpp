// Both files of the log as they were at one moment, beside a writer that goes on: what a backup is made of.
//
// Threads: belongs to one thread.
#pragma once

#include "ledger/log/log_store.hpp"
#include "ledger/log/sqlite_log.hpp"

#include <cstdint>
#include <functional>
#include <memory>

namespace cl::log {

class Snapshot {
public:
    /// The vault is of the very moment of the ledger: no entry was committed between the two. Nothing is locked; the writer's WAL is not
    /// reset while the object lives. errc::io, store_foreign, store_corrupt; errc::busy if the writer was quicker, limits::snapshot_tries
    /// times.
    [[nodiscard]] static Result<Snapshot> take(SqliteLogPaths const& paths);
    Snapshot(Snapshot&&) noexcept;
    Snapshot& operator=(Snapshot&&) = delete;
    ~Snapshot();

    [[nodiscard]] Head const& head() const noexcept { return head_; }

    /// Makes both files anew (mode 0600), on disk on return, without openings of entries that the ledger does not have. `progress`: pages
    /// that are copied, of how many. errc::io, above all if a file exists; store_corrupt.
    [[nodiscard]] Result<void> copy_to(SqliteLogPaths const& to,
                                       std::function<void(std::int64_t done, std::int64_t of)> const& progress);

private:
    struct Views;
    Snapshot(std::unique_ptr<Views> views, Head const& head) noexcept;

    std::unique_ptr<Views> views_;
    Head head_;
};

}  // namespace cl::log
