#include "ledger/state/db_reader.hpp"

#include "ledger/core/limits.hpp"
#include "ledger/state/rows.hpp"
#include "ledger/state/schema.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace cl::state {
namespace {

/// As SQLite takes it.
std::int64_t rows_wanted(std::size_t limit) noexcept {
    return static_cast<std::int64_t>(std::min(limit, static_cast<std::size_t>(limits::json_integer)));
}

}  // namespace

Result<DbReader> DbReader::open(std::filesystem::path const& path) {
    CL_TRY_ASSIGN(auto connection, sqlite::Connection::open_reader(path, reader_settings, file_identity));
    CL_TRY_ASSIGN(auto contact, connection.prepare("SELECT state FROM contacts WHERE account = ?1 AND contact = ?2"));
    CL_TRY_ASSIGN(auto request, connection.prepare("SELECT seq, body FROM requests WHERE key = ?1"));
    CL_TRY_ASSIGN(auto seq_at, connection.prepare("SELECT seq FROM account_index WHERE account = ?1 AND account_seq = ?2"));
    CL_TRY_ASSIGN(auto findings, connection.prepare("SELECT seq, id, severity, contact, what, closed_by FROM findings "
                                                    "WHERE account = ?1 AND (seq, id) > (?2, ?3) ORDER BY seq, id LIMIT ?4"));
    CL_TRY_ASSIGN(auto obligations,
                  connection.prepare("SELECT due_at, seq, contact, kind, list, opened_at, assignee, changed_by, closed_at "
                                     "FROM obligations WHERE account = ?1 AND closed = ?2 AND (due_at, seq) > (?3, ?4) "
                                     "ORDER BY due_at, seq LIMIT ?5"));
    CL_TRY_ASSIGN(auto members, connection.prepare("SELECT contact FROM members WHERE account = ?1 AND list = ?2 "
                                                   "AND contact > ?3 ORDER BY contact LIMIT ?4"));
    CL_TRY_ASSIGN(auto contacts, connection.prepare("SELECT contact FROM contacts WHERE account = ?1 AND contact > ?2 "
                                                    "ORDER BY contact LIMIT ?3"));
    // One step at a time: a search in the tree for each list, where DISTINCT would read every member.
    CL_TRY_ASSIGN(auto next_list,
                  connection.prepare("SELECT list FROM members WHERE account = ?1 AND list > ?2 ORDER BY list LIMIT 1"));
    return DbReader(std::move(connection),
                    Statements{std::move(contact), std::move(request), std::move(seq_at), std::move(findings),
                               std::move(obligations), std::move(members), std::move(contacts), std::move(next_list)});
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
    query.bind_text(1, account).bind(2, after.seq).bind_text(3, after.id).bind(4, rows_wanted(limit));
    std::vector<FindingRow> rows;
    for (;;) {
        CL_TRY_ASSIGN(bool const more, query.step());
        if (!more) return rows;
        CL_TRY_ASSIGN(auto row, finding_from(query));
        rows.push_back(std::move(row));
    }
}

Result<std::vector<ObligationRow>> DbReader::obligations(std::string_view account, bool closed, ObligationKey const& after,
                                                         std::size_t limit) {
    sqlite::Query query(statements_.obligations);
    query.bind_text(1, account).bind(2, closed ? 1 : 0).bind(3, after.due_at).bind(4, after.seq).bind(5, rows_wanted(limit));
    std::vector<ObligationRow> rows;
    for (;;) {
        CL_TRY_ASSIGN(bool const more, query.step());
        if (!more) return rows;
        CL_TRY_ASSIGN(auto row, obligation_from(query));
        rows.push_back(std::move(row));
    }
}

Result<std::vector<Hash32>> DbReader::members(ListRef const& list, std::optional<Hash32> const& after, std::size_t limit) {
    bool const all = list.list.empty();
    sqlite::Query query(all ? statements_.contacts : statements_.members);
    int parameter = 0;
    query.bind_text(++parameter, list.account);
    if (!all) query.bind_text(++parameter, list.list);
    query.bind_blob(++parameter, after ? after->view() : std::string_view());
    query.bind(++parameter, rows_wanted(limit));
    std::vector<Hash32> contacts;
    for (;;) {
        CL_TRY_ASSIGN(bool const more, query.step());
        if (!more) return contacts;
        CL_TRY_ASSIGN(auto const contact, hash_from_bytes(query.blob(0)));
        contacts.push_back(contact);
    }
}

Result<std::vector<std::string>> DbReader::lists_in_use(std::string_view account, std::string_view after, std::size_t limit) {
    std::vector<std::string> lists;
    std::string last(after);
    while (lists.size() < limit) {
        sqlite::Query query(statements_.next_list);
        query.bind_text(1, account).bind_text(2, last);
        CL_TRY_ASSIGN(bool const more, query.step());
        if (!more) break;
        last = query.text(0);
        CL_TRY(query.status());
        lists.push_back(last);
    }
    return lists;
}

}  // namespace cl::state
