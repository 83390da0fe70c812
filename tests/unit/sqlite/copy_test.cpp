#include "ledger/sqlite/copy.hpp"

#include "ledger/sqlite/transaction.hpp"
#include "tests/unit/sqlite/fixture.hpp"

#include <sys/stat.h>

using namespace cl;
using namespace cl::sqlite;
using namespace cl::sqlite::test;
using cl::test::TempDir;

namespace {

void grow(Connection& owner, int count) {
    auto transaction = must(Transaction::write(owner));
    auto insert = must(owner.prepare("INSERT INTO fruit(name, skin) VALUES(?1, zeroblob(1000))"));
    for (int i = 0; i < count; ++i) {
        std::string const name = "fig " + std::to_string(i);
        Query query(insert);
        query.bind_text(1, name);
        must(query.run());
    }
    must(transaction.commit());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(copy)

BOOST_AUTO_TEST_CASE(a_copy_is_what_the_transaction_sees_whatever_is_written_meanwhile) {
    TempDir const dir;
    auto owner = must(Connection::create(dir / "fruit.db", quick(), fruit));
    grow(owner, 6'000);
    auto reader = must(Connection::open_reader(dir / "fruit.db", quick(), fruit));
    auto const seen = must(Transaction::read(reader));
    BOOST_TEST(count_fruit(reader) == 6'000);
    grow(owner, 5);
    int calls = 0;
    std::int64_t last_done = 0;
    std::int64_t last_of = -1;
    must(copy_database(reader, dir / "copy.db", [&](std::int64_t done, std::int64_t of) {
        if (++calls == 1) grow(owner, 5);  // between two steps
        last_done = done;
        last_of = of;
    }));
    BOOST_TEST(calls > 1);
    BOOST_TEST(last_done == last_of);
    auto copied = must(Connection::open_reader(dir / "copy.db", quick(), fruit));
    BOOST_TEST(count_fruit(copied) == 6'000);
    BOOST_TEST(text(copied, "SELECT max(id) || max(name) FROM fruit") ==
               text(reader, "SELECT max(id) || max(name) FROM fruit"));
    must(quick_check(copied));
    BOOST_TEST(count_fruit(owner) == 6'010);
}

BOOST_AUTO_TEST_CASE(a_copy_belongs_to_its_owner_alone) {
    TempDir const dir;
    auto owner = must(Connection::create(dir / "fruit.db", quick(), fruit));
    auto const mask = ::umask(0);
    must(copy_database(owner, dir / "copy.db", {}));
    ::umask(mask);
    BOOST_CHECK(std::filesystem::status(dir / "copy.db").permissions() ==
                (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
}

BOOST_AUTO_TEST_CASE(nothing_is_copied_over_a_file) {
    TempDir const dir;
    auto owner = must(Connection::create(dir / "fruit.db", quick(), fruit));
    cl::test::write_file(dir / "there.db", "mine");
    BOOST_CHECK(why(copy_database(owner, dir / "there.db", {})) == errc::io);
    BOOST_TEST(cl::test::read_file(dir / "there.db") == "mine");
    BOOST_CHECK(why(copy_database(owner, dir / "no" / "copy.db", {})) == errc::io);
}

BOOST_AUTO_TEST_SUITE_END()
