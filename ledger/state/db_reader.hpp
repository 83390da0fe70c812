// Look-ups in state.db through a read-only connection of their own. Knows nothing of the overlay.
//
// Threads: one at a time.
#pragma once

#include "ledger/sqlite/connection.hpp"
#include "ledger/sqlite/statement.hpp"
#include "ledger/state/projections.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cl::state {

/// Meanings as in Reader. Each call is one statement, so none holds a snapshot that would hold up the flusher's checkpoints.
class DbReader {
public:
    [[nodiscard]] static Result<DbReader> open(std::filesystem::path const& path);

    [[nodiscard]] Result<std::shared_ptr<consent::ContactState const>> contact(std::string_view account, Hash32 const& contact);
    [[nodiscard]] Result<std::optional<RequestRecord>> request(Hash32 const& key);
    [[nodiscard]] Result<std::optional<Seq>> seq_at(std::string_view account, std::int64_t account_seq);
    [[nodiscard]] Result<std::vector<FindingRow>> findings(std::string_view account, Reader::FindingKey const& after,
                                                           std::size_t limit);
    [[nodiscard]] Result<std::vector<ObligationRow>> obligations(std::string_view account, bool closed,
                                                                 ObligationKey const& after, std::size_t limit);
    [[nodiscard]] Result<std::vector<Hash32>> members(ListRef const& list, std::optional<Hash32> const& after,
                                                      std::size_t limit);
    [[nodiscard]] Result<std::vector<std::string>> lists_in_use(std::string_view account, std::string_view after,
                                                                std::size_t limit);

private:
    struct Statements {
        sqlite::Statement contact;
        sqlite::Statement request;
        sqlite::Statement seq_at;
        sqlite::Statement findings;
        sqlite::Statement obligations;
        sqlite::Statement members;
        sqlite::Statement contacts;
        sqlite::Statement next_list;
    };
    DbReader(sqlite::Connection connection, Statements statements)
        : connection_(std::move(connection)), statements_(std::move(statements)) {}

    sqlite::Connection connection_;
    Statements statements_;
};

}  // namespace cl::state
