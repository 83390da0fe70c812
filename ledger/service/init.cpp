// Making a data directory (docs/architecture.md "The data directory"): all of it or nothing.
#include "ledger/core/keys.hpp"
#include "ledger/core/sync.hpp"
#include "ledger/log/sqlite_log.hpp"
#include "ledger/service/data_dir.hpp"
#include "ledger/service/head_file.hpp"
#include "ledger/service/ledger_entry.hpp"
#include "ledger/service/lock_file.hpp"
#include "ledger/service/service.hpp"
#include "ledger/service/tree.hpp"

#include <array>
#include <system_error>
#include <utility>
#include <vector>

namespace cl::service {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> database_suffixes = {"", "-wal", "-shm"};

/// Removes what init made, unless it succeeds.
class Cleanup {
public:
    Cleanup() = default;
    Cleanup(Cleanup const&) = delete;
    Cleanup& operator=(Cleanup const&) = delete;
    ~Cleanup() {
        std::error_code ignored;
        for (auto path = paths_.rbegin(); path != paths_.rend(); ++path) fs::remove(*path, ignored);
    }
    void add(fs::path path) { paths_.push_back(std::move(path)); }
    void keep() { paths_.clear(); }

private:
    std::vector<fs::path> paths_;
};

Result<void> make_directory(fs::path const& path, Cleanup& cleanup) {
    std::error_code error;
    bool const made = fs::create_directory(path, error);
    if (error) return fail(errc::io, "cannot make a directory: " + error.message());
    if (!made) return {};
    cleanup.add(path);
    fs::permissions(path, fs::perms::owner_all, error);
    if (error) return fail(errc::io, "cannot protect a directory: " + error.message());
    return {};
}

Result<void> refuse_what_is_there(DataDir const& dir) {
    std::vector<fs::path> ours = {dir.head(), dir.signing_key(), dir.contact_key()};
    for (fs::path const& database : {dir.ledger(), dir.vault(), dir.state()}) {
        for (std::string_view const suffix : database_suffixes) ours.push_back(fs::path(database) += suffix);
    }
    for (fs::path const& path : ours) {
        std::error_code error;
        if (fs::exists(fs::symlink_status(path, error))) {
            return fail(errc::store_foreign, "there is something already in this directory: " + path.filename().string());
        }
    }
    return {};
}

Result<void> write_first_entry(DataDir const& dir, std::string const& origin, Environment const& env) {
    CL_TRY_ASSIGN(SecretBytes const seed, read_key_file(dir.signing_key()));
    CL_TRY_ASSIGN(SecretBytes secret, read_key_file(dir.contact_key()));
    Ed25519Signer const signer(seed);
    ContactKey const contacts(std::move(secret));
    CL_TRY_ASSIGN(auto const key, note::make_key(origin, signer.public_key()));
    json::Object data{
        {"origin", origin}, {"key", note::to_vkey(key)}, {"format", 1}, {"contact_key_check", to_hex(contacts.check_value())}};
    CL_TRY_ASSIGN(log::Row row, make_ledger_row(log::Head{}, env.clock.now(), consent::Kind::ledger_created, std::move(data)));
    Tree tree;
    tree.append(row.leaf);
    CL_TRY_ASSIGN(auto const store, log::create_sqlite_log({dir.ledger(), dir.vault()}));
    log::Batch batch;
    batch.rows.push_back(std::move(row));
    CL_TRY(store->append(log::Head{}, batch));
    return HeadFile::make(dir.head(), sign_checkpoint(Checkpoint{origin, tree.size(), tree.root()}, signer));
}

}  // namespace

Result<void> init_data_dir(fs::path const& root, std::string const& origin, Environment const& env) {
    CL_TRY(check_origin(origin));
    DataDir const dir{root};
    Cleanup cleanup;
    CL_TRY(refuse_what_is_there(dir));
    CL_TRY(make_directory(dir.root, cleanup));
    CL_TRY_ASSIGN(LockFile const lock, LockFile::take(dir.lock()));
    CL_TRY(refuse_what_is_there(dir));  // another init may have been quicker
    cleanup.add(dir.lock());
    CL_TRY(make_directory(dir.keys(), cleanup));
    cleanup.add(dir.signing_key());
    CL_TRY(create_key_file(dir.signing_key(), env.random));
    cleanup.add(dir.contact_key());
    CL_TRY(create_key_file(dir.contact_key(), env.random));
    for (fs::path const& database : {dir.ledger(), dir.vault()}) {
        for (std::string_view const suffix : database_suffixes) cleanup.add(fs::path(database) += suffix);
    }
    cleanup.add(dir.head());
    CL_TRY(write_first_entry(dir, origin, env));
    CL_TRY(sync_directory(dir.root));
    cleanup.keep();
    return {};
}

}  // namespace cl::service
