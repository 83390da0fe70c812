#include "ledger/sqlite/transaction.hpp"

#include "tests/unit/sqlite/fixture.hpp"

using namespace cl;
using namespace cl::sqlite;
using namespace cl::sqlite::test;
using cl::test::TempDir;

BOOST_AUTO_TEST_SUITE(transaction)

BOOST_AUTO_TEST_CASE(only_a_commit_stays) {
    TempDir const dir;
    auto owner = must(Connection::create(dir / "fruit.db", quick(), fruit));
    {
        auto lost = must(Transaction::write(owner));
        BOOST_TEST(owner.in_transaction());
        must(owner.exec("INSERT INTO fruit(name) VALUES('fig')"));
    }
    BOOST_TEST(!owner.in_transaction());
    BOOST_TEST(count_fruit(owner) == 0);
    {
        auto kept = must(Transaction::write(owner));
        must(owner.exec("INSERT INTO fruit(name) VALUES('fig')"));
        must(kept.commit());
        BOOST_TEST(!owner.in_transaction());
    }
    BOOST_TEST(count_fruit(owner) == 1);
}

BOOST_AUTO_TEST_CASE(a_transaction_that_sqlite_ended_cannot_be_committed) {
    TempDir const dir;
    auto owner = must(Connection::create(dir / "fruit.db", quick(), fruit));
    auto doomed = must(Transaction::write(owner));
    must(owner.exec("INSERT INTO fruit(id, name) VALUES(1, 'fig')"));
    BOOST_TEST(!owner.exec("INSERT OR ROLLBACK INTO fruit(id, name) VALUES(1, 'kiwi')"));
    BOOST_TEST(!owner.in_transaction());
    BOOST_TEST(!doomed.commit());
    BOOST_TEST(count_fruit(owner) == 0);
}

BOOST_AUTO_TEST_CASE(a_second_writer_is_told_so) {
    TempDir const dir;
    auto owner = must(Connection::create(dir / "fruit.db", quick(), fruit));
    auto intruder = must(Connection::open_owner(dir / "fruit.db", quick(), fruit));
    {
        auto first = must(Transaction::write(owner));
        BOOST_CHECK(why(Transaction::write(intruder)) == errc::store_locked);
    }
    must(Transaction::write(intruder));
}

BOOST_AUTO_TEST_CASE(a_read_transaction_is_a_snapshot) {
    TempDir const dir;
    auto owner = must(Connection::create(dir / "fruit.db", quick(), fruit));
    auto reader = must(Connection::open_reader(dir / "fruit.db", quick(), fruit));
    {
        auto snapshot = must(Transaction::read(reader));
        BOOST_TEST(count_fruit(reader) == 0);
        must(owner.exec("INSERT INTO fruit(name) VALUES('fig')"));
        BOOST_TEST(count_fruit(reader) == 0);
        must(snapshot.commit());
    }
    BOOST_TEST(count_fruit(reader) == 1);
}

BOOST_AUTO_TEST_CASE(a_moved_transaction_ends_once) {
    TempDir const dir;
    auto owner = must(Connection::create(dir / "fruit.db", quick(), fruit));
    {
        auto first = must(Transaction::write(owner));
        must(owner.exec("INSERT INTO fruit(name) VALUES('fig')"));
        auto second = std::move(first);
        first.rollback();
        BOOST_TEST(owner.in_transaction());
        must(second.commit());
    }
    BOOST_TEST(count_fruit(owner) == 1);
}

BOOST_AUTO_TEST_CASE(replace_cannot_pass_a_trigger) {
    TempDir const dir;
    auto owner = must(Connection::create(dir / "fruit.db", quick(), fruit));
    must(owner.exec("INSERT INTO fruit(id, name) VALUES(1, 'fig')"));
    BOOST_CHECK(why(owner.exec("DELETE FROM fruit")) == errc::store_corrupt);
    BOOST_CHECK(why(owner.exec("REPLACE INTO fruit(id, name) VALUES(1, 'kiwi')")) == errc::store_corrupt);
    BOOST_TEST(text(owner, "SELECT name FROM fruit") == "fig");
}

BOOST_AUTO_TEST_SUITE_END()
