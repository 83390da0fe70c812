// Whether the ledger may have gone on while a backup was made of it, and who holds a data directory.
#include "tests/unit/service/backups.hpp"

#include <boost/test/unit_test.hpp>

#include <unistd.h>

using namespace cl;
using namespace cl::test;
namespace fs = std::filesystem;

namespace {

enum class Meanwhile : std::uint8_t { nobody, serves, appended, looked };

/// A backup of a ledger that nobody serves; once it has come to `stage`, a service begins.
service::BackupView back_up_beside(ServiceFixture& f, fs::path const& to, std::string const& stage, Meanwhile meanwhile) {
    bool begun = meanwhile == Meanwhile::nobody;
    service::BackupWish const asked{f.dir(), to, true, [&](std::string_view what, std::int64_t, std::int64_t) {
                                        if (begun || what != stage) return;
                                        begun = true;
                                        need(f.try_open());
                                        if (meanwhile == Meanwhile::appended) f.text("STOP", "m2");
                                        if (meanwhile != Meanwhile::serves) f.close();
                                    }};
    auto const view = need(service::make_backup(asked, f.clock));
    BOOST_TEST(begun);
    return view;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(backups_of_what_goes_on)

BOOST_AUTO_TEST_CASE(a_service_that_begins_while_a_backup_is_made_may_have_gone_on) {
    for (auto const meanwhile : {Meanwhile::nobody, Meanwhile::serves, Meanwhile::appended, Meanwhile::looked}) {
        for (std::string const stage : {"copying", "checking"}) {
            ServiceFixture f;
            TempDir temp;
            f.open();
            f.text("hello", "m1");
            f.close();
            BOOST_TEST_CONTEXT(stage << " " << static_cast<int>(meanwhile)) {
                auto const view = back_up_beside(f, temp / "b", stage, meanwhile);
                bool const may = meanwhile == Meanwhile::serves || meanwhile == Meanwhile::appended;
                BOOST_TEST(view.live == may);
                auto asked = wish(temp / "b", temp / "data");
                asked.nothing_since = true;
                if (may) BOOST_TEST((refusal(asked) == errc::usage));
                if (!may) BOOST_TEST((need(service::restore_backup(asked)).continuity == service::Continuity::whole));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_service_that_ends_while_a_backup_is_made_counts_too) {
    ServiceFixture f;
    TempDir temp;
    f.open();
    service::BackupWish const asked{f.dir(), temp / "b", true,
                                    [&](std::string_view, std::int64_t, std::int64_t) { f.close(); }};
    BOOST_TEST(need(service::make_backup(asked, f.clock)).live);
}

BOOST_AUTO_TEST_CASE(who_has_not_said_its_id_holds_the_lock_all_the_same) {
    ServiceFixture f;
    TempDir temp;
    f.open();
    f.close();
    fs::path const lock = f.dir() / "lock";
    int made = 0;
    for (std::string const said : {"", "soon", "-5\n", "99999999999999\n"}) {
        {
            auto const held = need(service::LockFile::take(lock));
            BOOST_TEST((service::LockFile::holder(lock) == std::optional<int>(::getpid())));
            write_file(lock, said);
            BOOST_TEST((service::LockFile::holder(lock) == std::optional<int>(0)));
            BOOST_TEST(need(service::read_status(f.dir())).server_pid == -1);
            auto const shared = service::LockFile::share(lock);
            BOOST_REQUIRE(!shared);
            BOOST_TEST((shared.error().code == errc::store_locked));
            BOOST_TEST(back_up(f, temp / std::to_string(made++)).live);
        }
        BOOST_TEST((service::LockFile::holder(lock) == std::nullopt));
        BOOST_TEST(need(service::read_status(f.dir())).server_pid == 0);
        BOOST_TEST(!back_up(f, temp / std::to_string(made++)).live);
    }
}

BOOST_AUTO_TEST_CASE(a_directory_whose_lock_was_removed_may_be_served_where_its_socket_is) {
    ServiceFixture f;
    TempDir temp;
    f.open();
    fs::remove(f.dir() / "lock");
    write_file(f.dir() / "admin.sock", "");  // as the server that listens has made it
    BOOST_TEST(back_up(f, temp / "served").live);
    fs::remove(f.dir() / "admin.sock");
    f.close();
    fs::remove(f.dir() / "lock");
    BOOST_TEST(!back_up(f, temp / "not").live);
}

BOOST_AUTO_TEST_CASE(nobody_takes_the_lock_while_somebody_shares_it) {
    ServiceFixture f;
    fs::path const lock = f.dir() / "lock";
    {
        auto const one = need(service::LockFile::share(lock));
        auto const another = need(service::LockFile::share(lock));
        BOOST_TEST((service::LockFile::holder(lock) == std::nullopt));
        auto const taken = service::LockFile::take(lock);
        BOOST_REQUIRE(!taken);
        BOOST_TEST((taken.error().code == errc::store_locked));
    }
    f.open();
    auto const missing = service::LockFile::share(f.dir() / "lock2");
    BOOST_REQUIRE(!missing);
    BOOST_TEST((missing.error().code == errc::io));
    BOOST_TEST(!fs::exists(f.dir() / "lock2"));
}

BOOST_AUTO_TEST_CASE(a_directory_that_was_never_served_is_backed_up_as_one_that_nobody_serves) {
    for (bool const begins : {false, true}) {
        ServiceFixture f;
        TempDir temp;
        back_up(f, temp / "b");
        auto asked = wish(temp / "b", temp / "data");
        asked.nothing_since = true;
        need(service::restore_backup(asked));
        BOOST_TEST(!fs::exists(temp / "data/lock"));
        std::unique_ptr<service::Service> first;
        service::BackupWish const again{temp / "data", temp / "b2", true, [&](std::string_view, std::int64_t, std::int64_t) {
                                            if (begins && !first) first = need(serve(f, temp / "data"));
                                        }};
        BOOST_TEST(need(service::make_backup(again, f.clock)).live == begins);
        BOOST_TEST(fs::exists(temp / "data/lock") == begins);
    }
}

BOOST_AUTO_TEST_SUITE_END()
