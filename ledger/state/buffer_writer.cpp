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

/// What became of each contact in the end, in the order of the contacts.
std::vector<MemberChange> last_of_each(std::vector<MemberChunk> const& chunks) {
    std::vector<MemberChange> rows;
    for (MemberChunk const& chunk : chunks) rows.insert(rows.end(), chunk->begin(), chunk->end());
    std::stable_sort(rows.begin(), rows.end(), [](auto const& a, auto const& b) { return a.contact < b.contact; });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        bool const superseded = i + 1 < rows.size() && rows[i + 1].contact == rows[i].contact;
        if (!superseded) rows[kept++] = rows[i];
    }
    rows.resize(kept);
    return rows;
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
    CL_TRY_ASSIGN(auto token, connection.prepare("INSERT OR REPLACE INTO tokens(id, role, accounts, secret_hash, created_at, "
                                                 "expires_at, retires_at, revoked_at) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"));
    CL_TRY_ASSIGN(auto obligation,
                  connection.prepare("INSERT OR REPLACE INTO obligations(account, closed, due_at, seq, contact, "
                                     "kind, list, opened_at, assignee, changed_by, closed_at) "
                                     "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"));
    CL_TRY_ASSIGN(auto not_open, connection.prepare("DELETE FROM obligations WHERE account = ?1 AND closed = 0 AND due_at = ?2 "
                                                    "AND seq = ?3"));
    CL_TRY_ASSIGN(auto member, connection.prepare("INSERT OR REPLACE INTO members(account, list, contact) VALUES(?1, ?2, ?3)"));
    CL_TRY_ASSIGN(auto no_member, connection.prepare("DELETE FROM members WHERE account = ?1 AND list = ?2 AND contact = ?3"));
    CL_TRY_ASSIGN(auto policy, connection.prepare("INSERT OR REPLACE INTO policies(account, seq) VALUES(?1, ?2)"));
    CL_TRY_ASSIGN(auto watermark,
                  connection.prepare("UPDATE meta SET size = ?1, leaf = ?2, generation = generation + 1 WHERE one = 1"));
    return BufferWriter(Statements{std::move(contact), std::move(request), std::move(index), std::move(finding),
                                   std::move(cure), std::move(account), std::move(token), std::move(obligation),
                                   std::move(not_open), std::move(member), std::move(no_member), std::move(policy),
                                   std::move(watermark)});
}

Result<void> BufferWriter::write(Buffer const& buffer) {
    CL_TRY(write_contacts(buffer));
    CL_TRY(write_requests(buffer));
    CL_TRY(write_index(buffer));
    CL_TRY(write_findings(*buffer.findings()));
    CL_TRY(write_directory(buffer));
    CL_TRY(write_obligations(*buffer.obligations()));
    for (auto const& [list, chunks] : buffer.members()) {
        // All contacts are in their own table.
        if (!list.list.empty()) CL_TRY(write_members(list, chunks));
    }
    CL_TRY(write_policies(buffer));
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
        query.bind_blob(4, token.secret_hash.view()).bind(5, token.created_at);
        token.expires_at ? query.bind(6, *token.expires_at) : query.bind_null(6);
        token.retires_at ? query.bind(7, *token.retires_at) : query.bind_null(7);
        token.revoked_at ? query.bind(8, *token.revoked_at) : query.bind_null(8);
        CL_TRY(query.run());
    }
    return {};
}

Result<void> BufferWriter::write_obligations(ObligationChanges const& changes) {
    {
        sqlite::Query query(statements_.not_open);
        for (auto const& [key, row] : changes.rows) {
            if (row.closed_at) CL_TRY(query.bind_text(1, key.first).bind(2, row.due_at).bind(3, row.seq).run());
        }
    }
    sqlite::Query query(statements_.obligation);
    for (bool const closed : {false, true}) {
        for (auto const& [key, row] : changes.rows) {
            if (row.closed_at.has_value() != closed) continue;
            query.bind_text(1, key.first).bind(2, closed ? 1 : 0).bind(3, row.due_at).bind(4, row.seq);
            query.bind_blob(5, row.contact.view()).bind_text(6, row.kind).bind_text(7, row.list).bind(8, row.opened_at);
            query.bind_text(9, row.assignee).bind(10, row.changed_by);
            closed ? query.bind(11, *row.closed_at) : query.bind_null(11);
            CL_TRY(query.run());
        }
    }
    return {};
}

Result<void> BufferWriter::write_members(ListRef const& list, std::vector<MemberChunk> const& chunks) {
    sqlite::Query came(statements_.member);
    sqlite::Query left(statements_.no_member);
    for (MemberChange const& row : last_of_each(chunks)) {
        auto& query = row.member ? came : left;
        CL_TRY(query.bind_text(1, list.account).bind_text(2, list.list).bind_blob(3, row.contact.view()).run());
    }
    return {};
}

Result<void> BufferWriter::write_policies(Buffer const& buffer) {
    sqlite::Query query(statements_.policy);
    for (auto const& [account, seq] : buffer.policies()) CL_TRY(query.bind_text(1, account).bind(2, seq).run());
    return {};
}

Result<void> BufferWriter::write_watermark(Watermark const& watermark) {
    sqlite::Query query(statements_.watermark);
    return query.bind(1, watermark.size).bind_blob(2, watermark.leaf.view()).run();
}

}  // namespace cl::state
