// A ledger.db, opened as a file that somebody hands over: read-only, nothing in its schema can run, every size limited. Rows are read in
// short ranges, each in a transaction of its own, so that a running service is not held up; the end is fixed when the file is opened.
#include "ledger/core/limits.hpp"
#include "ledger/core/store_format.hpp"
#include "ledger/core/tile.hpp"
#include "ledger/sqlite/connection.hpp"
#include "ledger/sqlite/transaction.hpp"
#include "verify/source.hpp"
#include "verify/words.hpp"

#include <algorithm>
#include <array>

namespace cl::verify {
namespace {

using sqlite::Connection;
using sqlite::Query;
using sqlite::Statement;

constexpr sqlite::Identity identity{"ledger.db", store_format::ledger_application_id, store_format::ledger_user_version,
                                    store_format::ledger_schema};

/// What one SELECT of at most one number answers; nothing for no row or NULL.
Result<std::optional<std::int64_t>> number(Connection& connection, sqlite::Sql sql) {
    CL_TRY_ASSIGN(auto statement, connection.prepare(sql));
    Query query(statement);
    CL_TRY_ASSIGN(bool const row, query.step());
    if (!row || query.is_null(0)) {
        return std::optional<std::int64_t>();
    }
    std::int64_t const value = query.int64(0);
    CL_TRY(query.status());
    return std::optional<std::int64_t>(value);
}

/// Another program's file, or another version of ours, is not for us to judge (exit 3). Our file with an altered schema is a finding: the
/// entries are checked all the same.
Result<void> check_form(Connection& connection, Overview& overview) {
    CL_TRY_ASSIGN(auto const id, number(connection, "PRAGMA application_id"));
    CL_TRY_ASSIGN(auto const version, number(connection, "PRAGMA user_version"));
    auto const checked = sqlite::check_identity(connection, identity);
    bool const ours = id == identity.application_id && version == identity.user_version;
    if (!checked && (!ours || checked.error().code != errc::store_foreign)) {
        return checked.error();
    }
    if (!checked) {
        overview.findings.push_back({check::schema, std::nullopt, std::nullopt, printable(checked.error().detail)});
    }
    return {};
}

/// Where the log ended when it was opened, and the largest of what is stored about it: one read transaction, one moment.
struct End {
    std::optional<Seq> first;
    std::optional<Seq> last;
    std::optional<std::int64_t> checkpoint;
    std::array<std::optional<std::int64_t>, 8> tiles;  ///< largest index, by level
};

Result<End> read_end(Connection& connection) {
    CL_TRY_ASSIGN(auto transaction, sqlite::Transaction::read(connection));
    End end;
    CL_TRY_ASSIGN(end.first, number(connection, "SELECT min(seq) FROM entries"));
    CL_TRY_ASSIGN(end.last, number(connection, "SELECT max(seq) FROM entries"));
    CL_TRY_ASSIGN(end.checkpoint, number(connection, "SELECT max(size) FROM checkpoints"));
    CL_TRY_ASSIGN(auto statement, connection.prepare("SELECT max(idx) FROM tiles WHERE level = ?1"));
    for (std::size_t level = 0; level < end.tiles.size(); ++level) {
        Query query(statement);
        query.bind(1, static_cast<std::int64_t>(level));
        CL_TRY_ASSIGN(bool const row, query.step());
        if (row && !query.is_null(0)) {
            end.tiles[level] = query.int64(0);
        }
        CL_TRY(query.status());
    }
    return end;
}

Result<std::optional<std::string>> read_first(Connection& connection) {
    CL_TRY_ASSIGN(auto statement, connection.prepare("SELECT entry FROM entries WHERE seq >= 0 ORDER BY seq LIMIT 1"));
    Query query(statement);
    CL_TRY_ASSIGN(bool const row, query.step());
    if (!row) {
        return std::optional<std::string>();
    }
    std::string bytes(query.text(0));
    CL_TRY(query.status());
    return std::optional<std::string>(std::move(bytes));
}

/// How many tiles of `level` are full in a log of `size` entries. The highest level's would span 2^64 leaves: no log has one, and a
/// shift that wide has no meaning.
merkle::Size full_tiles(merkle::Size size, int level) {
    int const span_bits = tile::height * (level + 1);
    return span_bits < 63 ? size >> span_bits : 0;
}

/// Tiles whose last leaf lies beyond the end: what they described was removed.
void look_beyond(End const& end, Overview& overview) {
    merkle::Size const size = end.last ? *end.last + 1 : 0;
    for (std::size_t level = 0; level < end.tiles.size(); ++level) {
        merkle::Size const complete = full_tiles(size, static_cast<int>(level));
        if (end.tiles[level] && *end.tiles[level] >= complete) {
            overview.findings.push_back({check::tile_beyond, size, std::nullopt,
                                         "tile " + grouped(*end.tiles[level]) + " of level " + std::to_string(level) +
                                             " describes entries that are not there; the log ends before entry " +
                                             grouped(size)});
        }
    }
}

class DatabaseSource final : public Source {
public:
    DatabaseSource(Connection connection, Statement entries, Statement checkpoints, Statement tiles, Statement beyond,
                   Overview overview, End end)
        : connection_(std::move(connection)),
          entries_(std::move(entries)),
          checkpoints_(std::move(checkpoints)),
          tiles_(std::move(tiles)),
          beyond_(std::move(beyond)),
          overview_(std::move(overview)),
          end_(end) {}

    [[nodiscard]] Overview const& overview() const override { return overview_; }

    [[nodiscard]] Result<bool> next(Batch& batch) override {
        batch = Batch{};
        if (!checked_) {
            checked_ = true;
            if (auto const sound = sqlite::quick_check(connection_); !sound) {
                if (sound.error().code != errc::store_corrupt) {
                    return sound.error();
                }
                batch.findings.push_back({check::store_damaged, std::nullopt, std::nullopt, printable(sound.error().detail)});
            }
        }
        merkle::Size const before = next_;
        CL_TRY(read_rows(batch));
        if (batch.rows.empty()) {
            return finish(batch);
        }
        CL_TRY(read_checkpoints(before, next_, batch));
        for (int level = 0; level < static_cast<int>(end_.tiles.size()); ++level) {
            CL_TRY(read_tiles(level, before, next_, batch));
        }
        return true;
    }

    void read_on_to(merkle::Size size) override { end_.last = std::max(end_.last.value_or(-1), size - 1); }

    [[nodiscard]] bool disturbed() const override { return connection_.disturbed(); }

private:
    Result<void> read_rows(Batch& batch) {
        std::size_t bytes = 0;
        Query query(entries_);
        query.bind(1, next_).bind(2, end_.last.value_or(-1));
        while (batch.rows.size() < limits::verify_batch_rows && bytes < limits::verify_batch_bytes) {
            CL_TRY_ASSIGN(bool const row, query.step());
            if (!row) {
                break;
            }
            batch.rows.push_back(Row{query.int64(0), std::string(query.text(1))});
            CL_TRY(query.status());
            bytes += batch.rows.back().bytes.size();
            next_ = *batch.rows.back().place + 1;
        }
        return {};
    }

    /// Checkpoints of sizes in (before, after].
    Result<void> read_checkpoints(merkle::Size before, merkle::Size after, Batch& batch) {
        Query query(checkpoints_);
        query.bind(1, before == 0 ? -1 : before).bind(2, after);
        for (;;) {
            CL_TRY_ASSIGN(bool const row, query.step());
            if (!row) {
                return {};
            }
            batch.checkpoints.push_back({query.int64(0), std::string(query.text(1))});
            CL_TRY(query.status());
        }
    }

    /// Tiles of `level` that become complete with an entry in [before, after).
    Result<void> read_tiles(int level, merkle::Size before, merkle::Size after, Batch& batch) {
        merkle::Size const first = full_tiles(before, level);
        merkle::Size const last = full_tiles(after, level);
        if (first == last) {
            return {};
        }
        Query query(tiles_);
        query.bind(1, static_cast<std::int64_t>(level)).bind(2, first).bind(3, last);
        for (;;) {
            CL_TRY_ASSIGN(bool const row, query.step());
            if (!row) {
                return {};
            }
            batch.tiles.push_back({level, query.int64(0), std::string(query.blob(1))});
            CL_TRY(query.status());
        }
    }

    /// The largest checkpoint that is beyond the end, if there is one: it says that there was more.
    Result<bool> finish(Batch& batch) {
        if (finished_) {
            return false;
        }
        finished_ = true;
        if (end_.checkpoint && *end_.checkpoint > next_) {
            Query query(beyond_);
            query.bind(1, *end_.checkpoint);
            CL_TRY_ASSIGN(bool const row, query.step());
            if (row) {
                batch.checkpoints.push_back({query.int64(0), std::string(query.text(1))});
            }
            CL_TRY(query.status());
        }
        return !batch.checkpoints.empty() || !batch.findings.empty();
    }

    Connection connection_;
    Statement entries_;
    Statement checkpoints_;
    Statement tiles_;
    Statement beyond_;
    Overview overview_;
    End end_;
    merkle::Size next_ = 0;
    bool checked_ = false;
    bool finished_ = false;
};

Result<std::unique_ptr<Source>> open_with(std::filesystem::path const& file, Overview overview) {
    CL_TRY_ASSIGN(auto connection, Connection::open_hostile(file));
    CL_TRY(check_form(connection, overview));
    CL_TRY_ASSIGN(End end, read_end(connection));
    if (end.last && *end.last > limits::json_integer) {
        overview.findings.push_back(
            {check::misplaced, std::nullopt, std::nullopt, "a row has a number that no entry can have"});
        end.last = limits::json_integer;
    }
    if (end.first && *end.first < 0) {
        overview.findings.push_back({check::misplaced, 0, std::nullopt, "a row has a number below zero"});
    }
    CL_TRY_ASSIGN(overview.first, read_first(connection));
    overview.size_hint = end.last ? *end.last + 1 : 0;
    overview.live = true;
    overview.has_tiles = true;
    overview.has_checkpoints = true;
    look_beyond(end, overview);
    CL_TRY_ASSIGN(auto entries,
                  connection.prepare("SELECT seq, entry FROM entries WHERE seq >= ?1 AND seq <= ?2 ORDER BY seq"));
    CL_TRY_ASSIGN(auto checkpoints,
                  connection.prepare("SELECT size, note FROM checkpoints WHERE size > ?1 AND size <= ?2 ORDER BY size"));
    CL_TRY_ASSIGN(auto tiles,
                  connection.prepare("SELECT idx, hashes FROM tiles WHERE level = ?1 AND idx >= ?2 AND idx < ?3 ORDER BY idx"));
    CL_TRY_ASSIGN(auto beyond, connection.prepare("SELECT size, note FROM checkpoints WHERE size = ?1"));
    return std::unique_ptr<Source>(std::make_unique<DatabaseSource>(std::move(connection), std::move(entries),
                                                                    std::move(checkpoints), std::move(tiles), std::move(beyond),
                                                                    std::move(overview), end));
}

}  // namespace

Result<std::unique_ptr<Source>> open_database(std::filesystem::path const& file) {
    Overview overview;
    overview.kind = SourceKind::database;
    overview.path = file.string();
    return open_with(file, std::move(overview));
}

Result<std::unique_ptr<Source>> open_data_directory(std::filesystem::path const& directory) {
    Overview overview;
    overview.kind = SourceKind::data_directory;
    overview.path = directory.string();
    add_head_claims(directory, overview);
    return open_with(directory / "ledger.db", std::move(overview));
}

}  // namespace cl::verify
