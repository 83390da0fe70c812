#include "ledger/state/db_reader.hpp"

#include "ledger/core/limits.hpp"
#include "ledger/state/rows.hpp"
#include "ledger/state/schema.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace cl::state {

Result<DbReader> DbReader::open(std::filesystem::path const& path) {
    CL_TRY_ASSIGN(auto connection, sqlite::Connection::open_reader(path, reader_settings, file_identity));
    CL_TRY_ASSIGN(auto contact, connection.prepare("SELECT state FROM contacts WHERE account = ?1 AND contact = ?2"));
    CL_TRY_ASSIGN(auto request, connection.prepare("SELECT seq, body FROM requests WHERE key = ?1"));
    CL_TRY_ASSIGN(auto seq_at, connection.prepare("SELECT seq FROM account_index WHERE account = ?1 AND account_seq = ?2"));
    CL_TRY_ASSIGN(auto findings, connection.prepare("SELECT seq, id, severity, contact, what, closed_by FROM findings "
                                                    "WHERE account = ?1 AND (seq, id) > (?2, ?3) ORDER BY seq, id LIMIT ?4"));
    return DbReader(std::move(connection),
                    Statements{std::move(contact), std::move(request), std::move(seq_at), std::move(findings)});
}

Result<std::shared_ptr<consent::ContactState const>> DbReader::contact(std::string_view account, Hash32 const& contact) {
    sqlite::Query query(statements_.contact);
    query.bind_text(1, account).bind_blob(2, contact.view());
    CL_TRY_ASSIGN(bool const found, query.step());
    if (!found) return std::shared_ptr<consent::ContactState const>();
    auto state = consent::contact_from_text(query.text(0));
    if (!state) return fail(errc::store_corrupt, "state.db: a contact's state cannot be read");
    return std::make_shared<consent::ContactState const>(std::move(*state));
}

Result<std::optional<RequestRecord>> DbReader::request(Hash32 const& key) {
    sqlite::Query query(statements_.request);
    query.bind_blob(1, key.view());
    CL_TRY_ASSIGN(bool const found, query.step());
    if (!found) return std::optional<RequestRecord>();
    RequestRecord record;
    record.seq = query.int64(0);
    CL_TRY_ASSIGN(record.body, hash_from_bytes(query.blob(1)));
    CL_TRY(query.status());
    return std::optional(record);
}

Result<std::optional<Seq>> DbReader::seq_at(std::string_view account, std::int64_t account_seq) {
    sqlite::Query query(statements_.seq_at);
    query.bind_text(1, account).bind(2, account_seq);
    CL_TRY_ASSIGN(bool const found, query.step());
    if (!found) return std::optional<Seq>();
    Seq const seq = query.int64(0);
    CL_TRY(query.status());
    return std::optional(seq);
}

Result<std::vector<FindingRow>> DbReader::findings(std::string_view account, Reader::FindingKey const& after,
                                                   std::size_t limit) {
    sqlite::Query query(statements_.findings);
    auto const rows_wanted = std::min(limit, static_cast<std::size_t>(limits::json_integer));
    query.bind_text(1, account).bind(2, after.seq).bind_text(3, after.id).bind(4, static_cast<std::int64_t>(rows_wanted));
    std::vector<FindingRow> rows;
    for (;;) {
        CL_TRY_ASSIGN(bool const more, query.step());
        if (!more) return rows;
        CL_TRY_ASSIGN(auto row, finding_from(query));
        rows.push_back(std::move(row));
    }
}

}  // namespace cl::state
