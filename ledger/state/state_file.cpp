#include "ledger/state/state_file.hpp"

#include "ledger/sqlite/transaction.hpp"
#include "ledger/state/mark.hpp"
#include "ledger/state/rows.hpp"
#include "ledger/state/schema.hpp"

#include <string>
#include <system_error>
#include <utility>

namespace cl::state {
namespace {

Result<void> require_trustworthy(Meta const& meta, Identity const& identity) {
    if (meta.identity.ledger != identity.ledger) return fail(errc::state_stale, "state.db belongs to another ledger");
    if (meta.identity.rules != identity.rules)
        return fail(errc::state_stale, "state.db was made by another revision of the rules");
    if (meta.clean) return {};
    if (identity.boot_id.empty() || meta.identity.boot_id != identity.boot_id) {
        return fail(errc::state_stale, "state.db was not closed cleanly before the machine went down");
    }
    return {};
}

bool in_use(Error const& error) noexcept {
    return error.code == errc::busy || error.code == errc::store_locked;
}

}  // namespace

Result<std::unique_ptr<StateFile>> StateFile::open(std::filesystem::path const& path, Identity const& identity) {
    auto adopted = adopt(path, identity);
    if (adopted) return adopted;
    // Somebody else is using it: taking it away from under them would be worse than not starting.
    if (in_use(adopted.error())) return adopted;
    return create_anew(path, identity);
}

Result<std::unique_ptr<StateFile>> StateFile::adopt(std::filesystem::path const& path, Identity const& identity) {
    CL_TRY_ASSIGN(auto connection, sqlite::Connection::open_owner(path, owner_settings, file_identity));
    CL_TRY_ASSIGN(auto const meta, read_meta(connection));
    CL_TRY(require_trustworthy(meta, identity));
    if (!meta.clean) CL_TRY(sqlite::quick_check(connection));
    Loaded loaded;
    loaded.watermark = meta.watermark;
    CL_TRY_ASSIGN(loaded.accounts, read_accounts(connection));
    CL_TRY_ASSIGN(loaded.tokens, read_tokens(connection));
    CL_TRY_ASSIGN(loaded.policies, read_policies(connection));
    CL_TRY(clear_mark(connection, identity.boot_id));
    return finish_open(std::move(connection), std::move(loaded));
}

Result<std::unique_ptr<StateFile>> StateFile::create_anew(std::filesystem::path const& path, Identity const& identity) {
    CL_TRY(remove(path));
    CL_TRY_ASSIGN(auto connection, sqlite::Connection::create(path, owner_settings, file_identity));
    CL_TRY(insert_meta(connection, identity));
    CL_TRY(clear_mark(connection, identity.boot_id));
    return finish_open(std::move(connection), {});
}

Result<std::unique_ptr<StateFile>> StateFile::finish_open(sqlite::Connection connection, Loaded loaded) {
    CL_TRY_ASSIGN(auto writer, BufferWriter::prepare(connection));
    return std::unique_ptr<StateFile>(new StateFile(std::move(connection), std::move(writer), std::move(loaded)));
}

Result<void> StateFile::remove(std::filesystem::path const& path) {
    // The database last: if this is interrupted, no -wal is left beside a file that it does not belong to.
    for (auto const* suffix : {"-wal", "-shm", "-journal", ""}) {
        auto file = path;
        file += suffix;
        std::error_code failure;
        std::filesystem::remove(file, failure);
        if (failure) return fail(errc::io, "cannot remove state.db" + std::string(suffix) + ": " + failure.message());
    }
    return {};
}

Result<void> StateFile::write(Buffer const& buffer) {
    {
        CL_TRY_ASSIGN(auto transaction, sqlite::Transaction::write(connection_));
        CL_TRY(writer_.write(buffer));
        CL_TRY(transaction.commit());
    }
    // Committed: a checkpoint that cannot finish because somebody reads is finished by the next one.
    auto const moved = connection_.checkpoint(sqlite::CheckpointMode::passive);
    if (!moved && !in_use(moved.error())) return moved.error();
    return {};
}

Result<void> StateFile::mark_clean() {
    return set_mark(connection_);
}

}  // namespace cl::state
