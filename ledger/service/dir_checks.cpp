#include "ledger/service/dir_checks.hpp"

#include "ledger/core/keys.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/service/head_file.hpp"

#include <unistd.h>

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

/// SQLite goes on with a file that has lost its name; what it writes then is gone with the process.
std::optional<Error> check_databases(DataDir const& dir) {
    std::error_code ignored;
    for (auto const& path : {dir.ledger(), dir.vault()}) {
        if (!std::filesystem::is_regular_file(path, ignored)) {
            return not_ready(path.filename().string() + " is gone from the data directory: stop nothing before it is saved");
        }
    }
    return std::nullopt;
}

std::optional<Error> check_signing_key(DataDir const& dir, DirIdentity const& identity) {
    auto const key = read_key_file(dir.signing_key());
    if (!key) return not_ready("keys/signing.key cannot be read: the next start would fail");
    if (Ed25519Signer(*key).public_key() == identity.public_key) return std::nullopt;
    return not_ready("keys/signing.key is not this ledger's: the next start would fail");
}

std::optional<Error> check_contact_key(DataDir const& dir, DirIdentity const& identity) {
    auto key = read_key_file(dir.contact_key());
    if (!key) return not_ready("keys/contact.key cannot be read: the next start would fail");
    if (ContactKey(std::move(*key)).check_value() == identity.contact_key_check) return std::nullopt;
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

std::vector<Check> check_directory(DataDir const& dir, DirIdentity const& identity) {
    return {{"disk", check_disk(dir)},
            {"databases", check_databases(dir)},
            {"signing_key", check_signing_key(dir, identity)},
            {"contact_key", check_contact_key(dir, identity)},
            {"head", check_head(dir)}};
}

std::vector<Check> DirChecks::get(Millis steady) const {
    std::lock_guard const lock(mutex_);
    if (!looked_at_ || steady - *looked_at_ >= look_every_ms) {
        seen_ = check_directory(dir_, identity_);
        looked_at_ = steady;
    }
    return seen_;
}

}  // namespace cl::service
