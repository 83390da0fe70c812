// Until when a contact's record is needed, as the API tells it.
//
// Threads: as handlers.hpp.
#pragma once

#include "api/router.hpp"
#include "ledger/core/error.hpp"
#include "ledger/service/queries.hpp"

namespace cl::api::handlers {

/// Nothing if the contact in the path is due (consent/retention.hpp) or was erased already, which its certificate then says;
/// errc::hold or errc::refused_by_policy otherwise, errc::not_found for nobody.
[[nodiscard]] Result<void> must_be_due(service::Queries& queries, Call const& call);

}  // namespace cl::api::handlers
