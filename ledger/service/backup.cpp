#include "ledger/service/backup.hpp"

#include "ledger/core/sha256.hpp"
#include "ledger/log/snapshot.hpp"
#include "ledger/service/backup_notice.hpp"
#include "ledger/service/export_source.hpp"
#include "ledger/service/head_file.hpp"
#include "ledger/service/lock_file.hpp"
#include "ledger/service/new_files.hpp"

#include <algorithm>
#include <system_error>

namespace cl::service {
namespace {

namespace fs = std::filesystem;

/// What lies in the data directory goes with it. Directories are compared, not their names: one may be mounted at several places.
Result<void> refuse_inside(DataDir const& from, fs::path const& place) {
    for (fs::path above = place;; above = above.parent_path()) {
        std::error_code not_there;
        if (fs::equivalent(above, from.root, not_there))
            return fail(errc::usage, "the backup would lie in the data directory, and be lost with it");
        if (above == above.root_path()) return {};
    }
}

Result<void> require_room(DataDir const& from, fs::path const& place) {
    std::int64_t const needed =
        file_bytes(from.ledger()) + wal_bytes(from.ledger()) + file_bytes(from.vault()) + wal_bytes(from.vault());
    if (free_bytes(place.parent_path()) >= needed) return {};
    return fail(errc::io, "the volume of the backup has no room for " + std::to_string(needed) + " bytes");
}

/// Hashes every entry of the copy, whose tree must pass through what was signed, and signs for the whole.
Result<void> check_copy(DataDir const& copy, DataDir const& of, HeadFile::Content const& head, BackupWish const& wish,
                        BackupView& view) {
    CL_TRY_ASSIGN(auto log, log::open_log_reader({copy.ledger(), copy.vault()}));
    CL_TRY_ASSIGN(ExportSource source, ExportSource::over(std::move(log), of, head));
    CL_TRY(source.stream([&](Seq seq, std::string_view) -> Result<void> {
        (void)source.tree().take_full();  // the root is enough: full tiles would pile up
        if (wish.progress) wish.progress("checking", seq + 1, source.size());
        return {};
    }));
    view.origin = source.origin();
    view.entries = source.size();
    view.root = source.tree().root();
    view.checkpoint = source.checkpoint();
    return {};
}

Result<void> copy_keys(DataDir const& from, DataDir const& to) {
    CL_TRY(make_private_directory(to.keys()));
    CL_TRY(copy_new_file(from.signing_key(), to.signing_key()));
    CL_TRY(copy_new_file(from.contact_key(), to.contact_key()));
    return {};
}

bool there_is_none(fs::path const& path) {
    std::error_code error;
    return !fs::exists(fs::symlink_status(path, error));
}

/// A directory has no lock file before its first service, as a restore makes it. The file is not made here: it could be of the wrong user.
/// Where the socket is, somebody has removed the lock, and a service may run all the same.
bool never_served(DataDir const& dir) {
    return there_is_none(dir.lock()) && there_is_none(dir.admin_socket());
}

bool served_without_lock(DataDir const& dir) {
    return there_is_none(dir.lock()) && !there_is_none(dir.admin_socket());
}

/// Whether a service runs, or has appended something since `copied`. While this is found out nobody can begin to.
Result<bool> goes_on(DataDir const& from, log::Head const& copied) {
    CL_TRY_ASSIGN(auto const log, log::open_log_reader({from.ledger(), from.vault()}));
    bool const untouched = never_served(from);
    auto const nobody_serves = LockFile::share(from.lock());
    if (!nobody_serves && !untouched) return true;  // also where it cannot be told
    CL_TRY_ASSIGN(log::Head const end, log->head());
    return end != copied || (!nobody_serves && !never_served(from));
}

/// backup.json and SHA256SUMS. Whether the source goes on is asked last, when all the rest has been written and read.
Result<void> write_notice(DataDir const& to, DataDir const& from, log::Head const& copied, BackupView& view) {
    std::string const notice_name = DataDir().backup_notice().generic_string();
    std::vector<FileSum> sums;
    for (std::string const& name : backup_names(view.with_keys)) {
        sums.push_back({name, {}});
        if (name == notice_name) continue;
        CL_TRY_ASSIGN(sums.back().digest, digest_of_file(to.root / name));
    }
    CL_TRY_ASSIGN(bool const more, goes_on(from, copied));
    view.live = view.live || more;
    std::string const notice = notice_text(view);
    CL_TRY(write_new_file(to.backup_notice(), notice, 0600));
    std::find_if(sums.begin(), sums.end(), [&](FileSum const& sum) { return sum.name == notice_name; })->digest =
        sha256(notice);
    return write_new_file(to.root / sums_name, sums_text(sums), 0600);
}

}  // namespace

Result<BackupView> make_backup(BackupWish const& wish, Clock const& clock) {
    DataDir const from{wish.data};
    CL_TRY(require_ledger(from));
    CL_TRY_ASSIGN(fs::path const place, place_of(wish.to));
    CL_TRY(refuse_inside(from, place));
    CL_TRY(require_room(from, place));
    CL_TRY_ASSIGN(PartDirectory part, PartDirectory::make(place));
    DataDir const to{part.path()};
    // The head before the ledger: a running writer writes them the other way round, so the ledger read here is never the older one.
    CL_TRY_ASSIGN(auto const head, HeadFile::read(from.head()));
    BackupView view;
    view.made_at = clock.now();
    view.with_keys = wish.with_keys;
    view.live = LockFile::holder(from.lock()).has_value() || served_without_lock(from);
    log::Head copied;
    {
        CL_TRY_ASSIGN(auto snapshot, log::Snapshot::take({from.ledger(), from.vault()}));
        CL_TRY(snapshot.copy_to({to.ledger(), to.vault()}, [&](std::int64_t done, std::int64_t of) {
            if (wish.progress) wish.progress("copying", done, of);
        }));
        copied = snapshot.head();
    }
    CL_TRY(check_copy(to, from, head, wish, view));
    remove_empty_wal(to.ledger());
    remove_empty_wal(to.vault());
    CL_TRY(HeadFile::make(to.head(), view.checkpoint));
    if (wish.with_keys) CL_TRY(copy_keys(from, to));
    CL_TRY(write_notice(to, from, copied, view));
    CL_TRY(part.keep());
    return view;
}

}  // namespace cl::service
