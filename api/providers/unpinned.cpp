#include "api/providers/unpinned.hpp"

#include <algorithm>
#include <set>

namespace cl::api::providers {

bool Unpinned::note(std::string_view account, std::string_view url, Millis steady) {
    std::string const key = std::string(account) + " " + std::string(url);
    std::lock_guard const lock(mutex_);
    auto const found = said_.find(key);
    if (found == said_.end()) {
        auto const later = [](auto const& one, auto const& other) { return one.second < other.second; };
        auto const oldest = std::min_element(said_.begin(), said_.end(), later);
        if (said_.size() >= most && steady - oldest->second >= gives_way_ms) {
            said_.erase(oldest);
        }
        return said_.size() < most && said_.emplace(key, steady).second;
    }
    bool const again = steady - found->second >= again_ms;
    if (again) {
        found->second = steady;
    }
    return again;
}

std::vector<std::string> Unpinned::warnings() const {
    std::set<std::string> urls;
    {
        std::lock_guard const lock(mutex_);
        for (auto const& [key, when] : said_) {
            urls.insert(key.substr(key.find(' ') + 1));
        }
    }
    std::vector<std::string> out;
    for (std::string const& url : urls) {
        out.push_back("webhook deliveries wait for a certificate that is not pinned: " + url);
    }
    return out;
}

void Unpinned::forget() {
    std::lock_guard const lock(mutex_);
    said_.clear();
}

}  // namespace cl::api::providers
