// Failed authentications and authorisations, counted by the address that they came from: a line a minute for each, and an answer of 429
// instead of 401 to an address that fails too often. A token that is good is taken from any address: proxies and networks share one, and
// an opt-out behind a misconfigured neighbour must not be lost.
//
// Threads: any thread.
#pragma once

#include "api/rejection.hpp"
#include "ledger/core/clock.hpp"
#include "ledger/core/hash32.hpp"

#include <array>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

namespace cl::api {

class AuthAudit {
public:
    struct Options {
        /// Lines name the address itself, for tools that ban one. Otherwise a digest of it under `key`, by which the lines of one run can
        /// be told apart: an address is personal data.
        bool addresses = false;
        Hash32 key{};  ///< random, for this run
    };
    AuthAudit(Options options, std::function<void(std::string_view)> log)
        : options_(std::move(options)), log_(std::move(log)) {}

    /// Counts. `remote`: an address, or the network that stands for it; empty = none, which is never too much. `token`: the id of a token
    /// of this ledger, or empty. Returns the seconds until the address's minute ends if it has failed too often, else 0.
    int failed(std::string_view remote, Rejection why, std::string_view token, Millis steady);
    /// Says what was counted in the minutes that have ended. To be called about once a second.
    void tick(Millis steady);
    /// Says everything, at the end.
    void flush();

private:
    struct Counted {
        Millis since = 0;
        std::array<std::int64_t, rejection_names.size()> by_reason{};
        std::int64_t unauthenticated = 0;  ///< of these, those that count against the address
        std::set<std::string, std::less<>> tokens;
        std::int64_t more_tokens = 0;  ///< mentions beyond those that are kept
    };
    [[nodiscard]] std::string describe(std::string_view remote, Counted const& counted) const;

    Options const options_;
    std::function<void(std::string_view)> const log_;
    std::mutex mutex_;
    std::map<std::string, Counted, std::less<>> addresses_;  // guarded by mutex_; at most limits::rate_clients, and `others`
};

}  // namespace cl::api
