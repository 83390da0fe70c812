// Only our own files are opened, and the message says what is wrong with another.

#include "ledger/sqlite/connection.hpp"
#include "tests/unit/sqlite/fixture.hpp"

using namespace cl;
using namespace cl::sqlite;
using namespace cl::sqlite::test;
using cl::test::TempDir;

namespace {

constexpr char by_name[] = "CREATE INDEX by_name ON fruit(name);";

/// The refusal of `file`, as a fruit.db if not said otherwise.
Error why_not(std::filesystem::path const& file, Identity const& identity) {
    auto const result = Connection::open_owner(file, quick(), identity);
    if (result) BOOST_FAIL("it was accepted");
    auto const as_reader = Connection::open_reader(file, quick(), identity);
    BOOST_TEST(!as_reader);
    return result.error();
}

Error refusal(std::filesystem::path const& file) {
    return why_not(file, fruit);
}

bool mentions(Error const& error, std::string_view words) {
    return error.detail.find(words) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(identity)

BOOST_AUTO_TEST_CASE(ours_is_accepted) {
    TempDir const dir;
    { must(Connection::create(dir / "fruit.db", quick(), fruit)); }
    { must(Connection::open_owner(dir / "fruit.db", quick(), fruit)); }
    must(Connection::open_reader(dir / "fruit.db", quick(), fruit));
}

BOOST_AUTO_TEST_CASE(no_database_at_all) {
    TempDir const dir;
    cl::test::write_file(dir / "text", std::string(5000, 'x'));
    BOOST_CHECK(refusal(dir / "text").code == errc::store_foreign);
    BOOST_TEST(cl::test::read_file(dir / "text") == std::string(5000, 'x'));
    cl::test::write_file(dir / "empty", "");
    BOOST_CHECK(refusal(dir / "empty").code == errc::store_foreign);
    BOOST_TEST(std::filesystem::file_size(dir / "empty") == 0u);
}

BOOST_AUTO_TEST_CASE(another_application_or_version) {
    TempDir const dir;
    constexpr Identity nuts{"nuts.db", 0x4E555453, 3, fruit_schema};
    { must(Connection::create(dir / "nuts.db", quick(), nuts)); }
    auto const other = refusal(dir / "nuts.db");
    BOOST_CHECK(other.code == errc::store_foreign);
    BOOST_TEST(mentions(other, "0x4E555453"));
    constexpr Identity newer{"fruit.db", fruit.application_id, 4, fruit_schema};
    { must(Connection::create(dir / "newer.db", quick(), newer)); }
    auto const version = refusal(dir / "newer.db");
    BOOST_CHECK(version.code == errc::store_foreign);
    BOOST_TEST(mentions(version, "format version 4"));
}

BOOST_AUTO_TEST_CASE(the_version_before_is_ours_too_and_its_owner_brings_it_up_to_date) {
    TempDir const dir;
    constexpr Identity newer{"fruit.db", fruit.application_id, 4, fruit_schema, by_name};
    {
        auto former = must(Connection::create(dir / "fruit.db", quick(), fruit));
        must(former.exec("INSERT INTO fruit(name) VALUES('plum')"));
    }
    {
        auto reader = must(Connection::open_reader(dir / "fruit.db", quick(), newer));
        BOOST_TEST(number(reader, "PRAGMA user_version") == 3);
    }
    {
        auto owner = must(Connection::open_owner(dir / "fruit.db", quick(), newer));
        BOOST_TEST(number(owner, "PRAGMA user_version") == 4);
        BOOST_TEST(number(owner, "SELECT count(*) FROM sqlite_schema WHERE name = 'by_name'") == 1);
        BOOST_TEST(count_fruit(owner) == 1);
    }
    must(Connection::open_owner(dir / "fruit.db", quick(), newer));
    must(Connection::open_reader(dir / "fruit.db", quick(), newer));
    BOOST_TEST(
        mentions(refusal(dir / "fruit.db"), "use the program's release that wrote it, or a newer one"));  // by the one before
    // Neither is taken with what belongs to the other.
    constexpr Identity half{"fruit.db", fruit.application_id, 3, fruit_schema, by_name};
    { must(Connection::create(dir / "half.db", quick(), half)); }
    BOOST_TEST(mentions(why_not(dir / "half.db", newer), "index by_name was added"));
    constexpr Identity whole{"fruit.db", fruit.application_id, 4, fruit_schema};
    { must(Connection::create(dir / "whole.db", quick(), whole)); }
    BOOST_TEST(mentions(why_not(dir / "whole.db", newer), "index by_name is missing"));
    constexpr Identity older{"fruit.db", fruit.application_id, 2, fruit_schema};
    { must(Connection::create(dir / "older.db", quick(), older)); }
    BOOST_TEST(mentions(why_not(dir / "older.db", newer), "format version 2"));
}

BOOST_AUTO_TEST_CASE(altered_schema) {
    struct Case {
        char const* what;
        Result<void> (*alter)(Connection&);
        char const* says;
    };
    Case const cases[] = {
        {"trigger dropped", [](Connection& c) { return c.exec("DROP TRIGGER fruit_stays"); }, "trigger fruit_stays is missing"},
        {"index added", [](Connection& c) { return c.exec("CREATE INDEX by_name ON fruit(name)"); }, "index by_name was added"},
        {"column added", [](Connection& c) { return c.exec("ALTER TABLE fruit ADD COLUMN price INTEGER"); },
         "table fruit was altered"},
        {"trigger replaced",
         [](Connection& c) {
             return c.exec(
                 "DROP TRIGGER fruit_stays;"
                 "CREATE TRIGGER fruit_stays BEFORE DELETE ON fruit BEGIN SELECT 1; END;");
         },
         "trigger fruit_stays was altered"},
        {"table added", [](Connection& c) { return c.exec("CREATE TABLE z(a)"); }, "table z was added"},
    };
    for (auto const& one : cases) {
        BOOST_TEST_CONTEXT(one.what) {
            TempDir const dir;
            {
                auto owner = must(Connection::create(dir / "fruit.db", quick(), fruit));
                must(check_identity(owner, fruit));
                must(one.alter(owner));
            }
            auto const error = refusal(dir / "fruit.db");
            BOOST_CHECK(error.code == errc::store_foreign);
            BOOST_TEST(mentions(error, one.says), error.detail);
        }
    }
}

BOOST_AUTO_TEST_CASE(names_from_a_file_are_printed_as_ascii) {
    TempDir const dir;
    {
        auto owner = must(Connection::create(dir / "fruit.db", quick(), fruit));
        must(owner.exec("CREATE TABLE \"aa\x1b[2J\xff\n\"(a)"));
    }
    auto const error = refusal(dir / "fruit.db");
    BOOST_TEST(mentions(error, "aa?[2J??"), error.detail);
}

BOOST_AUTO_TEST_CASE(text_in_utf16_is_foreign) {
    auto memory = must(Connection::memory());
    must(memory.exec("PRAGMA encoding='UTF-16le'"));
    must(memory.exec(fruit_schema));
    must(memory.exec("PRAGMA application_id=1179800905; PRAGMA user_version=3;"));
    auto const result = check_identity(memory, fruit);
    BOOST_CHECK(why(result) == errc::store_foreign);
    BOOST_TEST(mentions(result.error(), "UTF-8"));
}

BOOST_AUTO_TEST_CASE(quick_check_accepts_a_sound_file) {
    TempDir const dir;
    auto owner = must(Connection::create(dir / "fruit.db", quick(), fruit));
    must(owner.exec("INSERT INTO fruit(name) VALUES('fig')"));
    must(quick_check(owner));
}

BOOST_AUTO_TEST_SUITE_END()
