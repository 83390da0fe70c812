#include "ledger/service/dir_checks.hpp"

#include "ledger/core/keys.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/service/head_file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

namespace cl::service {
namespace {

constexpr Millis look_every_ms = 1'000;

Error not_ready(std::string detail) {
    return fail(errc::not_ready, std::move(detail));
}

std::optional<Error> check_disk(DataDir const& dir) {
    if (free_bytes(dir.root) >= static_cast<std::int64_t>(limits::disk_spare_bytes)) return std::nullopt;
    return not_ready("the volume of the data directory is almost full");
}

std::optional<FileId> file_id(std::filesystem::path const& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return std::nullopt;
    return FileId{static_cast<std::uint64_t>(status.st_dev), static_cast<std::uint64_t>(status.st_ino)};
}

/// What is wrong with the name of a file that is open.
std::string lost_name(DataDir const& dir, HeldFile const& file) {
    auto const now = file_id(dir.root / file.name);
    if (now && now == file.id) return {};
    return file.name + (now ? " in the data directory is not the file that is in use" : " is gone from the data directory");
}

bool is_wal(HeldFile const& file) {
    return file.name.ends_with("-wal");
}

/// SQLite goes on with a file that has lost its name. What is written to a database then is gone with the process; what is written to a
/// write-ahead log is moved into the database where the process closes it, and gone where it is killed.
std::optional<Error> check_databases(DataDir const& dir, std::vector<HeldFile> const& held) {
    std::error_code ignored;
    for (auto const& path : {dir.ledger(), dir.vault()}) {
        if (!std::filesystem::is_regular_file(path, ignored)) {
            return not_ready(path.filename().string() + " is gone from the data directory: stop nothing before it is saved");
        }
    }
    for (HeldFile const& file : held) {
        if (file.name == dir.lock().filename()) continue;
        std::string const lost = lost_name(dir, file);
        if (lost.empty()) continue;
        return not_ready(lost + (is_wal(file) ? ": stop the service cleanly; if it is killed, what was recorded last is lost"
                                              : ": stop nothing before it is saved"));
    }
    return std::nullopt;
}

/// Without it another process could serve the same files. Where nobody serves, a start must be able to take it.
std::optional<Error> check_lock(DataDir const& dir, std::vector<HeldFile> const& held) {
    for (HeldFile const& file : held) {
        if (file.name != dir.lock().filename()) continue;
        std::string const lost = lost_name(dir, file);
        if (!lost.empty()) return not_ready("the file " + lost + ": start no second server, and restart this one");
        return std::nullopt;
    }
    bool const absent = ::access(dir.lock().c_str(), F_OK) != 0 && errno == ENOENT;
    if (absent || ::access(dir.lock().c_str(), R_OK | W_OK) == 0) return std::nullopt;
    return not_ready("the file lock cannot be written: the next start would fail");
}

/// Why a key file is not taken. Of the system's own failures nothing is told.
Error bad_key(std::filesystem::path const& path, Error const& error) {
    std::string const name = "keys/" + path.filename().string();
    std::string detail = error.detail;
    auto const at = detail.find(path.string());
    bool const ours = error.code == errc::key_missing || error.code == errc::key_mismatch;
    if (!ours || at == detail.npos) return not_ready(name + " cannot be read: the next start would fail");
    detail.replace(at, path.string().size(), name);
    return not_ready(detail + "; the next start would fail");
}

std::optional<Error> check_signing_key(DataDir const& dir, std::optional<DirIdentity> const& identity) {
    auto const key = read_key_file(dir.signing_key());
    if (!key) return bad_key(dir.signing_key(), key.error());
    if (!identity || Ed25519Signer(*key).public_key() == identity->public_key) return std::nullopt;
    return not_ready("keys/signing.key is not this ledger's: the next start would fail");
}

std::optional<Error> check_contact_key(DataDir const& dir, std::optional<DirIdentity> const& identity) {
    auto key = read_key_file(dir.contact_key());
    if (!key) return bad_key(dir.contact_key(), key.error());
    if (!identity || ContactKey(std::move(*key)).check_value() == identity->contact_key_check) return std::nullopt;
    return not_ready("keys/contact.key is not this ledger's: the next start would fail");
}

std::optional<Error> check_head(DataDir const& dir) {
    auto const head = HeadFile::read(dir.head());
    bool const whole = head && head->presence == HeadPresence::valid;
    if (!whole) return not_ready("the file head is missing or damaged: the next start would refuse the ledger");
    if (::access(dir.head().c_str(), W_OK) == 0) return std::nullopt;
    return not_ready("the file head cannot be written: the next start would fail");
}

}  // namespace

std::vector<HeldFile> held_files(DataDir const& dir) {
    std::vector<HeldFile> held;
    for (auto const& path : {dir.ledger(), dir.vault()}) {
        for (char const* suffix : {"", "-wal"}) held.push_back({path.filename().string() + suffix, {}});
    }
    held.push_back({dir.lock().filename().string(), {}});
    for (HeldFile& file : held) file.id = file_id(dir.root / file.name);
    return held;
}

std::vector<Check> check_directory(DataDir const& dir, std::optional<DirIdentity> const& identity,
                                   std::vector<HeldFile> const& held) {
    return {{"disk", check_disk(dir)},
            {"databases", check_databases(dir, held)},
            {"lock", check_lock(dir, held)},
            {"signing_key", check_signing_key(dir, identity)},
            {"contact_key", check_contact_key(dir, identity)},
            {"head", check_head(dir)}};
}

std::vector<Check> DirChecks::get(Millis steady) const {
    std::lock_guard const lock(mutex_);
    if (!looked_at_ || steady - *looked_at_ >= look_every_ms) {
        seen_ = check_directory(dir_, identity_, held_);
        looked_at_ = steady;
    }
    return seen_;
}

}  // namespace cl::service
