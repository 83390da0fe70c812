// Files that somebody hands over: copies, read-only media, damage, and schemas made to do harm.

#include "ledger/sqlite/connection.hpp"
#include "ledger/sqlite/transaction.hpp"
#include "tests/unit/sqlite/fixture.hpp"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <random>
#include <set>
#include <string>

namespace fs = std::filesystem;
using namespace cl;
using namespace cl::sqlite;
using namespace cl::sqlite::test;
using cl::test::TempDir;

namespace {

/// fruit.db with one row in the file and one that is only in the WAL, as a killed server leaves it.
void make_killed(fs::path const& file) {
    auto owner = must(Connection::create(file, quick(), fruit));
    must(owner.exec("INSERT INTO fruit(name) VALUES('fig')"));
    must(owner.checkpoint(CheckpointMode::truncate));
    must(owner.exec("INSERT INTO fruit(name) VALUES('kiwi')"));
    owner.leave_wal_on_close();
}

std::int64_t rows_seen(fs::path const& file) {
    auto opened = must(Connection::open_hostile(file));
    must(check_identity(opened, fruit));
    must(quick_check(opened));
    return count_fruit(opened);
}

/// Runs `work` in a child that may not write anywhere near `directory`; the child's exit code.
int as_nobody(fs::path const& directory, std::function<int()> const& work) {
    fs::permissions(directory, fs::perms(0555));
    for (auto const& file : fs::directory_iterator(directory)) fs::permissions(file, fs::perms(0444));
    pid_t const child = ::fork();
    if (child == 0) {
        bool const dropped = ::geteuid() != 0 || (::setgid(65534) == 0 && ::setuid(65534) == 0);
        ::_exit(dropped ? work() : 99);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    fs::permissions(directory, fs::perms(0755));
    return WIFEXITED(status) ? WEXITSTATUS(status) : 98;
}

/// The rows that a hostile connection counts, plus 10; or 90 + errc::io, 80 for another failure.
int count_or_code(fs::path const& file) {
    auto opened = Connection::open_hostile(file);
    if (!opened) return opened.error().code == errc::io ? 90 : 80;
    auto statement = opened->prepare("SELECT count(*) FROM fruit");
    if (!statement) return 81;
    Query query(*statement);
    auto const row = query.step();
    return row && *row ? 10 + static_cast<int>(query.int64(0)) : 82;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hostile)

BOOST_AUTO_TEST_CASE(reads_beside_a_running_owner) {
    TempDir const dir;
    auto owner = must(Connection::create(dir / "fruit.db", quick(), fruit));
    must(owner.exec("INSERT INTO fruit(name) VALUES('fig')"));
    BOOST_TEST(rows_seen(dir / "fruit.db") == 1);
    must(owner.exec("INSERT INTO fruit(name) VALUES('kiwi')"));
    BOOST_TEST(rows_seen(dir / "fruit.db") == 2);
}

BOOST_AUTO_TEST_CASE(reads_a_copy_with_its_wal) {
    TempDir const dir;
    make_killed(dir / "fruit.db");
    fs::create_directory(dir / "copy");
    fs::copy(dir / "fruit.db", dir / "copy/fruit.db");
    BOOST_TEST(rows_seen(dir / "copy/fruit.db") == 1);
    fs::copy(dir / "fruit.db-wal", dir / "copy/fruit.db-wal", fs::copy_options::overwrite_existing);
    fs::remove(dir / "copy/fruit.db-shm");
    BOOST_TEST(rows_seen(dir / "copy/fruit.db") == 2);
}

BOOST_AUTO_TEST_CASE(alters_neither_file_nor_wal) {
    TempDir const dir;
    make_killed(dir / "fruit.db");
    auto const file = cl::test::read_file(dir / "fruit.db");
    auto const wal = cl::test::read_file(dir / "fruit.db-wal");
    BOOST_TEST(rows_seen(dir / "fruit.db") == 2);
    {
        auto opened = must(Connection::open_hostile(dir / "fruit.db"));
        BOOST_TEST(!opened.checkpoint(CheckpointMode::truncate));
    }
    BOOST_TEST((cl::test::read_file(dir / "fruit.db") == file));
    BOOST_TEST((cl::test::read_file(dir / "fruit.db-wal") == wal));
}

BOOST_AUTO_TEST_CASE(makes_no_file_and_removes_none) {
    TempDir const dir;
    auto const names = [&] {
        std::set<std::string> all;
        for (auto const& file : fs::directory_iterator(dir.path())) all.insert(file.path().filename().string());
        return all;
    };
    using Names = std::set<std::string>;
    { must(must(Connection::create(dir / "fruit.db", quick(), fruit)).exec("INSERT INTO fruit(name) VALUES('fig')")); }
    BOOST_TEST(rows_seen(dir / "fruit.db") == 1);
    BOOST_TEST((names() == Names{"fruit.db"}));
    cl::test::write_file(dir / "fruit.db-wal", "");
    BOOST_TEST(rows_seen(dir / "fruit.db") == 1);
    BOOST_TEST((names() == Names{"fruit.db", "fruit.db-wal"}));
    fs::remove(dir / "fruit.db-wal");
    cl::test::write_file(dir / "fruit.db-shm", "");  // a copy that took only one of the two
    BOOST_TEST(rows_seen(dir / "fruit.db") == 1);
    BOOST_TEST((names() == Names{"fruit.db", "fruit.db-shm"}));
    fs::remove(dir / "fruit.db-shm");
    fs::remove(dir / "fruit.db");

    make_killed(dir / "fruit.db");
    Names const killed = names();
    BOOST_TEST(killed.size() == 3u);
    BOOST_TEST(rows_seen(dir / "fruit.db") == 2);
    BOOST_TEST((names() == killed));
    fs::remove(dir / "fruit.db-shm");
    BOOST_TEST(rows_seen(dir / "fruit.db") == 2);
    BOOST_TEST((names() == Names{"fruit.db", "fruit.db-wal"}));
    fs::create_symlink(dir / "fruit.db", dir / "link.db");
    BOOST_TEST(rows_seen(dir / "link.db") == 2);
    BOOST_TEST((names() == Names{"fruit.db", "fruit.db-wal", "link.db"}));
}

BOOST_AUTO_TEST_CASE(tells_when_somebody_opened_or_changed_a_file_that_lay_still) {
    TempDir const dir;
    { must(Connection::create(dir / "fruit.db", quick(), fruit)); }
    auto still = must(Connection::open_hostile(dir / "fruit.db"));
    BOOST_TEST(count_fruit(still) == 0);
    BOOST_TEST(!still.disturbed());
    {
        auto owner = must(Connection::open_owner(dir / "fruit.db", quick(), fruit));
        must(owner.exec("INSERT INTO fruit(name) VALUES('fig')"));
        BOOST_TEST(still.disturbed());
        auto beside = must(Connection::open_hostile(dir / "fruit.db"));
        BOOST_TEST(count_fruit(beside) == 1);
        must(owner.exec("INSERT INTO fruit(name) VALUES('kiwi')"));
        BOOST_TEST(!beside.disturbed());  // it has SQLite's locks: what it reads is of one moment
    }
    BOOST_TEST(still.disturbed());  // gone again, but not as it was
}

BOOST_AUTO_TEST_CASE(reads_in_a_read_only_directory) {
    TempDir const dir;
    fs::permissions(dir.path(), fs::perms(0755));
    for (char const* name : {"clean", "killed", "killed-no-shm"}) fs::create_directory(dir / name);
    { must(must(Connection::create(dir / "clean/fruit.db", quick(), fruit)).exec("INSERT INTO fruit(name) VALUES('fig')")); }
    make_killed(dir / "killed/fruit.db");
    make_killed(dir / "killed-no-shm/fruit.db");
    fs::remove(dir / "killed-no-shm/fruit.db-shm");
    BOOST_REQUIRE(!fs::exists(dir / "clean/fruit.db-wal"));

    BOOST_TEST(as_nobody(dir / "clean", [&] { return count_or_code(dir / "clean/fruit.db"); }) == 11);
    BOOST_TEST(as_nobody(dir / "killed", [&] { return count_or_code(dir / "killed/fruit.db"); }) == 12);
    BOOST_TEST(as_nobody(dir / "killed-no-shm", [&] { return count_or_code(dir / "killed-no-shm/fruit.db"); }) == 12);
    BOOST_TEST(!fs::exists(dir / "clean/fruit.db-wal"));
    BOOST_TEST(!fs::exists(dir / "killed-no-shm/fruit.db-shm"));
}

BOOST_AUTO_TEST_CASE(a_wal_that_cannot_be_read_is_not_ignored) {
    if (::geteuid() == 0) {
        TempDir const dir;
        fs::permissions(dir.path(), fs::perms(0755));
        fs::create_directory(dir / "d");
        make_killed(dir / "d/fruit.db");
        fs::remove(dir / "d/fruit.db-shm");
        auto const work = [&] { return count_or_code(dir / "d/fruit.db"); };
        BOOST_TEST(as_nobody(dir / "d", work) == 12);
        // The same, but the -wal belongs to somebody else: one committed row would be missing from the answer.
        pid_t const child = ::fork();
        if (child == 0) {
            fs::permissions(dir / "d/fruit.db-wal", fs::perms(0600));
            fs::permissions(dir / "d", fs::perms(0555));
            ::_exit(::setgid(65534) == 0 && ::setuid(65534) == 0 ? work() : 99);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        BOOST_TEST(WEXITSTATUS(status) == 90);
    }
}

BOOST_AUTO_TEST_CASE(nothing_in_the_file_can_run_or_be_written) {
    TempDir const dir;
    {
        auto owner = must(Connection::create(dir / "fruit.db", quick(), fruit));
        must(owner.exec("INSERT INTO fruit(name) VALUES('fig')"));
        must(owner.exec("CREATE VIEW trap AS SELECT randomblob(1000000000) AS boom"));
    }
    auto opened = must(Connection::open_hostile(dir / "fruit.db"));
    BOOST_CHECK(why(check_identity(opened, fruit)) == errc::store_foreign);
    BOOST_TEST(!opened.exec("INSERT INTO fruit(name) VALUES('kiwi')"));
    BOOST_TEST(!opened.exec("SELECT * FROM trap"));
    BOOST_TEST(!opened.exec("CREATE TEMP TABLE t(a)"));
    BOOST_TEST(!opened.exec("ATTACH ':memory:' AS other"));
}

BOOST_AUTO_TEST_CASE(a_huge_value_is_refused_unread) {
    TempDir const dir;
    {
        auto owner = must(Connection::create(dir / "fruit.db", quick(), fruit));
        must(owner.exec("INSERT INTO fruit(name, skin) VALUES('fig', zeroblob(1000000)), ('melon', zeroblob(2000000))"));
    }
    auto opened = must(Connection::open_hostile(dir / "fruit.db"));
    auto select = must(opened.prepare("SELECT skin FROM fruit ORDER BY id"));
    Query query(select);
    BOOST_REQUIRE(must(query.step()));
    BOOST_TEST(query.blob(0).size() == 1'000'000u);
    // The limit is met when the row or the value is read, whichever comes first.
    auto const row = query.step();
    if (row) (void)query.blob(0);
    BOOST_TEST((!row || !query.status()));
}

BOOST_AUTO_TEST_CASE(only_regular_files) {
    TempDir const dir;
    BOOST_REQUIRE(::mkfifo((dir / "pipe").c_str(), 0600) == 0);
    BOOST_CHECK(why(Connection::open_hostile(dir / "pipe")) == errc::io);
    BOOST_CHECK(why(Connection::open_hostile(dir.path())) == errc::io);
    BOOST_CHECK(why(Connection::open_hostile("/dev/zero")) == errc::io);
    BOOST_CHECK(why(Connection::open_hostile(dir / "none")) == errc::io);
    cl::test::write_file(dir / "text", std::string(5000, 'x'));
    BOOST_CHECK(why(Connection::open_hostile(dir / "text")) == errc::store_foreign);
}

BOOST_AUTO_TEST_CASE(damage_is_found) {
    TempDir const dir;
    {
        auto owner = must(Connection::create(dir / "fruit.db", quick(), fruit));
        for (int i = 0; i < 400; ++i) must(owner.exec("INSERT INTO fruit(name) VALUES('a fruit with a rather long name')"));
    }
    auto bytes = cl::test::read_file(dir / "fruit.db");
    BOOST_TEST(rows_seen(dir / "fruit.db") == 400);
    bytes.resize(bytes.size() - 4096);
    cl::test::write_file(dir / "short.db", bytes);
    auto opened = Connection::open_hostile(dir / "short.db");
    BOOST_TEST((!opened || !quick_check(*opened)));
}

// Whatever the bytes: an answer or an error, never a crash (run under ASan), and the reading ends.
BOOST_AUTO_TEST_CASE(random_damage_never_crashes) {
    TempDir const dir;
    make_killed(dir / "fruit.db");
    auto const file = cl::test::read_file(dir / "fruit.db");
    auto const wal = cl::test::read_file(dir / "fruit.db-wal");
    auto const seed = std::random_device{}();
    BOOST_TEST_MESSAGE("seed " << seed);
    std::mt19937 random(seed);
    auto const damage = [&](std::string bytes) {
        for (auto flips = 1 + random() % 20; flips > 0; --flips) {
            // Half of the flips hit the headers, where they do most.
            auto const reach = random() % 2 == 0 ? std::min<std::size_t>(bytes.size(), 200) : bytes.size();
            bytes[random() % reach] = static_cast<char>(random());
        }
        return bytes;
    };
    int refused = 0;
    for (int round = 0; round < 200; ++round) {
        cl::test::write_file(dir / "bad.db", round % 3 == 0 ? file : damage(file));
        cl::test::write_file(dir / "bad.db-wal", round % 3 == 1 ? wal : damage(wal));
        fs::remove(dir / "bad.db-shm");
        auto opened = Connection::open_hostile(dir / "bad.db");
        if (!opened || !check_identity(*opened, fruit) || !quick_check(*opened)) {
            ++refused;
            continue;
        }
        auto select = must(opened->prepare("SELECT id, name, skin FROM fruit"));
        Query query(select);
        for (;;) {
            auto const row = query.step();
            if (!row || !*row) break;
            (void)query.int64(0);
            (void)query.text(1);
            (void)query.blob(2);
        }
    }
    BOOST_TEST(refused > 0);
}

BOOST_AUTO_TEST_SUITE_END()
