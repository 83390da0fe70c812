// Rows of state.db as values: what only the two ends of a table, its reader and its writer, need to agree on.
//
// Threads: as the connection.
#pragma once

#include "ledger/sqlite/connection.hpp"
#include "ledger/sqlite/statement.hpp"
#include "ledger/state/directory.hpp"
#include "ledger/state/projections.hpp"

#include <string>
#include <vector>

namespace cl::state {

/// A token's accounts as one column: a JSON array.
[[nodiscard]] std::string accounts_column(std::vector<std::string> const& accounts);

// The whole tables. errc::store_corrupt for a row that the writer would not have written.
[[nodiscard]] Result<Directory::Accounts> read_accounts(sqlite::Connection& connection);
[[nodiscard]] Result<Directory::Tokens> read_tokens(sqlite::Connection& connection);
[[nodiscard]] Result<Directory::Policies> read_policies(sqlite::Connection& connection);

/// The current row of a query for (seq, id, severity, contact, what, closed_by).
[[nodiscard]] Result<FindingRow> finding_from(sqlite::Query& query);
/// The same for (due_at, seq, contact, kind, list, opened_at, assignee, changed_by, closed_at).
[[nodiscard]] Result<ObligationRow> obligation_from(sqlite::Query& query);

}  // namespace cl::state
