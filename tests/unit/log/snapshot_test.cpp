#include "ledger/log/snapshot.hpp"

#include "tests/unit/log/fixture.hpp"

#include <atomic>
#include <thread>

using namespace cl;
using namespace cl::log;
using namespace cl::log::test;

namespace {

Opening opening_of(Seq seq) {
    return {seq, "/data/text", hash_of(7), "words of " + std::to_string(seq)};
}

/// Entries with one opening each.
void grow_opened(LogStore& store, Seq count) {
    auto const head = must(store.head());
    auto batch = batch_of(head.size, count);
    for (Seq seq = head.size; seq < head.size + count; ++seq) batch.openings.push_back(opening_of(seq));
    must(store.append(head, batch));
}

SqliteLogPaths copy_in(TempDir const& dir, std::string const& name) {
    return {dir / (name + ".ledger"), dir / (name + ".vault")};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(snapshot)

BOOST_AUTO_TEST_CASE(a_copy_ends_where_the_snapshot_was_taken) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    grow_opened(*store, 10);
    auto taken = must(Snapshot::take(paths_in(dir)));
    grow_opened(*store, 10);
    must(taken.copy_to(copy_in(dir, "copy"), {}));
    BOOST_TEST(taken.head().size == 10);
    auto copied = must(open_log_reader(copy_in(dir, "copy")));
    BOOST_CHECK(must(copied->head()) == taken.head());
    BOOST_CHECK(*must(copied->opening(9, "/data/text")) == opening_of(9));
    BOOST_TEST(must(copied->openings_from(10)).rows == 0);
}

BOOST_AUTO_TEST_CASE(what_was_erased_before_is_in_no_byte_of_the_copy) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    grow_opened(*store, 5);
    must(store->erase_openings({3}));
    must(must(Snapshot::take(paths_in(dir))).copy_to(copy_in(dir, "copy"), {}));
    auto const bytes = cl::test::read_file(dir / "copy.vault");
    BOOST_TEST(bytes.find("words of 3") == std::string::npos);
    BOOST_TEST(bytes.find("words of 4") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(vault_rows_of_a_batch_that_is_not_in_the_ledger_are_not_in_the_copy) {
    TempDir const dir;
    auto shorter = must(create_sqlite_log(paths_in(dir)));
    grow_opened(*shorter, 5);
    auto longer = must(create_sqlite_log(copy_in(dir, "longer")));
    grow_opened(*longer, 7);
    // A vault that is ahead of its ledger, as a crash, or a moment, between the two commits leaves it.
    SqliteLogPaths const mixed{paths_in(dir).ledger, copy_in(dir, "longer").vault};
    must(must(Snapshot::take(mixed)).copy_to(copy_in(dir, "copy"), {}));
    auto copied = must(open_log_reader(copy_in(dir, "copy")));
    BOOST_TEST(must(copied->openings_from(5)).rows == 0);
    BOOST_CHECK(*must(copied->opening(4, "/data/text")) == opening_of(4));
    BOOST_TEST(!cl::test::found_in_child("words of 5", dir / "copy.vault"));
    BOOST_TEST(must(longer->openings_from(5)).rows == 2);  // the source is left alone
}

BOOST_AUTO_TEST_CASE(beside_a_writer_each_copy_has_an_opening_for_each_entry) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    std::atomic<bool> done = false;
    std::thread writer([&] {
        while (!done) grow_opened(*store, 3);
    });
    for (int i = 0; i < 20; ++i) {
        auto const paths = copy_in(dir, "copy" + std::to_string(i));
        auto taken = Snapshot::take(paths_in(dir));
        auto const copied = taken ? taken->copy_to(paths, {}) : Result<void>(taken.error());
        if (!copied) {
            done = true;
            writer.join();
            BOOST_FAIL(copied.error().detail);
        }
        auto reader = must(open_log_reader(paths));
        Seq const size = must(reader->head()).size;
        BOOST_TEST(size == taken->head().size);
        for (Seq seq = 0; seq < size; ++seq) BOOST_REQUIRE(must(reader->opening(seq, "/data/text")).has_value());
        BOOST_TEST(must(reader->openings_from(size)).rows == 0);
    }
    done = true;
    writer.join();
}

BOOST_AUTO_TEST_CASE(nothing_is_written_over) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    grow_opened(*store, 1);
    auto taken = must(Snapshot::take(paths_in(dir)));
    BOOST_CHECK(why(taken.copy_to(paths_in(dir), {})) == errc::io);
    BOOST_TEST(must(store->head()).size == 1);
}

BOOST_AUTO_TEST_SUITE_END()
