// A small database of its own format, for the tests of the room.
//
// Threads: as a Connection.
#pragma once

#include "ledger/sqlite/connection.hpp"
#include "tests/common/temp_dir.hpp"
#include "tests/support/must.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace cl::sqlite::test {

using cl::test::must;
using cl::test::why;

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
