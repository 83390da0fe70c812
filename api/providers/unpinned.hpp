// Certificates that deliveries named and that nobody has pinned: what the operator is told, once for each, and until the webhooks are read again.
//
// Threads: any thread.
#pragma once

#include "ledger/core/clock.hpp"

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace cl::api::providers {

class Unpinned {
public:
    /// True if this is news: the first time since forget(), or an hour after the last. At most `most` URLs are kept, the latest: whoever knows
    /// a topic's name can have one noted, and must neither fill the log nor keep the one that counts out of it.
    [[nodiscard]] bool note(std::string_view account, std::string_view url, Millis steady);
    /// A sentence for each, for anybody to read: the URL, no account.
    [[nodiscard]] std::vector<std::string> warnings() const;
    void forget();

    static constexpr std::size_t most = 8;
    static constexpr Millis again_ms = 3'600'000;
    static constexpr Millis gives_way_ms = 60'000;  ///< when there are too many, one this old gives way

private:
    mutable std::mutex mutex_;
    std::map<std::string, Millis, std::less<>> said_;  // guarded by mutex_; by account and URL, when it was said last
};

}  // namespace cl::api::providers
