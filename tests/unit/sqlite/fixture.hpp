// A small database of its own format, for the tests of the room.
//
// Threads: as a Connection.
#pragma once

#include "ledger/sqlite/connection.hpp"
#include "tests/common/temp_dir.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace cl::sqlite::test {

inline constexpr char fruit_schema[] = R"sql(
CREATE TABLE fruit(id INTEGER PRIMARY KEY, name TEXT NOT NULL, skin BLOB) STRICT;
CREATE TRIGGER fruit_stays BEFORE DELETE ON fruit BEGIN SELECT RAISE(ABORT, 'fruit stays'); END;
)sql";

inline constexpr Identity fruit{"fruit.db", 0x46525549, 3, fruit_schema};

/// Short waits: no test of this room waits for a lock that will be let go.
inline Settings quick() {
    Settings settings;
    settings.busy_ms = 10;
    return settings;
}

/// The value, or a failed test that says why there is none.
template <class T>
T must(Result<T> result) {
    if (!result) BOOST_FAIL(std::string(name(result.error().code)) << ": " << result.error().detail);
    return std::move(*result);
}
inline void must(Result<void> const& result) {
    if (!result) BOOST_FAIL(std::string(name(result.error().code)) << ": " << result.error().detail);
}

/// The kind of failure; a failed test if there was none.
template <class T>
errc why(Result<T> const& result) {
    if (result) BOOST_FAIL("expected a failure");
    return result.error().code;
}

inline std::int64_t number(Connection& connection, Sql sql) {
    auto statement = must(connection.prepare(sql));
    Query query(statement);
    BOOST_REQUIRE(must(query.step()));
    return query.int64(0);
}

inline std::string text(Connection& connection, Sql sql) {
    auto statement = must(connection.prepare(sql));
    Query query(statement);
    BOOST_REQUIRE(must(query.step()));
    return std::string(query.text(0));
}

inline std::int64_t count_fruit(Connection& connection) {
    return number(connection, "SELECT count(*) FROM fruit");
}

}  // namespace cl::sqlite::test
