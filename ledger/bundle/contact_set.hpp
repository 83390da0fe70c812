// Contacts, each once, in 32 bytes each.
//
// Threads: plain values.
#pragma once

#include "ledger/core/hash32.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace cl::bundle {

class ContactSet {
public:
    /// errc::too_large above limits::bundle_listed.
    [[nodiscard]] Result<void> add(Hash32 const& contact) {
        if (!all_.empty() && all_.back() == contact) return {};
        all_.push_back(contact);
        if (all_.size() < 2 * sorted_ + slack) return {};
        sort();
        if (all_.size() <= limits::bundle_listed) return {};
        return fail(errc::too_large, "more contacts than one bundle takes; ask for a shorter time");
    }
    /// Rising.
    [[nodiscard]] std::vector<Hash32> take() {
        sort();
        return std::move(all_);
    }

private:
    static constexpr std::size_t slack = 65'536;  // added between two sorts, at least

    void sort() {
        std::sort(all_.begin(), all_.end());
        all_.erase(std::unique(all_.begin(), all_.end()), all_.end());
        sorted_ = all_.size();
    }

    std::vector<Hash32> all_;
    std::size_t sorted_ = 0;
};

}  // namespace cl::bundle
