// What can be told of a data directory without its lock and without its secrets.
#include "ledger/log/sqlite_log.hpp"
#include "ledger/service/data_dir.hpp"
#include "ledger/service/dir_checks.hpp"
#include "ledger/service/head_file.hpp"
#include "ledger/service/lock_file.hpp"
#include "ledger/service/service.hpp"
#include "ledger/service/tail_check.hpp"
#include "ledger/service/tile_source.hpp"

#include <utility>

namespace cl::service {
namespace {

/// The origin in force: the head's, else the newest stored checkpoint's, else the first.
Result<std::string> origin_of(DataDir const& dir, log::LogReader& log, note::VerifierKey const& first) {
    CL_TRY_ASSIGN(auto const head, HeadFile::read(dir.head()));
    if (head.presence == HeadPresence::valid) {
        if (auto const known = open_own_checkpoint(head.note, first.key)) return known->origin;
    }
    CL_TRY_ASSIGN(auto const stored, log.last_checkpoint());
    if (stored) {
        if (auto const known = open_own_checkpoint(stored->note, first.key)) return known->origin;
    }
    return first.name;
}

/// What the ledger says of itself; also by which keys it is made.
Result<DirIdentity> read_ledger(DataDir const& dir, DirStatus& status) {
    CL_TRY_ASSIGN(auto const log, log::open_log_reader({dir.ledger(), dir.vault()}));
    CL_TRY_ASSIGN(auto const created_bytes, log->entry(0));
    if (!created_bytes) return fail(errc::store_corrupt, "the ledger has no entry, not even the first");
    CL_TRY_ASSIGN(Entry const created, decode(*created_bytes));
    CL_TRY_ASSIGN(auto const first, note::parse_vkey(created.data.string("key")));
    auto const contact_key_check = hash_from_hex(created.data.string("contact_key_check"));
    if (!contact_key_check) return fail(errc::store_corrupt, "the first entry does not say which contact key is the ledger's");
    CL_TRY_ASSIGN(status.origin, origin_of(dir, *log, first));
    CL_TRY_ASSIGN(auto const key, note::make_key(status.origin, first.key));
    status.vkey = note::to_vkey(key);
    CL_TRY_ASSIGN(auto const head, log->head());
    status.size = head.size;
    CL_TRY_ASSIGN(Edge const edge, read_edge(*log, head.size));
    TileSource tiles(*log);
    CL_TRY_ASSIGN(status.root, tiles.root(head.size, edge));
    CL_TRY_ASSIGN(auto const last, log->entry(head.size - 1));
    if (last) {
        CL_TRY_ASSIGN(Entry const newest, decode(*last));
        status.last_recorded = newest.recorded_at;
    }
    return DirIdentity{first.key, *contact_key_check};
}

}  // namespace

Result<DirStatus> read_status(std::filesystem::path const& root) {
    DataDir const dir{root};
    auto const holder = LockFile::holder(dir.lock());
    if (!holder) CL_TRY(require_ledger(dir));
    DirStatus status;
    auto const identity = read_ledger(dir, status);
    if (!identity) {
        status = DirStatus();
        status.unreadable = identity.error();
    }
    if (holder) status.server_pid = *holder > 0 ? *holder : -1;
    status.checks = check_directory(dir, identity ? std::optional(*identity) : std::nullopt);
    status.ledger_bytes = file_bytes(dir.ledger()) + wal_bytes(dir.ledger());
    status.vault_bytes = file_bytes(dir.vault()) + wal_bytes(dir.vault());
    status.state_bytes = file_bytes(dir.state()) + wal_bytes(dir.state());
    status.disk_free_bytes = free_bytes(dir.root);
    return status;
}

}  // namespace cl::service
