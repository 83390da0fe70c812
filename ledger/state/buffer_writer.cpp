#include "ledger/state/buffer_writer.hpp"

#include "ledger/state/rows.hpp"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

namespace cl::state {
namespace {

// The rows of a hash table in the order of their keys.
template <class Map, class Less>
std::vector<typename Map::value_type const*> sorted(Map const& map, Less less) {
    std::vector<typename Map::value_type const*> rows;
    rows.reserve(map.size());
    for (auto const& row : map) rows.push_back(&row);
    std::sort(rows.begin(), rows.end(), [&](auto const* a, auto const* b) { return less(a->first, b->first); });
    return rows;
}

bool contact_less(ContactKeyRef const& a, ContactKeyRef const& b) {
    return std::tie(a.account, a.contact) < std::tie(b.account, b.contact);
}

}  // namespace

// INSERT OR REPLACE on a table with only its primary key is a plain overwrite; an upsert would look the key up twice.
Result<BufferWriter> BufferWriter::prepare(sqlite::Connection& connection) {
    CL_TRY_ASSIGN(auto contact,
                  connection.prepare("INSERT OR REPLACE INTO contacts(account, contact, state) VALUES(?1, ?2, ?3)"));
    CL_TRY_ASSIGN(auto request, connection.prepare("INSERT OR REPLACE INTO requests(key, seq, body) VALUES(?1, ?2, ?3)"));
    CL_TRY_ASSIGN(auto index,
                  connection.prepare("INSERT OR REPLACE INTO account_index(account, account_seq, seq) VALUES(?1, ?2, ?3)"));
    CL_TRY_ASSIGN(auto finding,
                  connection.prepare("INSERT OR REPLACE INTO findings(account, seq, id, severity, contact, what, closed_by) "
                                     "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)"));
    CL_TRY_ASSIGN(auto cure,
                  connection.prepare("UPDATE findings SET closed_by = ?4 WHERE account = ?1 AND seq = ?2 AND id = ?3"));
    CL_TRY_ASSIGN(auto account, connection.prepare("INSERT OR REPLACE INTO accounts(account, state) VALUES(?1, ?2)"));
    CL_TRY_ASSIGN(auto token, connection.prepare("INSERT OR REPLACE INTO tokens(id, role, accounts, secret_hash, revoked) "
                                                 "VALUES(?1, ?2, ?3, ?4, ?5)"));
    CL_TRY_ASSIGN(auto watermark,
                  connection.prepare("UPDATE meta SET size = ?1, leaf = ?2, generation = generation + 1 WHERE one = 1"));
    return BufferWriter(Statements{std::move(contact), std::move(request), std::move(index), std::move(finding),
                                   std::move(cure), std::move(account), std::move(token), std::move(watermark)});
}

Result<void> BufferWriter::write(Buffer const& buffer) {
    CL_TRY(write_contacts(buffer));
    CL_TRY(write_requests(buffer));
    CL_TRY(write_index(buffer));
    CL_TRY(write_findings(*buffer.findings()));
    CL_TRY(write_directory(buffer));
    return write_watermark(buffer.watermark());
}

Result<void> BufferWriter::write_contacts(Buffer const& buffer) {
    sqlite::Query query(statements_.contact);
    for (auto const* row : sorted(buffer.contacts(), contact_less)) {
        auto const state = consent::to_text(*row->second);
        CL_TRY(query.bind_text(1, row->first.account).bind_blob(2, row->first.contact.view()).bind_text(3, state).run());
    }
    return {};
}

Result<void> BufferWriter::write_requests(Buffer const& buffer) {
    sqlite::Query query(statements_.request);
    for (auto const* row : sorted(buffer.requests(), std::less<Hash32>())) {
        CL_TRY(query.bind_blob(1, row->first.view()).bind(2, row->second.seq).bind_blob(3, row->second.body.view()).run());
    }
    return {};
}

Result<void> BufferWriter::write_index(Buffer const& buffer) {
    sqlite::Query query(statements_.index);
    for (auto const& [account, entries] : buffer.index()) {
        query.bind_text(1, account);
        for (auto const& entry : entries) CL_TRY(query.bind(2, entry.account_seq).bind(3, entry.seq).run());
    }
    return {};
}

Result<void> BufferWriter::write_findings(FindingChanges const& changes) {
    {
        sqlite::Query query(statements_.finding);
        for (auto const& [id, row] : changes.rows) {
            query.bind_text(1, id.account).bind(2, id.seq).bind_text(3, id.id);
            query.bind_text(4, consent::name(row.finding.severity)).bind_text(6, row.finding.what);
            row.contact ? query.bind_blob(5, row.contact->view()) : query.bind_null(5);
            row.closed_by ? query.bind(7, *row.closed_by) : query.bind_null(7);
            CL_TRY(query.run());
        }
    }
    sqlite::Query query(statements_.cure);
    for (auto const& [id, by] : changes.cures) {
        CL_TRY(query.bind_text(1, id.account).bind(2, id.seq).bind_text(3, id.id).bind(4, by).run());
    }
    return {};
}

Result<void> BufferWriter::write_directory(Buffer const& buffer) {
    {
        sqlite::Query query(statements_.account);
        for (auto const& [account, state] : buffer.accounts()) {
            auto const text = consent::to_text(*state);
            CL_TRY(query.bind_text(1, account).bind_text(2, text).run());
        }
    }
    sqlite::Query query(statements_.token);
    for (auto const& [id, token] : buffer.tokens()) {
        auto const accounts = accounts_column(token.accounts);
        query.bind_text(1, id).bind_text(2, consent::name(token.role)).bind_text(3, accounts);
        CL_TRY(query.bind_blob(4, token.secret_hash.view()).bind(5, token.revoked ? 1 : 0).run());
    }
    return {};
}

Result<void> BufferWriter::write_watermark(Watermark const& watermark) {
    sqlite::Query query(statements_.watermark);
    return query.bind(1, watermark.size).bind_blob(2, watermark.leaf.view()).run();
}

}  // namespace cl::state
