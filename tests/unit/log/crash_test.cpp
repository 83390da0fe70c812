// A killed writer, a full disk, a copy taken of files in use.

#include "tests/unit/log/fixture.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

using namespace cl;
using namespace cl::log;
using namespace cl::log::test;

namespace {

/// While it lives, no file of this process may grow beyond `bytes`: a full disk.
class FullDisk {
public:
    explicit FullDisk(rlim_t bytes) {
        previous_handler_ = std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &previous_);
        rlimit const small{bytes, previous_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &small);
    }
    ~FullDisk() {
        ::setrlimit(RLIMIT_FSIZE, &previous_);
        std::signal(SIGXFSZ, previous_handler_);
    }
    FullDisk(FullDisk const&) = delete;
    FullDisk& operator=(FullDisk const&) = delete;

private:
    rlimit previous_{};
    void (*previous_handler_)(int) = SIG_DFL;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(crash)

BOOST_AUTO_TEST_CASE(acknowledged_entries_survive_a_kill) {
    TempDir const dir;
    { must(create_sqlite_log(paths_in(dir))); }
    int pipe_ends[2];
    BOOST_REQUIRE(::pipe(pipe_ends) == 0);
    pid_t const child = ::fork();
    if (child == 0) {
        auto store = open_sqlite_log(paths_in(dir));
        Head head;
        for (;;) {
            auto batch = batch_of(head.size, 3);
            batch.openings.push_back({head.size, "/t", hash_of(1), "x"});
            if (!store || !(*store)->append(head, batch)) ::_exit(1);
            head = Head{head.size + 3, batch.rows.back().leaf};
            if (::write(pipe_ends[1], &head.size, sizeof head.size) < 0) ::_exit(2);
        }
    }
    ::close(pipe_ends[1]);
    merkle::Size acknowledged = 0;
    for (int i = 0; i < 40; ++i) BOOST_REQUIRE(::read(pipe_ends[0], &acknowledged, sizeof acknowledged) == sizeof acknowledged);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    while (::read(pipe_ends[0], &acknowledged, sizeof acknowledged) == sizeof acknowledged) {
    }
    ::close(pipe_ends[0]);

    auto store = must(open_sqlite_log(paths_in(dir)));
    auto const head = must(store->head());
    BOOST_TEST(head.size >= acknowledged);
    BOOST_TEST(head.size % 3 == 0);
    auto const entries = all(*store, 0, head.size);
    BOOST_TEST(entries.size() == static_cast<std::size_t>(head.size));
    BOOST_TEST(entries.back() == entry_text(head.size - 1));
    for (Seq seq = 0; seq < head.size; seq += 3) BOOST_TEST(!!must(store->opening(seq, "/t")));
    // At most one batch's openings stand above the log.
    auto const orphans = must(store->openings_from(head.size));
    BOOST_TEST(orphans.rows <= 1);
    must(store->drop_openings_from(head.size));
    grow(*store, 3);
}

BOOST_AUTO_TEST_CASE(a_failed_write_stops_the_writer) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    grow(*store, 10);
    auto const head = must(store->head());
    {
        FullDisk const full(64 * 1024);
        Batch batch;
        for (Seq i = 0; i < 20; ++i) batch.rows.push_back(row(head.size + i, std::string(50'000, 'x')));
        BOOST_CHECK(why(store->append(head, batch)) == errc::io);
    }
    BOOST_CHECK(why(store->append(head, batch_of(head.size, 1))) == errc::writer_stopped);
    BOOST_CHECK(why(store->put_openings({})) == errc::writer_stopped);
    BOOST_CHECK(why(store->erase_openings({1})) == errc::writer_stopped);
    BOOST_CHECK(why(store->drop_openings_from(1)) == errc::writer_stopped);
    BOOST_CHECK(why(store->forget_messages(1)) == errc::writer_stopped);
    BOOST_CHECK(why(store->maintain()) == errc::writer_stopped);
    BOOST_CHECK(why(store->head()) == errc::writer_stopped);
    store.reset();
    BOOST_TEST(std::filesystem::exists(dir / "ledger.db-wal"));

    store = must(open_sqlite_log(paths_in(dir)));
    BOOST_CHECK(must(store->head()) == head);
    grow(*store, 1);
}

BOOST_AUTO_TEST_CASE(a_contradiction_stops_the_writer_and_undoes_the_batch) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    auto batch = batch_of(0, 1);
    batch.openings = {{0, "/t", hash_of(1), "x"}, {0, "/t", hash_of(2), "y"}};
    BOOST_CHECK(why(store->append(Head{}, batch)) == errc::store_corrupt);
    BOOST_CHECK(why(store->append(Head{}, batch_of(0, 1))) == errc::writer_stopped);
    store.reset();
    store = must(open_sqlite_log(paths_in(dir)));
    BOOST_CHECK(must(store->head()) == Head{});
    BOOST_TEST(must(store->openings_from(0)).rows == 0);
}

// What an auditor may do: copy file and -wal while the server is idle, and open them as hostile.
BOOST_AUTO_TEST_CASE(a_copy_of_file_and_wal_holds_everything) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    grow(*store, 100);
    TempDir const elsewhere;
    for (char const* name : {"ledger.db", "ledger.db-wal"}) cl::test::copy_in_child(dir / name, elsewhere / name);
    auto copy = must(sqlite::Connection::open_hostile(elsewhere / "ledger.db"));
    constexpr sqlite::Identity ours{"ledger.db", store_format::ledger_application_id, store_format::ledger_user_version,
                                    store_format::ledger_schema};
    must(sqlite::check_identity(copy, ours));
    must(sqlite::quick_check(copy));
    auto select = must(copy.prepare("SELECT seq, entry FROM entries ORDER BY seq"));
    sqlite::Query query(select);
    Seq seen = 0;
    while (must(query.step())) {
        BOOST_TEST(query.int64(0) == seen);
        BOOST_TEST(query.text(1) == entry_text(seen));
        ++seen;
    }
    BOOST_TEST(seen == 100);
    grow(*store, 1);
}

BOOST_AUTO_TEST_SUITE_END()
