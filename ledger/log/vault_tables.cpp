#include "ledger/log/vault_tables.hpp"

#include "ledger/log/erased_search.hpp"

#include <algorithm>
#include <limits>
#include <string>

namespace cl::log {

using sqlite::Query;

namespace {

/// A 32-byte column; the schema's CHECK holds it to that, a damaged file may not.
Result<Hash32> hash_column(Query& query, int column) {
    auto hash = hash_from_bytes(query.blob(column));
    if (!hash) return fail(errc::store_corrupt, "vault.db holds a hash that is not 32 bytes long");
    return *hash;
}

Result<LogReader::Orphans> count(sqlite::Statement& statement, Seq seq) {
    Query query(statement);
    LogReader::Orphans found;
    CL_TRY_ASSIGN(bool const row, query.bind(1, seq).step());
    if (row) {
        found.rows = query.int64(0);
        found.highest = query.int64(1);
    }
    CL_TRY(query.status());
    return found;
}

bool zeros(std::string_view bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](char byte) { return byte == '\0'; });
}

}  // namespace

Result<VaultReads> VaultReads::prepare(sqlite::Connection& connection) {
    CL_TRY_ASSIGN(auto opening,
                  connection.prepare("SELECT salt, content FROM openings WHERE seq = ?1 AND pointer = ?2 AND erased = 0"));
    CL_TRY_ASSIGN(auto count_openings, connection.prepare(count_openings_sql));
    CL_TRY_ASSIGN(auto openings_from,
                  connection.prepare("SELECT count(*), coalesce(max(seq), -1) FROM openings WHERE seq >= ?1 AND erased = 0"));
    CL_TRY_ASSIGN(auto messages_from,
                  connection.prepare("SELECT count(*), coalesce(max(seq), -1) FROM message_ids WHERE seq >= ?1"));
    CL_TRY_ASSIGN(auto message, connection.prepare("SELECT body, time FROM message_ids WHERE digest = ?1"));
    CL_TRY_ASSIGN(auto salts, connection.prepare("SELECT rowid, salt FROM openings WHERE rowid > ?1 AND erased = 0 "
                                                 "ORDER BY rowid LIMIT ?2"));
    return VaultReads({std::move(opening), std::move(count_openings), std::move(openings_from), std::move(messages_from),
                       std::move(message), std::move(salts)});
}

Result<std::optional<Opening>> VaultReads::opening(Seq seq, std::string_view pointer) {
    Query query(statements_.opening);
    CL_TRY_ASSIGN(bool const row, query.bind(1, seq).bind_text(2, pointer).step());
    if (!row) return std::optional<Opening>();
    CL_TRY_ASSIGN(auto const salt, hash_column(query, 0));
    Opening opening{seq, std::string(pointer), salt, std::string(query.blob(1))};
    CL_TRY(query.status());
    return std::optional(std::move(opening));
}

Result<LogReader::OpeningCount> VaultReads::count_openings(Seq seq) {
    Query query(statements_.count_openings);
    CL_TRY_ASSIGN(bool const row, query.bind(1, seq).step());
    LogReader::OpeningCount count;
    if (row) {
        count.kept = query.int64(0);
        count.erased = query.int64(1);
    }
    CL_TRY(query.status());
    return count;
}

Result<LogReader::Orphans> VaultReads::rows_from(Seq seq) {
    CL_TRY_ASSIGN(auto const openings, count(statements_.openings_from, seq));
    CL_TRY_ASSIGN(auto const messages, count(statements_.messages_from, seq));
    return LogReader::Orphans{openings.rows + messages.rows, std::max(openings.highest, messages.highest)};
}

Result<std::optional<MessageId>> VaultReads::message(Hash32 const& digest) {
    Query query(statements_.message);
    CL_TRY_ASSIGN(bool const row, query.bind_blob(1, digest.view()).step());
    if (!row) return std::optional<MessageId>();
    CL_TRY_ASSIGN(auto const body, hash_column(query, 0));
    MessageId const message{digest, body, query.int64(1)};
    CL_TRY(query.status());
    return std::optional(message);
}

Result<std::int64_t> VaultReads::salts(std::int64_t after, std::int64_t most, std::function<void(std::uint64_t)> const& visit) {
    Query query(statements_.salts);
    query.bind(1, after).bind(2, most);
    std::int64_t last = -1;
    for (;;) {
        CL_TRY_ASSIGN(bool const more, query.step());
        if (!more) break;
        last = query.int64(0);
        visit(ErasedSearch::piece_of(query.blob(1)));
    }
    return last;
}

Result<VaultWrites> VaultWrites::prepare(sqlite::Connection& connection) {
    CL_TRY_ASSIGN(auto opening,
                  connection.prepare("INSERT INTO openings(seq, pointer, salt, content, erased) VALUES(?1, ?2, ?3, ?4, 0)"));
    CL_TRY_ASSIGN(auto message, connection.prepare("INSERT INTO message_ids(digest, body, time, seq) VALUES(?1, ?2, ?3, ?4) "
                                                   "ON CONFLICT(digest) DO UPDATE SET "
                                                   "body = excluded.body, time = excluded.time, seq = excluded.seq"));
    CL_TRY_ASSIGN(auto find,
                  connection.prepare("SELECT rowid, salt FROM openings WHERE seq >= ?1 AND seq <= ?2 AND erased = 0"));
    CL_TRY_ASSIGN(auto overwrite,
                  connection.prepare("UPDATE openings SET salt = zeroblob(32), content = zeroblob(length(content)), "
                                     "erased = 1 WHERE rowid = ?1"));
    CL_TRY_ASSIGN(auto overwrite_orphan,
                  connection.prepare("UPDATE openings SET salt = zeroblob(32), content = zeroblob(length(content)), "
                                     "erased = 1, pointer = '-' || substr(pointer, 2) WHERE rowid = ?1"));
    CL_TRY_ASSIGN(auto read_back, connection.prepare("SELECT erased, salt, content FROM openings WHERE rowid = ?1"));
    CL_TRY_ASSIGN(auto drop_messages, connection.prepare("DELETE FROM message_ids WHERE seq >= ?1"));
    CL_TRY_ASSIGN(auto forget, connection.prepare("DELETE FROM message_ids WHERE time < ?1"));
    return VaultWrites({std::move(opening), std::move(message), std::move(find), std::move(overwrite),
                        std::move(overwrite_orphan), std::move(read_back), std::move(drop_messages), std::move(forget)});
}

Result<void> VaultWrites::insert(std::vector<Opening> const& openings) {
    Query query(statements_.opening);
    for (auto const& opening : openings) {
        query.bind(1, opening.seq).bind_text(2, opening.pointer);
        CL_TRY(query.bind_blob(3, opening.salt.view()).bind_blob(4, opening.content).run());
    }
    return {};
}

Result<void> VaultWrites::insert(std::vector<MessageId> const& messages, Seq last) {
    Query query(statements_.message);
    for (auto const& message : messages) {
        query.bind_blob(1, message.digest.view()).bind_blob(2, message.body.view());
        CL_TRY(query.bind(3, message.time).bind(4, last).run());
    }
    return {};
}

Result<void> VaultWrites::erase(std::vector<Seq> const& seqs, std::vector<Erased>& erased) {
    for (auto const seq : seqs) CL_TRY(overwrite(seq, seq, statements_.overwrite, erased));
    return {};
}

Result<void> VaultWrites::erase_from(Seq seq, std::vector<Erased>& erased) {
    CL_TRY(overwrite(seq, std::numeric_limits<Seq>::max(), statements_.overwrite_orphan, erased));
    Query query(statements_.drop_messages);
    return query.bind(1, seq).run();
}

Result<void> VaultWrites::overwrite(Seq first, Seq last, sqlite::Statement& how, std::vector<Erased>& erased) {
    auto const already = static_cast<std::ptrdiff_t>(erased.size());
    Query find(statements_.find);
    find.bind(1, first).bind(2, last);
    for (;;) {
        CL_TRY_ASSIGN(bool const more, find.step());
        if (!more) break;
        erased.push_back({find.int64(0), ErasedSearch::piece_of(find.blob(1))});
    }
    find.rewind();
    Query query(how);
    for (auto at = erased.begin() + already; at != erased.end(); ++at) CL_TRY(query.bind(1, at->rowid).run());
    return {};
}

Result<bool> VaultWrites::is_erased(std::int64_t rowid) {
    Query query(statements_.read_back);
    CL_TRY_ASSIGN(bool const row, query.bind(1, rowid).step());
    bool const erased = row && query.int64(0) == 1 && zeros(query.blob(1)) && zeros(query.blob(2));
    CL_TRY(query.status());
    return erased;
}

Result<void> VaultWrites::forget_messages(Millis before) {
    Query query(statements_.forget);
    return query.bind(1, before).run();
}

}  // namespace cl::log
