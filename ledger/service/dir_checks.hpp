// Whether the next start would find what it needs: a service goes on without its key files, and with databases that have lost their names,
// until it ends, and nobody would know.
//
// Threads: any thread.
#pragma once

#include "ledger/core/clock.hpp"
#include "ledger/core/hash32.hpp"
#include "ledger/service/data_dir.hpp"
#include "ledger/service/service.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cl::service {

/// What a ledger's directory must hold.
struct DirIdentity {
    std::array<std::uint8_t, 32> public_key{};
    Hash32 contact_key_check;
};

/// A file by what the system knows it by, whatever its name is now.
struct FileId {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    friend bool operator==(FileId const&, FileId const&) = default;
};

/// A file that a service has open, under the name that it had then. While it is open nothing else gets its FileId.
struct HeldFile {
    std::string name;  ///< in the data directory
    std::optional<FileId> id;
};

/// The ledger, the vault, their write-ahead logs and the lock, as they are now. To be asked when they have just been opened.
[[nodiscard]] std::vector<HeldFile> held_files(DataDir const& dir);

/// `disk`, `databases`, `lock`, `signing_key`, `contact_key`, `head`: each with what is wrong with it, in words that quote no path.
/// `identity`: nothing where the ledger cannot be read; then the keys are only looked at as files. `held`: empty where nobody serves.
[[nodiscard]] std::vector<Check> check_directory(DataDir const& dir, std::optional<DirIdentity> const& identity,
                                                 std::vector<HeldFile> const& held = {});

/// Looks at most once a second, however often it is asked.
class DirChecks {
public:
    DirChecks(DataDir dir, DirIdentity identity, std::vector<HeldFile> held)
        : dir_(std::move(dir)), identity_(identity), held_(std::move(held)) {}
    [[nodiscard]] std::vector<Check> get(Millis steady) const;

private:
    DataDir const dir_;
    DirIdentity const identity_;
    std::vector<HeldFile> const held_;
    mutable std::mutex mutex_;
    mutable std::optional<Millis> looked_at_;  // guarded by mutex_
    mutable std::vector<Check> seen_;          // guarded by mutex_
};

}  // namespace cl::service
