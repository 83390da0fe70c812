// Making, opening and refusing files.

#include "tests/unit/log/fixture.hpp"

#include <sys/stat.h>

namespace fs = std::filesystem;
using namespace cl;
using namespace cl::log;
using namespace cl::log::test;

BOOST_AUTO_TEST_SUITE(files)

BOOST_AUTO_TEST_CASE(created_files_are_private_and_configured) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    grow(*store, 1);
    for (char const* name : {"ledger.db", "ledger.db-wal", "ledger.db-shm", "vault.db"}) {
        struct ::stat status {};
        BOOST_REQUIRE(::stat((dir / name).c_str(), &status) == 0);
        BOOST_TEST((status.st_mode & 0777) == 0600u, name);
    }
    auto raw = raw_ledger(dir);
    auto statement = must(raw.prepare("PRAGMA page_size"));
    sqlite::Query query(statement);
    BOOST_REQUIRE(must(query.step()));
    BOOST_TEST(query.int64(0) == 8192);
}

BOOST_AUTO_TEST_CASE(nothing_is_overwritten) {
    TempDir const dir;
    {
        auto store = must(create_sqlite_log(paths_in(dir)));
        grow(*store, 5);
    }
    BOOST_CHECK(why(create_sqlite_log(paths_in(dir))) == errc::io);
    fs::remove(dir / "vault.db");
    BOOST_CHECK(why(create_sqlite_log(paths_in(dir))) == errc::io);
    BOOST_TEST(!fs::exists(dir / "vault.db"));
    fs::rename(dir / "ledger.db", dir / "old.db");
    cl::test::write_file(dir / "vault.db", "mine");
    BOOST_CHECK(why(create_sqlite_log(paths_in(dir))) == errc::io);
    BOOST_TEST(!fs::exists(dir / "ledger.db"));
    BOOST_TEST(cl::test::read_file(dir / "vault.db") == "mine");
}

BOOST_AUTO_TEST_CASE(a_store_is_found_again) {
    TempDir const dir;
    {
        auto store = must(create_sqlite_log(paths_in(dir)));
        grow(*store, 5);
    }
    BOOST_TEST(!fs::exists(dir / "ledger.db-wal"));
    BOOST_TEST(!fs::exists(dir / "vault.db-wal"));
    auto store = must(open_sqlite_log(paths_in(dir)));
    BOOST_CHECK((must(store->head()) == Head{5, leaf_hash(entry_text(4))}));
    grow(*store, 1);
    BOOST_TEST(all(*store, 0, 6).size() == 6u);
}

BOOST_AUTO_TEST_CASE(foreign_files_are_refused) {
    TempDir const dir;
    { must(create_sqlite_log(paths_in(dir))); }
    SqliteLogPaths const swapped{dir / "vault.db", dir / "ledger.db"};
    BOOST_CHECK(why(open_sqlite_log(swapped)) == errc::store_foreign);
    BOOST_CHECK(why(open_log_reader(swapped)) == errc::store_foreign);
    BOOST_CHECK(why(open_sqlite_log({dir / "none.db", dir / "vault.db"})) == errc::io);
    BOOST_CHECK(why(open_sqlite_log({dir / "ledger.db", dir / "none.db"})) == errc::io);
    BOOST_TEST(!fs::exists(dir / "none.db"));
    cl::test::write_file(dir / "text.db", std::string(9000, 'x'));
    BOOST_CHECK(why(open_sqlite_log({dir / "text.db", dir / "vault.db"})) == errc::store_foreign);
}

BOOST_AUTO_TEST_CASE(an_altered_schema_is_refused) {
    TempDir const dir;
    { must(create_sqlite_log(paths_in(dir))); }
    { must(raw_ledger(dir).exec("DROP TRIGGER entries_keep")); }
    BOOST_CHECK(why(open_sqlite_log(paths_in(dir))) == errc::store_foreign);
    BOOST_CHECK(why(open_log_reader(paths_in(dir))) == errc::store_foreign);
}

BOOST_AUTO_TEST_SUITE_END()
