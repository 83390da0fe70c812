// Whether the next start would find what it needs: a service goes on without its key files until it is restarted, and nobody would know.
//
// Threads: any thread.
#pragma once

#include "ledger/core/clock.hpp"
#include "ledger/core/hash32.hpp"
#include "ledger/service/data_dir.hpp"
#include "ledger/service/service.hpp"

#include <array>
#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

namespace cl::service {

/// What a ledger's directory must hold.
struct DirIdentity {
    std::array<std::uint8_t, 32> public_key{};
    Hash32 contact_key_check;
};

/// `disk`, `databases`, `signing_key`, `contact_key`, `head`: each with what is wrong with it, in words that quote no path.
[[nodiscard]] std::vector<Check> check_directory(DataDir const& dir, DirIdentity const& identity);

/// Looks at most once a second, however often it is asked.
class DirChecks {
public:
    DirChecks(DataDir dir, DirIdentity identity) : dir_(std::move(dir)), identity_(identity) {}
    [[nodiscard]] std::vector<Check> get(Millis steady) const;

private:
    DataDir const dir_;
    DirIdentity const identity_;
    mutable std::mutex mutex_;
    mutable std::optional<Millis> looked_at_;  // guarded by mutex_
    mutable std::vector<Check> seen_;          // guarded by mutex_
};

}  // namespace cl::service
