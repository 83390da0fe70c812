// The ledger's own entries (ledger.created, ledger.restored): no account, no contact, made by the program alone.
//
// Threads: pure functions, any thread.
#pragma once

#include "ledger/consent/kinds.hpp"
#include "ledger/log/log_store.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace cl::service {

/// The row that follows `head`, recorded at `now`.
[[nodiscard]] Result<log::Row> make_ledger_row(log::Head const& head, Millis now, consent::Kind kind, json::Object data);

/// The name under which the ledger signs from this entry on: of a ledger.restored. Nothing of any other entry, which costs a look at its
/// bytes. Fails as decode.
[[nodiscard]] Result<std::optional<std::string>> name_given_by(std::string_view entry_bytes);

}  // namespace cl::service
