#include "ledger/sqlite/statement.hpp"

#include "tests/unit/sqlite/fixture.hpp"

#include <limits>
#include <type_traits>

using namespace cl;
using namespace cl::sqlite;
using namespace cl::sqlite::test;

namespace {

template <class S>
concept binds_text = requires(Query& query, S&& value) {
    query.bind_text(1, std::forward<S>(value));
};

// SQL made at run time, and text that dies before the statement runs, do not compile.
static_assert(!std::is_constructible_v<Sql, std::string>);
static_assert(!std::is_constructible_v<Sql, char const*>);
static_assert(binds_text<std::string&> && binds_text<std::string const&> && binds_text<std::string_view>);
static_assert(!binds_text<std::string>);

Connection values() {
    auto memory = must(Connection::memory());
    must(memory.exec("CREATE TABLE v(id INTEGER PRIMARY KEY, i INTEGER, t TEXT, b BLOB) STRICT"));
    return memory;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(statement)

BOOST_AUTO_TEST_CASE(values_come_back_as_they_went_in) {
    auto memory = values();
    auto insert = must(memory.prepare("INSERT INTO v(i, t, b) VALUES(?1, ?2, ?3)"));
    auto select = must(memory.prepare("SELECT i, t, b FROM v WHERE id = ?1"));
    using namespace std::string_view_literals;
    struct Case {
        std::int64_t i;
        std::string_view t;
        std::string_view b;
    };
    Case const cases[] = {
        {0, ""sv, ""sv},
        {-1, std::string_view(), std::string_view()},
        {std::numeric_limits<std::int64_t>::max(), "fig"sv, "\x00\x01\xff"sv},
        {std::numeric_limits<std::int64_t>::min(), "a\x00b"sv, "\x00"sv},
        {7, "Gr\xc3\xbc\xc3\x9f"sv, "x"sv},
    };
    std::int64_t id = 0;
    for (auto const& one : cases) {
        must(Query(insert).bind(1, one.i).bind_text(2, one.t).bind_blob(3, one.b).run());
        Query query(select);
        BOOST_REQUIRE(must(query.bind(1, ++id).step()));
        BOOST_TEST(query.int64(0) == one.i);
        BOOST_CHECK(query.type(1) == Type::text);
        BOOST_TEST(query.text(1) == one.t);
        BOOST_CHECK(query.type(2) == Type::blob);
        BOOST_TEST(query.blob(2) == one.b);
        BOOST_TEST(!must(query.step()));
    }
}

BOOST_AUTO_TEST_CASE(a_query_forgets_its_bindings) {
    auto memory = values();
    auto insert = must(memory.prepare("INSERT INTO v(i, t) VALUES(?1, ?2)"));
    must(Query(insert).bind(1, 5).bind_text(2, "fig").run());
    must(Query(insert).bind(1, 6).run());
    BOOST_TEST(number(memory, "SELECT t IS NULL FROM v WHERE i = 6") == 1);
    must(Query(insert).bind(1, 7).bind_null(2).run());
    BOOST_TEST(number(memory, "SELECT count(*) FROM v WHERE t IS NULL") == 2);
}

BOOST_AUTO_TEST_CASE(one_query_runs_many_times) {
    auto memory = values();
    auto insert = must(memory.prepare("INSERT INTO v(i) VALUES(?1)"));
    {
        Query query(insert);
        for (int i = 0; i < 100; ++i) must(query.bind(1, i).run());
    }
    auto select = must(memory.prepare("SELECT i FROM v WHERE i >= ?1 ORDER BY i"));
    Query query(select);
    BOOST_REQUIRE(must(query.bind(1, 98).step()));
    BOOST_TEST(query.int64(0) == 98);
    query.rewind();
    BOOST_REQUIRE(must(query.bind(1, 3).step()));
    BOOST_TEST(query.int64(0) == 3);
}

BOOST_AUTO_TEST_CASE(accessors_convert_nothing) {
    auto memory = must(Connection::memory());
    must(memory.exec("CREATE TABLE loose(a); INSERT INTO loose VALUES('12'), (12), (x'3132'), (1.5), (NULL);"));
    auto select = must(memory.prepare("SELECT a FROM loose ORDER BY rowid"));
    Type const types[] = {Type::text, Type::integer, Type::blob, Type::real, Type::null};
    {
        Query query(select);
        for (auto const type : types) {
            BOOST_REQUIRE(must(query.step()));
            BOOST_CHECK(query.type(0) == type);
            BOOST_TEST(query.is_null(0) == (type == Type::null));
        }
        BOOST_TEST(!must(query.step()));
    }
    Query query(select);
    BOOST_REQUIRE(must(query.step()));
    must(query.status());
    BOOST_TEST(query.int64(0) == 0);
    BOOST_CHECK(why(query.status()) == errc::store_corrupt);
    BOOST_CHECK(why(query.step()) == errc::store_corrupt);
}

BOOST_AUTO_TEST_CASE(a_bad_parameter_is_remembered) {
    auto memory = values();
    auto insert = must(memory.prepare("INSERT INTO v(i) VALUES(?1)"));
    BOOST_CHECK(why(Query(insert).bind(2, 1).run()) == errc::io);
    BOOST_TEST(number(memory, "SELECT count(*) FROM v") == 0);
}

BOOST_AUTO_TEST_CASE(failures_name_columns_and_not_values) {
    auto memory = values();
    must(memory.exec("CREATE UNIQUE INDEX once ON v(t)"));
    auto insert = must(memory.prepare("INSERT INTO v(t) VALUES(?1)"));
    must(Query(insert).bind_text(1, "secret-4711").run());
    auto const result = Query(insert).bind_text(1, "secret-4711").run();
    BOOST_CHECK(why(result) == errc::store_corrupt);
    BOOST_TEST(result.error().detail.find("v.t") != std::string::npos);
    BOOST_TEST(result.error().detail.find("4711") == std::string::npos);
    auto wrong_type = must(memory.prepare("INSERT INTO v(b) VALUES(?1)"));
    auto const strict = Query(wrong_type).bind_text(1, "secret-4711").run();
    BOOST_CHECK(why(strict) == errc::store_corrupt);
    BOOST_TEST(strict.error().detail.find("4711") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(prepare_takes_one_statement) {
    auto memory = values();
    BOOST_TEST(!memory.prepare("SELECT 1; SELECT 2"));
    BOOST_TEST(!memory.prepare(""));
    BOOST_TEST(!memory.prepare("SELECT nothing FROM v"));
    must(memory.prepare("SELECT 1"));
}

BOOST_AUTO_TEST_CASE(a_statement_may_outlive_its_connection) {
    std::optional<Statement> kept;
    {
        auto memory = values();
        kept.emplace(must(memory.prepare("SELECT 1")));
    }
    Query query(*kept);
    BOOST_TEST(must(query.step()));
}

BOOST_AUTO_TEST_SUITE_END()
