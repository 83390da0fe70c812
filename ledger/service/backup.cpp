#include "ledger/service/backup.hpp"

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

/// What lies in the data directory goes with it.
Result<void> refuse_inside(DataDir const& from, fs::path const& to) {
    std::error_code error;
    auto const data = fs::canonical(from.root, error);
    auto const target = fs::weakly_canonical(to, error);
    auto const [end, rest] = std::mismatch(data.begin(), data.end(), target.begin(), target.end());
    if (error || end != data.end()) return {};  // what is wrong with a path is said by whoever opens it
    return fail(errc::usage, "the backup would lie in the data directory, and be lost with it");
}

Result<void> require_room(DataDir const& from, fs::path const& to) {
    std::int64_t const needed =
        file_bytes(from.ledger()) + wal_bytes(from.ledger()) + file_bytes(from.vault()) + wal_bytes(from.vault());
    std::error_code error;
    auto const parent = fs::absolute(to, error).parent_path();
    if (error || free_bytes(parent) >= needed) return {};
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

Result<void> write_head(DataDir const& dir, std::string const& note, Clock const& clock) {
    CL_TRY_ASSIGN(HeadFile head, HeadFile::open(dir.head()));
    CL_TRY(head.write(note, clock.steady()));
    return head.sync(clock.steady());
}

Result<void> copy_keys(DataDir const& from, DataDir const& to) {
    CL_TRY(make_private_directory(to.keys()));
    CL_TRY(copy_new_file(from.signing_key(), to.signing_key()));
    CL_TRY(copy_new_file(from.contact_key(), to.contact_key()));
    return {};
}

Result<void> write_sums(DataDir const& dir, bool with_keys) {
    std::vector<FileSum> sums;
    for (std::string const& name : backup_names(with_keys)) {
        CL_TRY_ASSIGN(Hash32 const digest, digest_of_file(dir.root / name));
        sums.push_back({name, digest});
    }
    return write_new_file(dir.root / sums_name, sums_text(sums), 0600);
}

}  // namespace

Result<BackupView> make_backup(BackupWish const& wish, Clock const& clock) {
    DataDir const from{wish.data};
    CL_TRY(refuse_inside(from, wish.to));
    CL_TRY(require_room(from, wish.to));
    CL_TRY_ASSIGN(PartDirectory part, PartDirectory::make(wish.to));
    DataDir const to{part.path()};
    // The head before the ledger: a running writer writes them the other way round, so the ledger read here is never the older one.
    CL_TRY_ASSIGN(auto const head, HeadFile::read(from.head()));
    BackupView view;
    view.made_at = clock.now();
    view.with_keys = wish.with_keys;
    view.live = LockFile::holder(from.lock()) != 0;
    {
        CL_TRY_ASSIGN(auto snapshot, log::Snapshot::take({from.ledger(), from.vault()}));
        CL_TRY(snapshot.copy_to({to.ledger(), to.vault()}, [&](std::int64_t done, std::int64_t of) {
            if (wish.progress) wish.progress("copying", done, of);
        }));
    }
    CL_TRY(check_copy(to, from, head, wish, view));
    remove_empty_wal(to.ledger());
    remove_empty_wal(to.vault());
    CL_TRY(write_head(to, view.checkpoint, clock));
    if (wish.with_keys) CL_TRY(copy_keys(from, to));
    CL_TRY(write_new_file(to.backup_notice(), notice_text(view), 0600));
    CL_TRY(write_sums(to, wish.with_keys));
    CL_TRY(part.keep());
    return view;
}

}  // namespace cl::service
