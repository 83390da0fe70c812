#include "ledger/state/mark.hpp"

#include "ledger/sqlite/transaction.hpp"

#include <cstdint>
#include <string_view>

namespace cl::state {
namespace {

Result<void> check_setting(sqlite::Connection& connection, std::int64_t expected) {
    CL_TRY_ASSIGN(auto statement, connection.prepare("PRAGMA synchronous"));
    sqlite::Query query(statement);
    CL_TRY_ASSIGN(bool const row, query.step());
    if (!row || query.int64(0) != expected) return fail(errc::io, "state.db: SQLite did not take the setting of synchronous");
    return {};
}

Result<void> sync_from_now_on(sqlite::Connection& connection) {
    CL_TRY(connection.exec("PRAGMA synchronous=FULL"));
    return check_setting(connection, 2);
}

Result<void> sync_no_more(sqlite::Connection& connection) {
    CL_TRY(connection.exec("PRAGMA synchronous=OFF"));
    return check_setting(connection, 0);
}

Result<void> update_mark(sqlite::Connection& connection, bool clean, std::string const& boot_id) {
    CL_TRY_ASSIGN(auto transaction, sqlite::Transaction::write(connection));
    {
        CL_TRY_ASSIGN(
            auto statement,
            connection.prepare("UPDATE meta SET clean = ?1, boot_id = ?2, generation = generation + 1 WHERE one = 1"));
        sqlite::Query query(statement);
        CL_TRY(query.bind(1, clean ? 1 : 0).bind_text(2, boot_id).run());
    }
    if (connection.changes() != 1) return fail(errc::store_corrupt, "state.db: the meta row is missing");
    return transaction.commit();
}

// With synchronous=FULL and at least one frame in the WAL, a complete checkpoint syncs the WAL, moves it, and syncs the database file:
// an fsync of the whole file, including pages that earlier, unsynced checkpoints left to the kernel.
Result<void> move_and_sync(sqlite::Connection& connection) {
    CL_TRY_ASSIGN(auto const done, connection.checkpoint(sqlite::CheckpointMode::truncate));
    if (done.moved != done.wal) return fail(errc::io, "state.db: the checkpoint did not finish");
    return {};
}

}  // namespace

Result<Meta> read_meta(sqlite::Connection& connection) {
    CL_TRY_ASSIGN(auto statement,
                  connection.prepare("SELECT ledger, rules, boot_id, clean, size, leaf FROM meta WHERE one = 1"));
    sqlite::Query query(statement);
    CL_TRY_ASSIGN(bool const row, query.step());
    if (!row) return fail(errc::store_corrupt, "state.db: the meta row is missing");
    Meta meta;
    meta.identity.rules = query.int64(1);
    meta.identity.boot_id = query.text(2);
    meta.clean = query.int64(3) == 1;
    meta.watermark.size = query.int64(4);
    std::string const ledger(query.blob(0));
    std::string const leaf(query.blob(5));
    CL_TRY(query.status());
    CL_TRY_ASSIGN(meta.identity.ledger, hash_from_bytes(ledger));
    CL_TRY_ASSIGN(meta.watermark.leaf, hash_from_bytes(leaf));
    if (meta.watermark.size < 0) return fail(errc::store_corrupt, "state.db: a negative watermark");
    return meta;
}

Result<void> insert_meta(sqlite::Connection& connection, Identity const& identity) {
    Hash32 const no_leaf;
    CL_TRY_ASSIGN(auto statement,
                  connection.prepare("INSERT INTO meta(one, ledger, rules, boot_id, clean, generation, size, leaf) "
                                     "VALUES(1, ?1, ?2, ?3, 0, 0, 0, ?4)"));
    sqlite::Query query(statement);
    query.bind_blob(1, identity.ledger.view())
        .bind(2, identity.rules)
        .bind_text(3, identity.boot_id)
        .bind_blob(4, no_leaf.view());
    return query.run();
}

Result<void> clear_mark(sqlite::Connection& connection, std::string const& boot_id) {
    CL_TRY(sync_from_now_on(connection));
    // A WAL that still holds the old mark is emptied first, so that no half-overwritten WAL can end with it.
    CL_TRY(move_and_sync(connection));
    CL_TRY(update_mark(connection, false, boot_id));
    CL_TRY(move_and_sync(connection));
    return sync_no_more(connection);
}

Result<void> set_mark(sqlite::Connection& connection) {
    CL_TRY_ASSIGN(auto const meta, read_meta(connection));
    CL_TRY(sync_from_now_on(connection));
    // A change that says nothing, so that the checkpoint has a frame to move and therefore syncs: only then may the mark exist anywhere.
    CL_TRY(update_mark(connection, false, meta.identity.boot_id));
    CL_TRY(move_and_sync(connection));
    return update_mark(connection, true, meta.identity.boot_id);
}

}  // namespace cl::state
