// Collects integrity findings: counts all of them, keeps the first few of each kind, and knows the first bad entry.
//
// Threads: an IntegrityLog belongs to one thread.
#pragma once

#include "ledger/core/entry.hpp"
#include "verify/catalogue.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cl::verify {

/// One case. `seq` is the first bad entry; where only a stretch of entries can be named, `last` is its end.
struct IntegrityFinding {
    std::string_view id;
    std::optional<Seq> seq;
    std::optional<Seq> last;
    std::string what;  ///< the facts, no personal value, printable ASCII
};

class IntegrityLog {
public:
    /// All findings of one id.
    struct Group {
        std::int64_t count = 0;
        std::vector<IntegrityFinding> first;  ///< in the order found, at most limits::verify_details_per_check
    };

    void add(IntegrityFinding finding);
    [[nodiscard]] bool clean() const noexcept { return groups_.empty(); }
    /// By id.
    [[nodiscard]] std::map<std::string_view, Group> const& groups() const noexcept { return groups_; }
    /// The lowest seq that any finding names.
    [[nodiscard]] std::optional<Seq> first_bad() const noexcept { return first_bad_; }
    /// The lowest seq within [first, last] that a finding about single entries names.
    [[nodiscard]] std::optional<Seq> first_bad_within(Seq first, Seq last) const noexcept;

private:
    std::map<std::string_view, Group> groups_;
    std::optional<Seq> first_bad_;
};

}  // namespace cl::verify
