// A prepared statement, and the guard through which it is run. A statement is prepared once and kept; a Query borrows it, binds, steps,
// and on destruction resets it and forgets the bindings, so that no statement holds a read transaction or a caller's bytes by accident.
//
// Threads: as the Connection they come from (one thread at a time).
#pragma once

#include "ledger/core/error.hpp"

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3_stmt;

namespace cl::sqlite {

/// The storage class of a value. A hostile file can hold any class in any column.
enum class Type { integer, real, text, blob, null };

/// Made by Connection::prepare. May outlive its connection's object without harm (the connection then closes with it), but a file is
/// only cleanly closed when its statements are gone: declare statements after their connection.
class Statement {
public:
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&& other) noexcept;
    Statement(Statement const&) = delete;
    Statement& operator=(Statement const&) = delete;
    ~Statement();

private:
    friend class Connection;
    friend class Query;
    explicit Statement(sqlite3_stmt* handle) noexcept : handle_(handle) {}

    sqlite3_stmt* handle_;
};

/// One use (or several in a row) of a statement:
///
///     Query insert(statement);
///     for (auto const& row : rows) {
///         CL_TRY(insert.bind(1, row.seq).bind_text(2, row.bytes).run());
///     }
///
///     Query select(statement);
///     select.bind(1, first);
///     for (;;) {
///         CL_TRY_ASSIGN(bool const more, select.step());
///         if (!more) break;
///         visit(select.int64(0), select.text(1));
///     }
///
/// Bound bytes are not copied: they must live until run() returns or the Query ends. A failure of bind or of a column accessor is
/// remembered and returned by the next step(), run() or status(). At most one Query per statement at a time (asserted).
class Query {
public:
    explicit Query(Statement& statement) noexcept;
    ~Query();
    Query(Query const&) = delete;
    Query& operator=(Query const&) = delete;

    /// Parameters count from 1.
    Query& bind(int index, std::int64_t value) noexcept;
    /// An empty text is an empty text, not NULL. Must be UTF-8; it may hold NUL characters.
    Query& bind_text(int index, std::string_view value) noexcept;
    /// An empty blob is an empty blob, not NULL.
    Query& bind_blob(int index, std::string_view value) noexcept;
    Query& bind_null(int index) noexcept;
    // A temporary string would be gone before the statement runs.
    template <std::same_as<std::string> S>
    Query& bind_text(int index, S&& value) = delete;
    template <std::same_as<std::string> S>
    Query& bind_blob(int index, S&& value) = delete;

    /// True: a row is there. False: the end. errc::io, store_corrupt, store_locked, busy.
    [[nodiscard]] Result<bool> step();
    /// Runs to the end, drops any rows, and rewinds: bind again (bindings stay until then) and run again.
    [[nodiscard]] Result<void> run();
    /// Rewinds after step(), so that the same Query can be bound and stepped again. Ends the implicit read transaction.
    void rewind() noexcept;

    /// Columns count from 0. Views die at the next step(), run(), rewind() or with the Query. An accessor that meets another storage
    /// class converts nothing: it returns 0 or an empty view and remembers errc::store_corrupt. Ask type() first where it matters.
    [[nodiscard]] Type type(int column) noexcept;
    [[nodiscard]] bool is_null(int column) noexcept;
    [[nodiscard]] std::int64_t int64(int column) noexcept;
    [[nodiscard]] std::string_view text(int column) noexcept;  ///< the bytes as stored, valid UTF-8 or not
    [[nodiscard]] std::string_view blob(int column) noexcept;

    /// What bind or an accessor remembered; for those who do not step() again after reading a row.
    [[nodiscard]] Result<void> status() const;

private:
    [[nodiscard]] std::string_view bytes(int column, Type expected) noexcept;
    void remember(int code) noexcept;

    sqlite3_stmt* handle_;
    int wrong_ = 0;          // first SQLite code of a failed bind or accessor
    int wrong_column_ = -1;  // first column of an unexpected storage class
};

}  // namespace cl::sqlite
