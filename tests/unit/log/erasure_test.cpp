// Erased means: no reader finds it, and its bytes are in no file. The files are searched in a child process.

#include "tests/unit/log/fixture.hpp"

#include <algorithm>
#include <random>

namespace fs = std::filesystem;
using namespace cl;
using namespace cl::log;
using namespace cl::log::test;

namespace {

/// A content that can be looked for in the raw files.
std::string content(Seq seq, std::string const& pointer) {
    return "[content of " + std::to_string(seq) + pointer + "]";
}

bool in_files(TempDir const& dir, std::string const& text) {
    return cl::test::found_in_child(text, dir / "vault.db") ||
           (fs::exists(dir / "vault.db-wal") && cl::test::found_in_child(text, dir / "vault.db-wal"));
}

/// Erases the openings of entry 0 while another program has the vault open and reads.
void erase_beside_a_reader(TempDir const& dir, LogStore& store) {
    auto other = must(sqlite::Connection::open_hostile(dir / "vault.db"));
    auto select = must(other.prepare("SELECT seq FROM openings"));
    sqlite::Query pinned(select);
    BOOST_REQUIRE(must(pinned.step()));
    BOOST_CHECK(why(store.erase_openings({0})) == errc::busy);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(erasure)

BOOST_AUTO_TEST_CASE(erased_bytes_are_in_no_file) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    auto batch = batch_of(0, 5);
    for (Seq seq = 0; seq < 5; ++seq) {
        batch.openings.push_back({seq, "/data/text", hash_of(1), content(seq, "/data/text")});
        batch.openings.push_back({seq, "/data/name", hash_of(2), content(seq, "/data/name")});
        batch.openings.push_back({seq, "/evidence/0", hash_of(3), std::string(20'000, '.') + content(seq, "/evidence/0")});
    }
    must(store->append(Head{}, batch));
    BOOST_TEST(in_files(dir, content(1, "/data/text")));
    BOOST_TEST(in_files(dir, content(3, "/evidence/0")));

    must(store->erase_openings({1, 3}));
    auto reader = must(store->open_reader());
    for (Seq seq = 0; seq < 5; ++seq) {
        bool const erased = seq == 1 || seq == 3;
        for (std::string const pointer : {"/data/text", "/data/name", "/evidence/0"}) {
            BOOST_TEST_CONTEXT(seq << pointer) {
                BOOST_TEST(!must(store->opening(seq, pointer)) == erased);
                BOOST_TEST(!must(reader->opening(seq, pointer)) == erased);
                BOOST_TEST(in_files(dir, content(seq, pointer)) == !erased);
            }
        }
    }
    BOOST_TEST(fs::file_size(dir / "vault.db-wal") == 0u);
    must(store->erase_openings({1, 3, 77}));  // again, and one that has nothing: no harm
    for (Seq seq = 0; seq < 5; ++seq) BOOST_TEST(*must(store->entry(seq)) == entry_text(seq));
}

// If rows were deleted, SQLite would move their neighbours between pages and leave copies behind, which a later deletion does not reach:
// one in some thousands. Many erasures in random order, between insertions: whatever was erased must be gone in the end.
BOOST_AUTO_TEST_CASE(no_stale_copies_after_many_changes) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    auto const seed = std::random_device{}();
    BOOST_TEST_MESSAGE("seed " << seed);
    std::mt19937 random(seed);
    std::vector<Seq> live;
    std::vector<Seq> erased;
    for (int round = 0; round < 60; ++round) {
        auto const head = must(store->head());
        auto batch = batch_of(head.size, 100);
        for (auto const& one : batch.rows) {
            auto const padding = std::string(random() % 300, '.');
            batch.openings.push_back({one.seq, "/t", hash_of(1), padding + content(one.seq, "/t") + padding});
            live.push_back(one.seq);
        }
        must(store->append(head, batch));
        std::shuffle(live.begin(), live.end(), random);
        std::vector<Seq> const now(live.end() - static_cast<std::ptrdiff_t>(random() % 95), live.end());
        live.resize(live.size() - now.size());
        erased.insert(erased.end(), now.begin(), now.end());
        must(store->erase_openings(now));
    }
    store.reset();
    auto const bytes = cl::test::read_file(dir / "vault.db");
    std::size_t stale = 0;
    for (auto const seq : erased) stale += bytes.find(content(seq, "/t")) != std::string::npos ? 1U : 0U;
    BOOST_TEST(stale == 0u);
    std::size_t lost = 0;
    for (auto const seq : live) lost += bytes.find(content(seq, "/t")) == std::string::npos ? 1U : 0U;
    BOOST_TEST(lost == 0u);
    BOOST_TEST(!erased.empty());
}

BOOST_AUTO_TEST_CASE(dropped_rows_are_gone_too) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    auto batch = batch_of(0, 2);
    for (Seq seq = 0; seq < 2; ++seq) batch.openings.push_back({seq, "/t", hash_of(1), content(seq, "/t")});
    must(store->append(Head{}, batch));
    must(store->drop_openings_from(1));
    BOOST_TEST(in_files(dir, content(0, "/t")));
    BOOST_TEST(!in_files(dir, content(1, "/t")));
}

BOOST_AUTO_TEST_CASE(a_reader_in_the_way_is_said_and_the_call_can_be_repeated) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    auto batch = batch_of(0, 1);
    batch.openings.push_back({0, "/t", hash_of(1), content(0, "/t")});
    must(store->append(Head{}, batch));
    erase_beside_a_reader(dir, *store);
    BOOST_TEST(!must(store->opening(0, "/t")));
    must(store->erase_openings({0}));
    BOOST_TEST(!in_files(dir, content(0, "/t")));
    grow(*store, 1);
}

BOOST_AUTO_TEST_CASE(very_much_that_was_overwritten_is_read_back_in_portions) {
    constexpr int rows = 10'000;
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    auto batch = batch_of(0, 2);
    for (int i = 0; i < rows; ++i) batch.openings.push_back({0, "/t" + std::to_string(i), hash_of(1), content(i, "/t")});
    batch.openings.push_back({1, "/t", hash_of(1), content(1, "/x")});
    must(store->append(Head{}, batch));
    erase_beside_a_reader(dir, *store);
    BOOST_CHECK(why(store->erase_openings({1})) == errc::busy);
    BOOST_TEST(!in_files(dir, content(7, "/t")));
    BOOST_TEST(!in_files(dir, content(1, "/x")));
    must(store->erase_openings({}));
    BOOST_TEST(must(store->count_openings(0)).erased == rows);
    // What a start drops is read back as a whole: a backup that is made has nobody to call again.
    auto again = batch_of(2, 1);
    for (int i = 0; i < rows; ++i) again.openings.push_back({2, "/t" + std::to_string(i), hash_of(1), content(i, "/t")});
    must(store->append(must(store->head()), again));
    must(store->drop_openings_from(2));
    BOOST_TEST(must(store->count_openings(2)).erased == 0);
}

// Another salt for each row: by it the files are searched.
Hash32 salt_of(Seq seq) {
    auto salt = hash_of(7);
    salt.bytes.at(0) = static_cast<std::uint8_t>(seq);
    salt.bytes.at(1) = static_cast<std::uint8_t>(seq >> 8U);
    return salt;
}

LogStore::Search search_to_the_end(LogStore& store, std::size_t bytes) {
    for (int steps = 0; steps < 100'000; ++steps) {
        auto const search = must(store.search_erased(bytes));
        if (search.searched > 0 || search.done) return search;
    }
    BOOST_FAIL("the search does not end");
    return {};
}

BOOST_AUTO_TEST_CASE(what_was_erased_is_searched_for_in_the_raw_files) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    auto batch = batch_of(0, 300);
    for (Seq seq = 0; seq < 300; ++seq) batch.openings.push_back({seq, "/t", salt_of(seq), content(seq, "/t")});
    must(store->append(Head{}, batch));
    BOOST_TEST(must(store->search_erased(1'000)).searched == 0);  // nothing was erased
    must(store->erase_openings({3, 299}));
    auto const clean = search_to_the_end(*store, 997);
    BOOST_TEST(clean.searched == 2);
    BOOST_TEST(clean.found == 0);
    BOOST_TEST(must(store->search_erased(1'000)).searched == 0);  // once
    // What comes while a search is under way is the next one's.
    must(store->erase_openings({10}));
    BOOST_TEST(!must(store->search_erased(100)).done);
    must(store->erase_openings({11, 12}));
    auto const first = search_to_the_end(*store, 997);
    BOOST_TEST(first.searched == 1);
    BOOST_TEST(!first.done);
    BOOST_TEST(search_to_the_end(*store, 997).searched == 2);
}

BOOST_AUTO_TEST_CASE(a_copy_that_was_left_behind_is_found_and_a_row_that_stands_is_none) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    auto batch = batch_of(0, 200);
    for (Seq seq = 0; seq < 200; ++seq) batch.openings.push_back({seq, "/t", salt_of(seq), content(seq, "/t")});
    // The same salt in a place where nobody looks for an opening: what a stale page would hold.
    batch.openings.push_back({150, "/stale", hash_of(9), "x" + std::string(salt_of(4).view()) + "x"});
    must(store->append(Head{}, batch));
    must(store->erase_openings({3, 4, 5}));
    // Whoever came back has the same number, and with it the same salt.
    must(store->put_openings({{5, "/t", salt_of(5), content(5, "/t")}}));
    for (std::size_t const bytes : {std::size_t{64}, std::size_t{1} << 20U}) {
        auto const search = search_to_the_end(*store, bytes);
        BOOST_TEST(search.searched == (bytes == 64 ? 2 : 3));  // the one that stands is not searched for
        BOOST_TEST(search.found == 1);
        must(store->erase_openings({150}));
        BOOST_TEST(search_to_the_end(*store, bytes).found == 0);
        if (bytes > 64) break;
        must(store->put_openings({{150, "/again", hash_of(8), "y" + std::string(salt_of(7).view()) + "y"}}));
        must(store->erase_openings({6, 7, 8}));
    }
}

BOOST_AUTO_TEST_CASE(who_comes_back_and_is_erased_again_is_no_copy_that_was_left_behind) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    auto batch = batch_of(0, 300);
    for (Seq seq = 0; seq < 300; ++seq) batch.openings.push_back({seq, "/t", salt_of(seq), content(seq, "/t")});
    must(store->append(Head{}, batch));
    // Back before the search begins: there is nothing to be searched for.
    must(store->erase_openings({3}));
    must(store->put_openings({{10, "/back", salt_of(3), content(3, "/t")}}));
    BOOST_TEST(must(store->search_erased(1'000)).done);
    // Back and away again while it is under way: the search passes the new row, in the write-ahead log, while it stands.
    for (int const steps : {1, 5, 15}) {
        BOOST_TEST_CONTEXT(steps) {
            must(store->erase_openings({10, 12}));
            for (int i = 0; i < steps; ++i) BOOST_REQUIRE(must(store->search_erased(997)).searched == 0);
            must(store->put_openings({{20 + steps, "/back", salt_of(3), content(3, "/t")}}));
            auto const all =
                static_cast<int>(fs::file_size(dir / "vault.db") / 998 + fs::file_size(dir / "vault.db-wal") / 998);
            for (int i = steps + 1; i < all; ++i) BOOST_REQUIRE(must(store->search_erased(997)).searched == 0);
            must(store->erase_openings({20 + steps}));
            auto const first = search_to_the_end(*store, 997);
            BOOST_TEST(first.found == 0);
            auto const second = search_to_the_end(*store, 997);
            BOOST_TEST(second.searched > 0);
            BOOST_TEST(second.found == 0);
            must(store->put_openings({{10, "/again" + std::to_string(steps), salt_of(3), content(3, "/t")},
                                      {12, "/again" + std::to_string(steps), salt_of(12), content(12, "/t")}}));
        }
    }
}

// A vault from a backup, in which somebody stands twice until the erasure is repeated.
BOOST_AUTO_TEST_CASE(of_two_rows_with_one_salt_the_one_that_stands_is_no_copy) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    auto batch = batch_of(0, 20);
    for (Seq seq = 0; seq < 20; ++seq) batch.openings.push_back({seq, "/t", salt_of(seq % 10), content(seq, "/t")});
    must(store->append(Head{}, batch));
    must(store->erase_openings({3}));
    auto const search = search_to_the_end(*store, 997);
    BOOST_TEST(search.searched == 1);
    BOOST_TEST(search.found == 0);
}

// The rows are gone through in slices too, and what is erased meanwhile is the next search's.
BOOST_AUTO_TEST_CASE(a_doubt_is_settled_in_slices) {
    constexpr Seq rows = 3'000;
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    auto batch = batch_of(0, rows);
    for (Seq seq = 0; seq < rows; ++seq) batch.openings.push_back({seq, "/t", salt_of(seq), content(seq, "/t")});
    batch.openings.push_back({rows - 1, "/twin", salt_of(3), content(3, "/t")});
    batch.openings.push_back({rows - 1, "/stale", hash_of(9), "x" + std::string(salt_of(4).view()) + "x"});
    must(store->append(Head{}, batch));
    for (bool const meanwhile : {false, true}) {
        BOOST_TEST_CONTEXT(meanwhile) {
            must(store->erase_openings({3, 4}));
            constexpr std::size_t whole = 16U << 20U;
            BOOST_TEST(!must(store->search_erased(whole)).done);  // vault.db
            BOOST_TEST(!must(store->search_erased(whole)).done);  // its write-ahead log
            BOOST_TEST(!must(store->search_erased(whole)).done);  // some of the rows
            if (meanwhile) must(store->erase_openings({rows - 1}));
            int steps = 0;
            LogStore::Search search;
            for (search = must(store->search_erased(whole)); search.searched == 0; ++steps) {
                search = must(store->search_erased(whole));
            }
            BOOST_TEST(steps > 0);
            BOOST_TEST(search.searched == 2);
            BOOST_TEST(search.found == 1);  // the stale one, while it was there; the twin stood
            if (!meanwhile) must(store->put_openings({{3, "/t", salt_of(3), "a"}, {4, "/t", salt_of(4), "b"}}));
        }
    }
    auto const next = search_to_the_end(*store, 997);
    BOOST_TEST(next.searched == 3);
    BOOST_TEST(next.found == 0);
}

BOOST_AUTO_TEST_SUITE_END()
