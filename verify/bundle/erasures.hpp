// Who was erased, by the entries, against what is said to be erased.
//
// Threads: belongs to one thread.
#pragma once

#include "ledger/core/entry.hpp"

#include <algorithm>
#include <functional>
#include <unordered_map>

namespace cl::verify::bundle {

class Erasures {
public:
    /// A subject.erased entry.
    void erased(Hash32 const& contact, Seq seq) { at_[contact].erased = seq; }
    /// Something that entry `seq` of the contact committed to is said to be erased.
    void claimed(Hash32 const& contact, Seq seq) {
        Seq& last = at_[contact].claimed;
        last = std::max(last, seq);
    }
    [[nodiscard]] bool is_erased(Hash32 const& contact) const {
        auto const found = at_.find(contact);
        return found != at_.end() && found->second.erased >= 0;
    }
    /// The newest entry of each contact whose value is said to be erased, and that no later entry erases.
    void each_unfounded(std::function<void(Hash32 const& contact, Seq seq)> const& visit) const {
        for (auto const& [contact, at] : at_) {
            if (at.claimed > at.erased) visit(contact, at.claimed);
        }
    }

private:
    struct At {
        Seq erased = -1;
        Seq claimed = -1;
    };
    std::unordered_map<Hash32, At, Hash32Hasher> at_;
};

}  // namespace cl::verify::bundle
