#include "ledger/core/limits.hpp"
#include "tests/unit/log/fixture.hpp"

#include <atomic>
#include <thread>

using namespace cl;
using namespace cl::log;
using namespace cl::log::test;

BOOST_AUTO_TEST_SUITE(reader)

BOOST_AUTO_TEST_CASE(sees_what_was_acknowledged) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    auto reader = must(store->open_reader());
    BOOST_CHECK(must(reader->head()) == Head{});
    auto batch = batch_of(0, 2);
    batch.openings.push_back({1, "/data/text", hash_of(7), "hello"});
    batch.checkpoint = StoredCheckpoint{1, "note"};
    must(store->append(Head{}, batch));
    BOOST_CHECK(must(reader->head()) == must(store->head()));
    BOOST_TEST(*must(reader->entry(1)) == entry_text(1));
    BOOST_CHECK(*must(reader->opening(1, "/data/text")) == batch.openings[0]);
    BOOST_TEST(must(reader->last_checkpoint())->note == "note");
    BOOST_TEST(must(reader->openings_from(0)).rows == 1);
}

BOOST_AUTO_TEST_CASE(range_is_exact_at_its_ends) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    auto const rows = static_cast<Seq>(limits::range_rows);
    grow(*store, 2 * rows + 5);
    Seq const size = 2 * rows + 5;
    struct Case {
        Seq first, last, count;
    };
    Case const cases[] = {
        {0, size, size},
        {0, size + 9, size},
        {0, 0, 0},
        {5, 5, 0},
        {7, 3, 0},
        {size, size + 1, 0},
        {0, rows, rows},
        {0, rows + 1, rows + 1},
        {rows - 1, rows + 1, 2},
        {size - 1, size, 1},
        {3, 4, 1},
    };
    for (auto const& one : cases) {
        BOOST_TEST_CONTEXT(one.first << ".." << one.last) {
            auto const found = all(*store, one.first, one.last);
            BOOST_TEST(static_cast<Seq>(found.size()) == one.count);
            if (!found.empty()) BOOST_TEST(found.front() == entry_text(one.first));
            if (!found.empty()) BOOST_TEST(found.back() == entry_text(one.first + one.count - 1));
        }
    }
}

BOOST_AUTO_TEST_CASE(range_stops_when_told) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    grow(*store, 600);
    Seq seen = 0;
    must(store->range(0, 600, [&](Seq, std::string_view) { return ++seen < 3; }));
    BOOST_TEST(seen == 3);
}

BOOST_AUTO_TEST_CASE(a_visitor_may_ask_the_same_reader) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    grow(*store, 3);
    int inner = 0;
    must(store->range(0, 3, [&](Seq seq, std::string_view bytes) {
        BOOST_TEST(*must(store->entry(seq)) == bytes);
        inner += static_cast<int>(all(*store, 0, 3).size());
        return true;
    }));
    BOOST_TEST(inner == 9);
}

BOOST_AUTO_TEST_CASE(a_visitor_does_not_hold_up_the_wal) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    grow(*store, 3);
    auto reader = must(store->open_reader());
    must(reader->range(0, 3, [&](Seq, std::string_view) {
        grow(*store, 1);
        auto raw = raw_ledger(dir);
        must(raw.checkpoint(sqlite::CheckpointMode::truncate));
        return true;
    }));
}

BOOST_AUTO_TEST_CASE(a_gap_is_corruption) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    grow(*store, 2);
    { must(raw_ledger(dir).exec("INSERT INTO entries(seq, entry) VALUES(3, 'x'), (4, 'y')")); }
    int seen = 0;
    auto const count = [&](Seq, std::string_view) { return ++seen > 0; };
    BOOST_CHECK(why(store->range(0, 9, count)) == errc::store_corrupt);
    BOOST_CHECK(why(store->range(2, 9, count)) == errc::store_corrupt);
    BOOST_TEST(seen == 0);
    must(store->range(3, 5, count));
    BOOST_TEST(seen == 2);
}

BOOST_AUTO_TEST_CASE(works_from_a_stopped_ledger) {
    TempDir const dir;
    {
        auto store = must(create_sqlite_log(paths_in(dir)));
        grow(*store, 4);
    }
    auto reader = must(open_log_reader(paths_in(dir)));
    BOOST_TEST(all(*reader, 0, 4).size() == 4u);
}

BOOST_AUTO_TEST_CASE(reads_while_the_writer_appends) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    auto reader = must(store->open_reader());
    std::atomic<Seq> acknowledged{0};
    std::atomic<int> wrong{0};
    std::atomic<bool> done{false};
    std::thread thread([&] {
        while (!done) {
            Seq const at_least = acknowledged;
            auto const head = reader->head();
            if (!head || head->size < at_least) {
                ++wrong;
                continue;
            }
            Seq next = 0;
            auto const read = reader->range(0, head->size, [&](Seq seq, std::string_view bytes) {
                if (seq != next++ || bytes != entry_text(seq)) ++wrong;
                return true;
            });
            if (!read || next != head->size) ++wrong;
        }
    });
    for (int round = 0; round < 60; ++round) {
        auto const head = store->head();
        auto const batch = batch_of(head->size, 20);
        if (!store->append(*head, batch)) ++wrong;
        acknowledged = head->size + 20;
        if (!store->maintain()) ++wrong;
    }
    done = true;
    thread.join();
    BOOST_TEST(wrong == 0);
}

BOOST_AUTO_TEST_SUITE_END()
