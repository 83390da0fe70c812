// The ledger's own entries (ledger.created, ledger.restored): no account, no contact, made by the program alone.
//
// Threads: pure functions, any thread.
#pragma once

#include "ledger/consent/kinds.hpp"
#include "ledger/log/log_store.hpp"

namespace cl::service {

/// The row that follows `head`, recorded at `now`.
[[nodiscard]] Result<log::Row> make_ledger_row(log::Head const& head, Millis now, consent::Kind kind, json::Object data);

}  // namespace cl::service
