#include "ledger/log/ledger_tables.hpp"

#include "ledger/core/limits.hpp"

#include <algorithm>
#include <utility>

namespace cl::log {

using sqlite::Query;
using sqlite::Statement;

namespace {

/// A piece of the log, copied out so that no read transaction is open while the visitor works: it may be slow, or ask this reader.
struct Piece {
    std::string bytes;
    std::vector<std::size_t> ends;

    [[nodiscard]] std::string_view at(std::size_t index) const {
        std::size_t const begin = index == 0 ? 0 : ends[index - 1];
        return std::string_view(bytes).substr(begin, ends[index] - begin);
    }
};

Result<Piece> read_piece(Statement& statement, Seq first, Seq last) {
    Piece piece;
    Query query(statement);
    query.bind(1, first).bind(2, last);
    while (piece.ends.size() < limits::range_rows && piece.bytes.size() < limits::range_bytes) {
        CL_TRY_ASSIGN(bool const more, query.step());
        if (!more) break;
        Seq const seq = query.int64(0);
        if (seq != first + static_cast<Seq>(piece.ends.size())) {
            return fail(errc::store_corrupt, "ledger.db has a gap: entry " + std::to_string(seq) + " follows entry " +
                                                 std::to_string(first + static_cast<Seq>(piece.ends.size()) - 1));
        }
        piece.bytes.append(query.text(1));
        piece.ends.push_back(piece.bytes.size());
    }
    CL_TRY(query.status());
    return piece;
}

}  // namespace

Result<LedgerReads> LedgerReads::prepare(sqlite::Connection& connection) {
    CL_TRY_ASSIGN(auto last, connection.prepare("SELECT seq, entry FROM entries ORDER BY seq DESC LIMIT 1"));
    CL_TRY_ASSIGN(auto one, connection.prepare("SELECT entry FROM entries WHERE seq = ?1"));
    CL_TRY_ASSIGN(auto run, connection.prepare("SELECT seq, entry FROM entries WHERE seq >= ?1 AND seq < ?2 ORDER BY seq"));
    CL_TRY_ASSIGN(auto tile, connection.prepare("SELECT hashes FROM tiles WHERE level = ?1 AND idx = ?2"));
    CL_TRY_ASSIGN(auto checkpoint, connection.prepare("SELECT size, note FROM checkpoints ORDER BY size DESC LIMIT 1"));
    return LedgerReads({std::move(last), std::move(one), std::move(run), std::move(tile), std::move(checkpoint)});
}

Result<Head> LedgerReads::head() {
    Query query(statements_.last);
    CL_TRY_ASSIGN(bool const row, query.step());
    if (!row) return Head{};
    Head const head{query.int64(0) + 1, leaf_hash(query.text(1))};
    CL_TRY(query.status());
    return head;
}

Result<std::optional<std::string>> LedgerReads::entry(Seq seq) {
    Query query(statements_.one);
    CL_TRY_ASSIGN(bool const row, query.bind(1, seq).step());
    if (!row) return std::optional<std::string>();
    std::string bytes(query.text(0));
    CL_TRY(query.status());
    return std::optional(std::move(bytes));
}

Result<void> LedgerReads::range(Seq first, Seq last, std::function<bool(Seq, std::string_view)> const& visit) {
    for (Seq next = std::max<Seq>(first, 0); next < last;) {
        CL_TRY_ASSIGN(auto const piece, read_piece(statements_.run, next, last));
        if (piece.ends.empty()) return {};
        for (std::size_t i = 0; i < piece.ends.size(); ++i) {
            if (!visit(next + static_cast<Seq>(i), piece.at(i))) return {};
        }
        next += static_cast<Seq>(piece.ends.size());
    }
    return {};
}

Result<std::optional<std::string>> LedgerReads::tile(int level, merkle::Size index) {
    Query query(statements_.tile);
    CL_TRY_ASSIGN(bool const row, query.bind(1, level).bind(2, index).step());
    if (!row) return std::optional<std::string>();
    std::string hashes(query.blob(0));
    CL_TRY(query.status());
    return std::optional(std::move(hashes));
}

Result<std::optional<StoredCheckpoint>> LedgerReads::last_checkpoint() {
    Query query(statements_.checkpoint);
    CL_TRY_ASSIGN(bool const row, query.step());
    if (!row) return std::optional<StoredCheckpoint>();
    StoredCheckpoint checkpoint{query.int64(0), std::string(query.text(1))};
    CL_TRY(query.status());
    return std::optional(std::move(checkpoint));
}

Result<LedgerWrites> LedgerWrites::prepare(sqlite::Connection& connection) {
    CL_TRY_ASSIGN(auto entry, connection.prepare("INSERT INTO entries(seq, entry) VALUES(?1, ?2)"));
    CL_TRY_ASSIGN(auto tile, connection.prepare("INSERT INTO tiles(level, idx, hashes) VALUES(?1, ?2, ?3)"));
    CL_TRY_ASSIGN(auto checkpoint,
                  connection.prepare("INSERT INTO checkpoints(size, note) VALUES(?1, ?2) ON CONFLICT(size) DO NOTHING"));
    return LedgerWrites({std::move(entry), std::move(tile), std::move(checkpoint)});
}

Result<void> LedgerWrites::insert(std::vector<Row> const& rows) {
    Query query(statements_.entry);
    for (auto const& row : rows) CL_TRY(query.bind(1, row.seq).bind_text(2, row.bytes).run());
    return {};
}

Result<void> LedgerWrites::insert(std::vector<TileRow> const& tiles) {
    Query query(statements_.tile);
    for (auto const& tile : tiles) CL_TRY(query.bind(1, tile.level).bind(2, tile.index).bind_blob(3, tile.hashes).run());
    return {};
}

Result<void> LedgerWrites::insert(StoredCheckpoint const& checkpoint) {
    Query query(statements_.checkpoint);
    return query.bind(1, checkpoint.size).bind_text(2, checkpoint.note).run();
}

}  // namespace cl::log
