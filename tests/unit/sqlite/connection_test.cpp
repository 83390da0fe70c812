#include "ledger/sqlite/connection.hpp"

#include "ledger/sqlite/transaction.hpp"
#include "tests/unit/sqlite/fixture.hpp"

#include <sys/stat.h>

namespace fs = std::filesystem;
using namespace cl;
using namespace cl::sqlite;
using namespace cl::sqlite::test;
using cl::test::TempDir;

BOOST_AUTO_TEST_SUITE(connection)

BOOST_AUTO_TEST_CASE(create_obeys_every_setting) {
    TempDir const dir;
    Settings settings;
    settings.page_size = 8192;
    settings.secure_delete = true;
    settings.wal_bytes_kept = 1 << 20;
    auto made = must(Connection::create(dir / "fruit.db", settings, fruit));
    BOOST_TEST(number(made, "PRAGMA page_size") == 8192);
    BOOST_TEST(text(made, "PRAGMA journal_mode") == "wal");
    BOOST_TEST(number(made, "PRAGMA synchronous") == 2);
    BOOST_TEST(number(made, "PRAGMA secure_delete") == 1);
    BOOST_TEST(number(made, "PRAGMA recursive_triggers") == 1);
    BOOST_TEST(number(made, "PRAGMA wal_autocheckpoint") == 0);
    BOOST_TEST(number(made, "PRAGMA journal_size_limit") == 1 << 20);
    BOOST_TEST(number(made, "PRAGMA application_id") == fruit.application_id);
    BOOST_TEST(number(made, "PRAGMA user_version") == 3);
    BOOST_TEST(number(made, "PRAGMA trusted_schema") == 0);
    BOOST_TEST(number(made, "PRAGMA cell_size_check") == 1);
    BOOST_TEST(number(made, "PRAGMA temp_store") == 2);

    struct ::stat status {};
    BOOST_REQUIRE(::stat((dir / "fruit.db").c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 0777) == 0600u);
}

BOOST_AUTO_TEST_CASE(synchronous_off_for_what_can_be_rebuilt) {
    TempDir const dir;
    Settings settings;
    settings.synchronous = Synchronous::off;
    auto made = must(Connection::create(dir / "fruit.db", settings, fruit));
    BOOST_TEST(number(made, "PRAGMA synchronous") == 0);
}

BOOST_AUTO_TEST_CASE(create_never_overwrites) {
    TempDir const dir;
    cl::test::write_file(dir / "fruit.db", "somebody's");
    BOOST_CHECK(why(Connection::create(dir / "fruit.db", quick(), fruit)) == errc::io);
    BOOST_TEST(cl::test::read_file(dir / "fruit.db") == "somebody's");
}

BOOST_AUTO_TEST_CASE(failed_create_leaves_nothing) {
    TempDir const dir;
    constexpr Identity broken{"fruit.db", 1, 1, "CREATE TABEL fruit(id)"};
    BOOST_CHECK(why(Connection::create(dir / "fruit.db", quick(), broken)) == errc::io);
    BOOST_TEST(fs::is_empty(dir.path()));
    Settings odd = quick();
    odd.page_size = 1000;
    BOOST_CHECK(why(Connection::create(dir / "fruit.db", odd, fruit)) == errc::io);
    BOOST_TEST(fs::is_empty(dir.path()));
}

BOOST_AUTO_TEST_CASE(clean_close_leaves_one_file) {
    TempDir const dir;
    {
        auto owner = must(Connection::create(dir / "fruit.db", quick(), fruit));
        must(owner.exec("INSERT INTO fruit(name) VALUES('fig')"));
        BOOST_TEST(fs::file_size(dir / "fruit.db-wal") > 0u);
    }
    BOOST_TEST(!fs::exists(dir / "fruit.db-wal"));
    BOOST_TEST(!fs::exists(dir / "fruit.db-shm"));
    auto again = must(Connection::open_owner(dir / "fruit.db", quick(), fruit));
    BOOST_TEST(count_fruit(again) == 1);
}

BOOST_AUTO_TEST_CASE(an_owner_in_doubt_leaves_the_wal) {
    TempDir const dir;
    {
        auto owner = must(Connection::create(dir / "fruit.db", quick(), fruit));
        must(owner.exec("INSERT INTO fruit(name) VALUES('fig')"));
        owner.leave_wal_on_close();
    }
    BOOST_TEST(fs::file_size(dir / "fruit.db-wal") > 0u);
    auto again = must(Connection::open_owner(dir / "fruit.db", quick(), fruit));
    BOOST_TEST(count_fruit(again) == 1);
}

BOOST_AUTO_TEST_CASE(a_reader_sees_commits_and_writes_nothing) {
    TempDir const dir;
    auto owner = must(Connection::create(dir / "fruit.db", quick(), fruit));
    auto reader = must(Connection::open_reader(dir / "fruit.db", quick(), fruit));
    BOOST_TEST(count_fruit(reader) == 0);
    must(owner.exec("INSERT INTO fruit(name) VALUES('fig')"));
    BOOST_TEST(count_fruit(reader) == 1);
    BOOST_CHECK(why(reader.exec("INSERT INTO fruit(name) VALUES('kiwi')")) == errc::io);
    BOOST_CHECK(why(reader.exec("DROP TABLE fruit")) == errc::io);
    BOOST_TEST(count_fruit(owner) == 1);
}

BOOST_AUTO_TEST_CASE(a_reader_alone_leaves_the_wal_of_a_killed_owner) {
    TempDir const dir;
    {
        auto owner = must(Connection::create(dir / "fruit.db", quick(), fruit));
        must(owner.exec("INSERT INTO fruit(name) VALUES('fig')"));
        owner.leave_wal_on_close();
    }
    auto const before = fs::file_size(dir / "fruit.db-wal");
    {
        BOOST_TEST(
            count_fruit(*std::make_unique<Connection>(must(Connection::open_reader(dir / "fruit.db", quick(), fruit)))) == 1);
    }
    BOOST_TEST(fs::file_size(dir / "fruit.db-wal") == before);
}

BOOST_AUTO_TEST_CASE(missing_files_and_strange_names) {
    TempDir const dir;
    BOOST_CHECK(why(Connection::open_owner(dir / "none.db", quick(), fruit)) == errc::io);
    BOOST_CHECK(why(Connection::open_reader(dir / "none.db", quick(), fruit)) == errc::io);
    BOOST_CHECK(why(Connection::open_owner("", quick(), fruit)) == errc::io);
    BOOST_CHECK(why(Connection::open_owner(":memory:", quick(), fruit)) == errc::io);
    BOOST_CHECK(why(Connection::open_owner(dir.path(), quick(), fruit)) == errc::io);
    // A name that looks like a URI is a name.
    must(Connection::create(dir / "fruit.db?immutable=1&mode=ro", quick(), fruit));
    BOOST_TEST(fs::exists(dir / "fruit.db?immutable=1&mode=ro"));
}

BOOST_AUTO_TEST_CASE(checkpoints_move_the_wal) {
    TempDir const dir;
    auto owner = must(Connection::create(dir / "fruit.db", quick(), fruit));
    BOOST_TEST(owner.wal_pages() == 0);
    must(owner.exec("INSERT INTO fruit(name) VALUES('fig')"));
    BOOST_TEST(owner.wal_pages() > 0);
    auto const passive = must(owner.checkpoint(CheckpointMode::passive));
    BOOST_TEST(passive.wal > 0);
    BOOST_TEST(passive.moved == passive.wal);
    BOOST_TEST(fs::file_size(dir / "fruit.db-wal") > 0u);
    must(owner.checkpoint(CheckpointMode::truncate));
    BOOST_TEST(fs::file_size(dir / "fruit.db-wal") == 0u);
    BOOST_TEST(owner.wal_pages() == 0);
}

BOOST_AUTO_TEST_CASE(a_reader_in_the_way_of_truncation_is_said) {
    TempDir const dir;
    auto owner = must(Connection::create(dir / "fruit.db", quick(), fruit));
    must(owner.exec("INSERT INTO fruit(name) VALUES('fig')"));
    auto reader = must(Connection::open_reader(dir / "fruit.db", quick(), fruit));
    {
        auto const snapshot = must(Transaction::read(reader));
        BOOST_TEST(count_fruit(reader) == 1);
        must(owner.exec("INSERT INTO fruit(name) VALUES('kiwi')"));
        BOOST_CHECK(why(owner.checkpoint(CheckpointMode::truncate)) == errc::busy);
        must(owner.checkpoint(CheckpointMode::passive));
    }
    must(owner.checkpoint(CheckpointMode::truncate));
}

BOOST_AUTO_TEST_CASE(memory_database) {
    auto memory = must(Connection::memory());
    must(memory.exec("CREATE TABLE t(a INTEGER) STRICT; INSERT INTO t VALUES(7);"));
    BOOST_TEST(number(memory, "SELECT a FROM t") == 7);
    BOOST_TEST(memory.changes() == 1);
}

BOOST_AUTO_TEST_CASE(attach_and_extensions_are_off) {
    TempDir const dir;
    auto owner = must(Connection::create(dir / "fruit.db", quick(), fruit));
    BOOST_TEST(!owner.exec("ATTACH ':memory:' AS other"));
    BOOST_TEST(!owner.exec("SELECT load_extension('x')"));
    BOOST_TEST(!owner.exec("SELECT \"nosuchcolumn\" FROM fruit"));
    BOOST_TEST(!owner.exec("UPDATE sqlite_schema SET sql = 'x'"));
}

BOOST_AUTO_TEST_SUITE_END()
