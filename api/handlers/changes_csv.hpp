// Pages of entries as CSV, for whoever reads the log in a table.
//
// Threads: pure, any thread.
#pragma once

#include "api/http.hpp"
#include "ledger/report/writers.hpp"
#include "ledger/service/queries.hpp"

namespace cl::api::handlers {

/// The parameter `profile`, as of the reports: plain without it. errc::invalid for anything else.
[[nodiscard]] Result<report::Profile> csv_profile(Request const& request);
/// RFC 4180 with a header line, `Link` to the next page; the own number as `tel:` (RFC 3966), as in the reports.
[[nodiscard]] Result<Response> csv_page(Request const& request, service::Page<service::EntryView> const& page);

}  // namespace cl::api::handlers
