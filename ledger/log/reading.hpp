// Private to the room: LogReader's calls over an open ledger.db and vault.db, shared by the reader and the writer.
//
// Threads: as LogReader.
#pragma once

#include "ledger/log/ledger_tables.hpp"
#include "ledger/log/sqlite_log.hpp"
#include "ledger/log/vault_tables.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace cl::log {

/// Both files, open, with the statements that read them. Statements stand behind their connections, so that they go first.
struct OpenFiles {
    [[nodiscard]] static Result<OpenFiles> make(sqlite::Connection ledger, sqlite::Connection vault) {
        CL_TRY_ASSIGN(auto ledger_reads, LedgerReads::prepare(ledger));
        CL_TRY_ASSIGN(auto vault_reads, VaultReads::prepare(vault));
        return OpenFiles{std::move(ledger), std::move(vault), std::move(ledger_reads), std::move(vault_reads)};
    }

    sqlite::Connection ledger;
    sqlite::Connection vault;
    LedgerReads ledger_reads;
    VaultReads vault_reads;
};

/// Read-only connections to both files. Errors as open_log_reader.
[[nodiscard]] Result<OpenFiles> open_for_reading(SqliteLogPaths const& paths);

/// `Base` is LogReader or LogStore.
template <class Base>
class Reading : public Base {
public:
    Result<Head> head() override {
        CL_TRY(usable());
        return files_.ledger_reads.head();
    }
    Result<std::optional<std::string>> entry(Seq seq) override {
        CL_TRY(usable());
        return files_.ledger_reads.entry(seq);
    }
    Result<void> range(Seq first, Seq last, std::function<bool(Seq, std::string_view)> const& visit) override {
        CL_TRY(usable());
        return files_.ledger_reads.range(first, last, visit);
    }
    Result<std::optional<std::string>> tile(int level, merkle::Size index) override {
        CL_TRY(usable());
        return files_.ledger_reads.tile(level, index);
    }
    Result<std::optional<StoredCheckpoint>> last_checkpoint() override {
        CL_TRY(usable());
        return files_.ledger_reads.last_checkpoint();
    }
    Result<std::optional<Opening>> opening(Seq seq, std::string_view pointer) override {
        CL_TRY(usable());
        return files_.vault_reads.opening(seq, pointer);
    }
    Result<LogReader::OpeningCount> count_openings(Seq seq) override { return files_.vault_reads.count_openings(seq); }
    Result<LogReader::Orphans> openings_from(Seq seq) override {
        CL_TRY(usable());
        return files_.vault_reads.rows_from(seq);
    }
    Result<std::optional<MessageId>> message(Hash32 const& digest) override {
        CL_TRY(usable());
        return files_.vault_reads.message(digest);
    }

protected:
    explicit Reading(OpenFiles files) : files_(std::move(files)) {}

    /// errc::writer_stopped once stop() was called.
    [[nodiscard]] Result<void> usable() const {
        if (stopped_.empty()) return {};
        return fail(errc::writer_stopped, "the writer stopped after a failure (" + stopped_ + "); restart the service");
    }
    void stop(Error const& why) { stopped_ = why.detail.empty() ? std::string("unknown") : why.detail; }
    [[nodiscard]] bool stopped() const noexcept { return !stopped_.empty(); }

    OpenFiles files_;

private:
    std::string stopped_;  // what the first failure said; empty while all is well
};

}  // namespace cl::log
