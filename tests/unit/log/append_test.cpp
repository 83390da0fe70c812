#include "ledger/core/limits.hpp"
#include "ledger/core/tile.hpp"
#include "ledger/sqlite/transaction.hpp"
#include "tests/unit/log/fixture.hpp"

#include <functional>

using namespace cl;
using namespace cl::log;
using namespace cl::log::test;

BOOST_AUTO_TEST_SUITE(append)

BOOST_AUTO_TEST_CASE(head_follows_the_last_entry) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    BOOST_CHECK(must(store->head()) == Head{});
    must(store->append(Head{}, batch_of(0, 3)));
    BOOST_CHECK((must(store->head()) == Head{3, leaf_hash(entry_text(2))}));
    grow(*store, 1);
    BOOST_CHECK((must(store->head()) == Head{4, leaf_hash(entry_text(3))}));
    BOOST_TEST(*must(store->entry(3)) == entry_text(3));
    BOOST_TEST(!must(store->entry(4)));
    BOOST_TEST(!must(store->entry(-1)));
}

BOOST_AUTO_TEST_CASE(a_batch_of_nothing_changes_nothing) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    must(store->append(Head{}, Batch{}));
    BOOST_CHECK(must(store->head()) == Head{});
}

BOOST_AUTO_TEST_CASE(another_head_is_a_conflict_and_no_harm) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    grow(*store, 2);
    auto const head = must(store->head());
    Head wrong_leaf = head;
    wrong_leaf.leaf = hash_of(1);
    for (auto const& expected : {Head{}, Head{1, leaf_hash(entry_text(0))}, wrong_leaf, Head{3, head.leaf}}) {
        BOOST_CHECK(why(store->append(expected, batch_of(expected.size, 1))) == errc::head_conflict);
    }
    BOOST_CHECK(must(store->head()) == head);
    must(store->append(head, batch_of(2, 1)));
}

BOOST_AUTO_TEST_CASE(two_stores_on_one_file_notice_each_other) {
    TempDir const dir;
    auto first = must(create_sqlite_log(paths_in(dir)));
    grow(*first, 1);
    auto second = must(open_sqlite_log(paths_in(dir)));
    auto const old = must(first->head());
    grow(*second, 1);
    BOOST_CHECK(why(first->append(old, batch_of(1, 1))) == errc::head_conflict);
    BOOST_TEST(must(first->head()).size == 2);
    must(first->append(must(first->head()), batch_of(2, 1)));
    BOOST_TEST(all(*second, 0, 9).size() == 3u);
}

BOOST_AUTO_TEST_CASE(a_batch_that_is_not_what_it_claims_is_refused_whole) {
    struct Case {
        char const* what;
        errc expected;
        std::function<void(Batch&)> spoil;
    };
    Case const cases[] = {
        {"wrong leaf", errc::store_corrupt, [](Batch& b) { b.rows[1].leaf = hash_of(9); }},
        {"bytes changed after hashing", errc::store_corrupt, [](Batch& b) { b.rows[1].bytes += " "; }},
        {"gap", errc::store_corrupt, [](Batch& b) { b.rows.erase(b.rows.begin() + 1); }},
        {"repetition", errc::store_corrupt, [](Batch& b) { b.rows[2].seq = 2; }},
        {"starts too high", errc::store_corrupt, [](Batch& b) { b.rows.erase(b.rows.begin()); }},
        {"negative", errc::store_corrupt, [](Batch& b) { b.rows[0].seq = -1; }},
        {"empty entry", errc::store_corrupt, [](Batch& b) { b.rows[0] = row(1, ""); }},
        {"entry too large", errc::too_large, [](Batch& b) { b.rows[0] = row(1, std::string(limits::entry_bytes + 1, 'x')); }},
        {"short tile", errc::store_corrupt,
         [](Batch& b) {
             b.tiles.push_back({0, 0, std::string(8191, 'x')});
         }},
        {"tile that is not full yet", errc::store_corrupt,
         [](Batch& b) {
             b.tiles.push_back({0, 0, std::string(tile::full_bytes, 'x')});
         }},
        {"tile level", errc::store_corrupt,
         [](Batch& b) {
             b.tiles.push_back({8, 0, std::string(tile::full_bytes, 'x')});
         }},
        {"opening of a later entry", errc::store_corrupt,
         [](Batch& b) {
             b.openings.push_back({4, "/to", hash_of(1), "x"});
         }},
        {"opening of entry -1", errc::store_corrupt,
         [](Batch& b) {
             b.openings.push_back({-1, "/to", hash_of(1), "x"});
         }},
        {"opening too large", errc::too_large,
         [](Batch& b) {
             b.openings.push_back({1, "/to", hash_of(1), std::string(limits::opening_bytes + 1, 'x')});
         }},
        {"checkpoint of a larger tree", errc::store_corrupt,
         [](Batch& b) {
             b.checkpoint = StoredCheckpoint{5, "note"};
         }},
    };
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    grow(*store, 1);
    auto const head = must(store->head());
    for (auto const& one : cases) {
        BOOST_TEST_CONTEXT(one.what) {
            auto batch = batch_of(1, 3);
            one.spoil(batch);
            BOOST_CHECK(why(store->append(head, batch)) == one.expected);
            BOOST_CHECK(must(store->head()) == head);
        }
    }
    must(store->append(head, batch_of(1, 3)));
}

BOOST_AUTO_TEST_CASE(more_rows_than_a_batch_holds) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    BOOST_CHECK(why(store->append(Head{}, batch_of(0, limits::batch_entries + 1))) == errc::too_large);
    must(store->append(Head{}, batch_of(0, limits::batch_entries)));
}

BOOST_AUTO_TEST_CASE(the_largest_entry_and_odd_bytes_come_back) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    using namespace std::string_literals;
    Batch batch;
    std::vector<std::string> const texts = {std::string(limits::entry_bytes, 'x'), "a\0b"s, "{\"name\":\"\xc3\xbc\"}", "\xff"};
    for (auto const& text : texts) batch.rows.push_back(row(static_cast<Seq>(batch.rows.size()), text));
    must(store->append(Head{}, batch));
    BOOST_TEST(all(*store, 0, 4) == texts, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(tiles_and_checkpoints) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    BOOST_TEST(!must(store->last_checkpoint()));
    auto batch = batch_of(0, 256);
    std::string hashes;
    for (auto const& one : batch.rows) hashes += one.leaf.view();
    batch.tiles.push_back({0, 0, hashes});
    must(store->append(Head{}, batch));
    BOOST_TEST(*must(store->tile(0, 0)) == hashes);
    BOOST_TEST(!must(store->tile(0, 1)));
    BOOST_TEST(!must(store->tile(1, 0)));

    for (auto const& [size, note] : {std::pair(100, "first"), std::pair(256, "second"), std::pair(256, "second again")}) {
        Batch next = batch_of(must(store->head()).size, 1);
        next.checkpoint = StoredCheckpoint{size, note};
        must(store->append(must(store->head()), next));
    }
    auto const last = must(store->last_checkpoint());
    BOOST_TEST(last->size == 256);
    BOOST_TEST(last->note == "second");
}

BOOST_AUTO_TEST_CASE(the_tables_refuse_accidents) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    auto batch = batch_of(0, 3);
    batch.checkpoint = StoredCheckpoint{1, "note"};
    must(store->append(Head{}, batch));
    auto raw = raw_ledger(dir);
    BOOST_TEST(!raw.exec("UPDATE entries SET entry = 'x' WHERE seq = 1"));
    BOOST_TEST(!raw.exec("DELETE FROM entries WHERE seq = 2"));
    BOOST_TEST(!raw.exec("REPLACE INTO entries(seq, entry) VALUES(1, 'x')"));
    BOOST_TEST(!raw.exec("INSERT INTO entries(seq, entry) VALUES(1, 'x')"));
    BOOST_TEST(!raw.exec("INSERT INTO entries(seq, entry) VALUES(-5, 'x')"));
    BOOST_TEST(!raw.exec("INSERT INTO entries(seq, entry) VALUES(3, x'00')"));
    BOOST_TEST(!raw.exec("INSERT INTO entries(seq, entry) VALUES(3, NULL)"));
    BOOST_TEST(!raw.exec("INSERT INTO tiles(level, idx, hashes) VALUES(0, 0, zeroblob(8191))"));
    BOOST_TEST(!raw.exec("UPDATE checkpoints SET note = 'x'"));
    BOOST_TEST(!raw.exec("REPLACE INTO checkpoints(size, note) VALUES(1, 'x')"));
    BOOST_TEST(!raw.exec("DELETE FROM checkpoints"));
    for (Seq seq = 0; seq < 3; ++seq) BOOST_TEST(*must(store->entry(seq)) == entry_text(seq));
}

BOOST_AUTO_TEST_CASE(maintain_keeps_the_wal_short) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    auto const wal = dir / "ledger.db-wal";
    std::uintmax_t largest = 0;
    for (int round = 0; round < 12; ++round) {
        Batch batch;
        auto const head = must(store->head());
        for (Seq i = 0; i < 200; ++i) batch.rows.push_back(row(head.size + i, std::string(60'000, 'x')));
        must(store->append(head, batch));
        must(store->maintain());
        largest = std::max(largest, std::filesystem::file_size(wal));
    }
    // 12 rounds are 18,000 pages; without maintenance the WAL would hold all of them.
    BOOST_TEST(largest < 2 * limits::wal_checkpoint_pages * store_format::ledger_page_size);
    BOOST_TEST(must(store->head()).size == 2'400);
}

BOOST_AUTO_TEST_SUITE_END()
