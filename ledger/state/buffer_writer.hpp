// A frozen buffer's way into the tables: upserts in key order, so that neighbours in the tree are written together.
//
// Threads: as the connection.
#pragma once

#include "ledger/sqlite/connection.hpp"
#include "ledger/sqlite/statement.hpp"
#include "ledger/state/buffer.hpp"

#include <vector>

namespace cl::state {

class BufferWriter {
public:
    [[nodiscard]] static Result<BufferWriter> prepare(sqlite::Connection& connection);

    /// All of the buffer and its watermark. Call it inside a transaction. errc::io, store_corrupt.
    [[nodiscard]] Result<void> write(Buffer const& buffer);

private:
    struct Statements {
        sqlite::Statement contact;
        sqlite::Statement request;
        sqlite::Statement index;
        sqlite::Statement finding;
        sqlite::Statement cure;
        sqlite::Statement account;
        sqlite::Statement token;
        sqlite::Statement obligation;
        sqlite::Statement not_open;
        sqlite::Statement member;
        sqlite::Statement no_member;
        sqlite::Statement policy;
        sqlite::Statement watermark;
    };
    explicit BufferWriter(Statements statements) : statements_(std::move(statements)) {}

    [[nodiscard]] Result<void> write_contacts(Buffer const& buffer);
    [[nodiscard]] Result<void> write_requests(Buffer const& buffer);
    [[nodiscard]] Result<void> write_index(Buffer const& buffer);
    [[nodiscard]] Result<void> write_findings(FindingChanges const& changes);
    [[nodiscard]] Result<void> write_directory(Buffer const& buffer);
    [[nodiscard]] Result<void> write_obligations(ObligationChanges const& changes);
    [[nodiscard]] Result<void> write_members(ListRef const& list, std::vector<MemberChunk> const& chunks);
    [[nodiscard]] Result<void> write_policies(Buffer const& buffer);
    [[nodiscard]] Result<void> write_watermark(Watermark const& watermark);

    Statements statements_;
};

}  // namespace cl::state
