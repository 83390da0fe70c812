// How the two files are made and opened.

#include "ledger/log/sqlite_log.hpp"

#include "ledger/core/store_format.hpp"
#include "ledger/log/reading.hpp"
#include "ledger/log/sqlite_store.hpp"

#include <system_error>
#include <utility>

namespace cl::log {

namespace {

using sqlite::Connection;
using sqlite::Identity;
using sqlite::Settings;

constexpr Identity ledger_identity{"ledger.db", store_format::ledger_application_id, store_format::ledger_user_version,
                                   store_format::ledger_schema};
constexpr Identity vault_identity{"vault.db", store_format::vault_application_id, store_format::vault_user_version,
                                  store_format::vault_schema, store_format::vault_schema_2};

Settings ledger_settings() {
    Settings settings;
    settings.page_size = store_format::ledger_page_size;
    settings.synchronous = sqlite::Synchronous::full;
    return settings;
}

Settings vault_settings() {
    Settings settings;
    settings.page_size = store_format::vault_page_size;
    settings.synchronous = sqlite::Synchronous::full;
    settings.secure_delete = true;
    settings.busy_ms = vault_busy_ms;
    return settings;
}

Settings reader_settings() {
    Settings settings;
    settings.cache_bytes = 8LL << 20;  // there are several readers, and the system's page cache behind them
    return settings;
}

class SqliteReader final : public Reading<LogReader> {
public:
    explicit SqliteReader(OpenFiles files) : Reading(std::move(files)) {}
};

}  // namespace

Result<std::unique_ptr<LogStore>> create_sqlite_log(SqliteLogPaths const& paths) {
    std::error_code ignored;
    if (std::filesystem::exists(paths.ledger, ignored)) {
        return fail(errc::io, paths.ledger.string() + " exists; a ledger is never overwritten");
    }
    CL_TRY_ASSIGN(auto vault, Connection::create(paths.vault, vault_settings(), vault_identity));
    auto ledger = Connection::create(paths.ledger, ledger_settings(), ledger_identity);
    if (!ledger) {
        { Connection const closing = std::move(vault); }
        std::filesystem::remove(paths.vault, ignored);
        return ledger.error();
    }
    return SqliteStore::make(paths, std::move(*ledger), std::move(vault));
}

Result<std::unique_ptr<LogStore>> open_sqlite_log(SqliteLogPaths const& paths) {
    CL_TRY_ASSIGN(auto ledger, Connection::open_owner(paths.ledger, ledger_settings(), ledger_identity));
    CL_TRY_ASSIGN(auto vault, Connection::open_owner(paths.vault, vault_settings(), vault_identity));
    return SqliteStore::make(paths, std::move(ledger), std::move(vault));
}

Result<OpenFiles> open_for_reading(SqliteLogPaths const& paths) {
    CL_TRY_ASSIGN(auto ledger, Connection::open_reader(paths.ledger, reader_settings(), ledger_identity));
    CL_TRY_ASSIGN(auto vault, Connection::open_reader(paths.vault, reader_settings(), vault_identity));
    return OpenFiles::make(std::move(ledger), std::move(vault));
}

Result<std::unique_ptr<LogReader>> open_log_reader(SqliteLogPaths const& paths) {
    CL_TRY_ASSIGN(auto files, open_for_reading(paths));
    return std::unique_ptr<LogReader>(std::make_unique<SqliteReader>(std::move(files)));
}

}  // namespace cl::log
