#include "ledger/core/sha256.hpp"
#include "ledger/log/sqlite_log.hpp"
#include "ledger/service/backup.hpp"
#include "ledger/service/backup_notice.hpp"
#include "ledger/service/head_file.hpp"
#include "ledger/service/new_files.hpp"
#include "ledger/service/recovery.hpp"
#include "ledger/service/tile_source.hpp"

#include <algorithm>
#include <utility>

namespace cl::service {
namespace {

namespace fs = std::filesystem;

/// Which file of the backup has which digest: exactly the files of a backup.
Result<std::vector<FileSum>> expected_files(DataDir const& from, bool with_keys) {
    CL_TRY_ASSIGN(std::string const text, read_small_file(from.root / sums_name, limits::backup_notice_bytes));
    CL_TRY_ASSIGN(auto sums, read_sums(text));
    auto const names = backup_names(with_keys);
    bool const same = std::equal(sums.begin(), sums.end(), names.begin(), names.end(),
                                 [](FileSum const& sum, std::string const& name) { return sum.name == name; });
    if (!same) return fail(errc::malformed, "SHA256SUMS does not list the files of a backup");
    return sums;
}

/// `head` is looked at where it lies; backup.json, whose text is `notice`, stays behind: what is made is no backup.
Result<void> copy_files(DataDir const& from, DataDir const& to, std::string const& notice, std::vector<FileSum> const& sums) {
    DataDir const names;
    auto const bring = [&](std::string const& name) -> Result<Hash32> {
        if (name == names.backup_notice()) return sha256(notice);
        return name == names.head() ? digest_of_file(from.root / name) : copy_new_file(from.root / name, to.root / name);
    };
    for (FileSum const& sum : sums) {
        CL_TRY_ASSIGN(Hash32 const digest, bring(sum.name));
        if (digest != sum.digest) {
            return fail(errc::store_corrupt, sum.name + " is not the file that was backed up: its digest is another one");
        }
    }
    return {};
}

/// Of a backup without keys.
Result<void> bring_keys(RestoreWish const& wish, DataDir const& to) {
    if (!wish.keys) return fail(errc::usage, "the backup has no keys: say where the ledger's keys/ is");
    DataDir const names;
    for (auto const& key : {names.signing_key(), names.contact_key()}) {
        CL_TRY(read_key_file(*wish.keys / key.filename()));  // its errors say what is wrong with it
        CL_TRY(copy_new_file(*wish.keys / key.filename(), to.root / key));
    }
    return {};
}

/// How the ledger stands to the head that was given.
Result<void> compare_with_head(HeadFile::Content const& content, log::LogReader& log, Edge const& edge,
                               std::array<std::uint8_t, 32> const& key, RestoreView& view) {
    if (content.presence != HeadPresence::valid) return fail(errc::rollback_detected, "the given head is missing or damaged");
    auto const known = open_own_checkpoint(content.note, key);
    if (!known) return fail(errc::rollback_detected, "the given head belongs to another ledger");
    if (known->origin != view.backup.origin) {
        return fail(errc::rollback_detected, "the given head has another name than the backup's ledger");
    }
    if (known->size < edge.size) {
        return fail(errc::rollback_detected, "the given head is older than the backup: it tells nothing of what came after");
    }
    view.lost = known->size - edge.size;
    if (view.lost > 0) {
        view.continuity = Continuity::behind;
        return {};
    }
    CL_TRY_ASSIGN(Hash32 const root, TileSource(log).root(known->size, edge));
    if (root == known->root) return {};
    return fail(errc::rollback_detected, "the given head is of another history than the backup");
}

/// What is restored against what was signed of it; `given` is the content of the wish's head.
Result<void> check_restored(RestoreWish const& wish, std::optional<HeadFile::Content> const& given, DataDir const& to,
                            RestoreView& view) {
    CL_TRY_ASSIGN(auto const log, log::open_log_reader({to.ledger(), to.vault()}));
    CL_TRY_ASSIGN(Keys const keys, check_keys(to, *log));
    auto const key = Ed25519Signer(keys.signing).public_key();
    CL_TRY_ASSIGN(Tail const tail, check_tail(*log));
    CL_TRY_ASSIGN(Checkpoint const checkpoint, open_own_checkpoint(view.backup.checkpoint, key));
    CL_TRY_ASSIGN(Hash32 const root, TileSource(*log).root(tail.head.size, tail.edge));
    if (checkpoint.size != tail.head.size || checkpoint.root != root) {
        return fail(errc::chain_broken, "the backup's entries are not those of its checkpoint");
    }
    if (checkpoint.origin != view.backup.origin)
        return fail(errc::malformed, "backup.json names another ledger than its checkpoint");
    if (given) CL_TRY(compare_with_head(*given, *log, tail.edge, key, view));
    if (!wish.nothing_since) return {};
    if (view.lost > 0) return fail(errc::rollback_detected, "the given head shows that something was signed after the backup");
    view.continuity = Continuity::whole;
    return {};
}

}  // namespace

Result<RestoreView> restore_backup(RestoreWish const& wish) {
    DataDir const from{wish.from};
    RestoreView view;
    CL_TRY_ASSIGN(std::string const notice, read_small_file(from.backup_notice(), limits::backup_notice_bytes));
    CL_TRY_ASSIGN(view.backup, read_notice(notice));
    if (wish.nothing_since && view.backup.live) {
        return fail(errc::usage,
                    "the backup was made beside a running service, which may have gone on: stop it, and make another");
    }
    if (wish.keys && view.backup.with_keys) return fail(errc::usage, "the backup has keys of its own");
    CL_TRY_ASSIGN(auto const sums, expected_files(from, view.backup.with_keys));
    CL_TRY_ASSIGN(PartDirectory part, PartDirectory::make(wish.data));
    DataDir const to{part.path()};
    CL_TRY(make_private_directory(to.keys()));
    CL_TRY(copy_files(from, to, notice, sums));
    if (!view.backup.with_keys) CL_TRY(bring_keys(wish, to));
    // Read once: what is compared is what is kept.
    std::optional<HeadFile::Content> given;
    if (wish.head) {
        CL_TRY_ASSIGN(given, HeadFile::read(*wish.head));
    }
    CL_TRY(check_restored(wish, given, to, view));
    remove_empty_wal(to.ledger());
    remove_empty_wal(to.vault());
    // A head that is ahead is what the start records of the loss; one that is not would let it go on under its name.
    if (view.continuity == Continuity::behind) CL_TRY(HeadFile::make(to.head(), given->note));
    if (view.continuity == Continuity::whole) CL_TRY(HeadFile::make(to.head(), view.backup.checkpoint));
    CL_TRY(part.keep());
    return view;
}

}  // namespace cl::service
