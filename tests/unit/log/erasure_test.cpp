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
    {
        auto other = must(sqlite::Connection::open_hostile(dir / "vault.db"));
        auto select = must(other.prepare("SELECT seq FROM openings"));
        sqlite::Query pinned(select);
        BOOST_REQUIRE(must(pinned.step()));
        BOOST_CHECK(why(store->erase_openings({0})) == errc::busy);
    }
    BOOST_TEST(!must(store->opening(0, "/t")));
    must(store->erase_openings({0}));
    BOOST_TEST(!in_files(dir, content(0, "/t")));
    grow(*store, 1);
}

BOOST_AUTO_TEST_SUITE_END()
