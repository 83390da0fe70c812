#include "verify/integrity_log.hpp"

#include "ledger/core/limits.hpp"

namespace cl::verify {

void IntegrityLog::add(IntegrityFinding finding) {
    if (finding.seq && (!first_bad_ || *finding.seq < *first_bad_)) {
        first_bad_ = finding.seq;
    }
    Group& group = groups_[finding.id];
    ++group.count;
    if (group.first.size() < limits::verify_details_per_check) {
        group.first.push_back(std::move(finding));
    }
}

std::optional<Seq> IntegrityLog::first_bad_within(Seq first, Seq last) const noexcept {
    std::optional<Seq> lowest;
    for (auto const& [id, group] : groups_) {
        for (IntegrityFinding const& finding : group.first) {
            bool const names_one = finding.seq && !finding.last;
            if (names_one && *finding.seq >= first && *finding.seq <= last && (!lowest || *finding.seq < *lowest)) {
                lowest = finding.seq;
            }
        }
    }
    return lowest;
}

}  // namespace cl::verify
