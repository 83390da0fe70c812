// When each token was used last, to the minute (limits::token_used_ms): in memory, and now and then in a small file of the data
// directory. Not in the log, since a request is no change; the file is disposable, and what a crash loses is at most the last minute's.
//
// Threads: any thread.
#pragma once

#include "ledger/core/clock.hpp"

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace cl::service {

class TokenUses {
public:
    /// Takes what the file says; nothing of a file that is missing or damaged. Before there are other threads. Without it nothing is saved.
    void open(std::filesystem::path path);
    /// A request came with this token. Precondition: a token of the ledger, so that their number is bounded.
    void note(std::string_view token, Millis now);
    /// The beginning of the minute in which it was used last; nothing = never, as far as is known.
    [[nodiscard]] std::optional<Millis> last(std::string_view token) const;
    /// Replaces the file if there is something new. errc::io; the next call tries again.
    [[nodiscard]] Result<void> save();

private:
    std::filesystem::path path_;
    mutable std::mutex mutex_;
    std::map<std::string, Millis, std::less<>> last_;  // guarded by mutex_
    bool changed_ = false;                             // guarded by mutex_
};

}  // namespace cl::service
