// Private: pages of obligations, one kind, oldest due first.
//
// Threads: as Source.
#pragma once

#include "ledger/report/read.hpp"

namespace cl::report {

class DutyWalk {
public:
    /// A page of what the filter's contact and list ask for; false when there are no more.
    [[nodiscard]] Result<bool> step(Desk const& desk, service::ObligationFilter::Status status, std::string const& kind,
                                    std::function<Result<void>(state::ObligationRow const&)> const& visit);

private:
    std::string cursor_;
};

}  // namespace cl::report
