#include "ledger/log/vault_tables.hpp"
#include "tests/unit/log/fixture.hpp"

#include <algorithm>

namespace fs = std::filesystem;

using namespace cl;
using namespace cl::log;
using namespace cl::log::test;

BOOST_AUTO_TEST_SUITE(vault)

BOOST_AUTO_TEST_CASE(openings_come_back) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    using namespace std::string_literals;
    auto batch = batch_of(0, 2);
    batch.openings = {{0, "/data/text", hash_of(1), "STOP"},
                      {0, "/data/name", hash_of(2), ""},
                      {1, "/data/text", hash_of(3), "a\0b\xff"s},
                      {1, "/", hash_of(4), std::string(65'536, 'x')}};
    must(store->append(Head{}, batch));
    for (auto const& opening : batch.openings) BOOST_CHECK(*must(store->opening(opening.seq, opening.pointer)) == opening);
    BOOST_TEST(!must(store->opening(0, "/data/other")));
    BOOST_TEST(!must(store->opening(2, "/data/text")));
}

BOOST_AUTO_TEST_CASE(openings_after_their_entry) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    grow(*store, 2);
    Opening const late{0, "/evidence/0", hash_of(5), "a form"};
    must(store->put_openings({late}));
    must(store->put_openings({late}));  // again: no harm
    BOOST_TEST(must(store->openings_from(0)).rows == 1);
    Opening other = late;
    other.content = "another form";
    BOOST_CHECK(why(store->put_openings({other})) == errc::store_corrupt);
    BOOST_CHECK(why(store->put_openings({{2, "/x", hash_of(1), "x"}})) == errc::store_corrupt);
    for (std::string const nowhere : {"", "data", "-data"}) {
        BOOST_CHECK(why(store->put_openings({{0, nowhere, hash_of(1), "x"}})) == errc::store_corrupt);
    }
    BOOST_CHECK(*must(store->opening(0, "/evidence/0")) == late);
    must(store->put_openings({}));
    grow(*store, 1);
}

BOOST_AUTO_TEST_CASE(rows_above_the_log_are_counted_and_dropped) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    auto batch = batch_of(0, 4);
    for (Seq seq = 0; seq < 4; ++seq) batch.openings.push_back({seq, "/data/text", hash_of(1), "x"});
    batch.message_ids.push_back({hash_of(8), hash_of(9), 1'000});
    must(store->append(Head{}, batch));
    BOOST_TEST(must(store->openings_from(4)).rows == 0);
    BOOST_TEST(must(store->openings_from(4)).highest == -1);
    BOOST_TEST(must(store->openings_from(2)).rows == 3);  // two openings, one message id of a batch that ended at 3
    BOOST_TEST(must(store->openings_from(2)).highest == 3);

    must(store->drop_openings_from(2));
    BOOST_TEST(must(store->openings_from(2)).rows == 0);
    BOOST_TEST(must(store->openings_from(0)).rows == 2);
    BOOST_TEST(!must(store->opening(2, "/data/text")));
    BOOST_TEST(!!must(store->opening(1, "/data/text")));
    BOOST_TEST(!must(store->message(hash_of(8))));
    // The place is free again.
    Opening const again{3, "/data/text", hash_of(2), "y"};
    must(store->put_openings({again}));
    BOOST_CHECK(*must(store->opening(3, "/data/text")) == again);
}

// What a crash left is overwritten; the next entry gets that seq, and nothing of the other one counts as its own.
BOOST_AUTO_TEST_CASE(dropped_openings_are_not_counted_as_erased_ones_of_the_entry_that_comes_next) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    auto batch = batch_of(0, 2);
    for (std::string const pointer : {"/contact", "/data/text", "/evidence/0"}) {
        batch.openings.push_back({1, pointer, hash_of(1), "x" + pointer});
    }
    must(store->append(Head{}, batch));
    must(store->drop_openings_from(1));
    BOOST_TEST(must(store->count_openings(1)).kept == 0);
    BOOST_TEST(must(store->count_openings(1)).erased == 0);
    must(store->put_openings({{1, "/contact", hash_of(2), "y"}, {1, "/data/text", hash_of(3), "z"}}));
    BOOST_TEST(must(store->count_openings(1)).kept == 2);
    BOOST_TEST(must(store->count_openings(1)).erased == 0);
    must(store->erase_openings({1}));
    BOOST_TEST(must(store->count_openings(1)).kept == 0);
    BOOST_TEST(must(store->count_openings(1)).erased == 2);
    BOOST_TEST(must(must(store->open_reader())->count_openings(1)).erased == 2);
}

/// vault.db as it was made before the erased openings had an index.
void make_version_1(TempDir const& dir) {
    constexpr sqlite::Identity former{"vault.db", store_format::vault_application_id, 1, store_format::vault_schema};
    fs::remove(dir / "vault.db");
    auto vault = must(sqlite::Connection::create(dir / "vault.db", sqlite::Settings{}, former));
    must(
        vault.exec("INSERT INTO openings VALUES(0, '/data/text', zeroblob(32), x'78', 0);"
                   "INSERT INTO openings VALUES(0, '/data/name', zeroblob(32), zeroblob(1), 1);"
                   "INSERT INTO openings VALUES(0, '/data/name', zeroblob(32), zeroblob(1), 1);"));
}

std::int64_t indexes(TempDir const& dir) {
    auto vault = must(sqlite::Connection::open_hostile(dir / "vault.db"));
    auto select = must(vault.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'openings_erased'"));
    sqlite::Query query(select);
    BOOST_REQUIRE(must(query.step()));
    return query.int64(0);
}

BOOST_AUTO_TEST_CASE(a_vault_of_the_version_before_is_read_as_it_is_and_brought_up_to_date_by_its_owner) {
    TempDir const dir;
    { must(create_sqlite_log(paths_in(dir))); }
    make_version_1(dir);
    auto const counted = [](LogReader& log) {
        auto const count = must(log.count_openings(0));
        return std::pair(count.kept, count.erased);
    };
    {
        auto reader = must(open_log_reader(paths_in(dir)));
        BOOST_CHECK(counted(*reader) == std::pair(std::int64_t{1}, std::int64_t{1}));
    }
    BOOST_TEST(indexes(dir) == 0);
    {
        auto store = must(open_sqlite_log(paths_in(dir)));
        BOOST_CHECK(counted(*store) == std::pair(std::int64_t{1}, std::int64_t{1}));
        grow(*store, 1);
        must(store->erase_openings({0}));
        BOOST_CHECK(counted(*store) == std::pair(std::int64_t{0}, std::int64_t{2}));
    }
    BOOST_TEST(indexes(dir) == 1);
    must(open_sqlite_log(paths_in(dir)));
    must(open_log_reader(paths_in(dir)));
}

/// "EXPLAIN QUERY PLAN " and what is run.
struct Explained {
    static constexpr char explain[] = "EXPLAIN QUERY PLAN ";
    char text[sizeof explain + sizeof count_openings_sql - 1]{};
    constexpr Explained() { std::ranges::copy(count_openings_sql, std::ranges::copy(explain, text).out - 1); }
};

// Once for each entry of a contact: a certificate must not read the whole vault each time.
BOOST_AUTO_TEST_CASE(openings_are_counted_by_their_indexes) {
    TempDir const dir;
    { must(create_sqlite_log(paths_in(dir))); }
    auto vault = must(sqlite::Connection::open_hostile(dir / "vault.db"));
    static constexpr Explained explained;
    auto plan = must(vault.prepare(explained.text));
    sqlite::Query query(plan);
    std::string steps;
    while (must(query.step())) steps += std::string(query.text(3)) + "\n";
    BOOST_TEST(steps.find("SCAN openings") == std::string::npos, steps);
    BOOST_TEST(steps.find("openings_at (seq=?)") != std::string::npos, steps);
    BOOST_TEST(steps.find("openings_erased (seq=? AND pointer>? AND pointer<?)") != std::string::npos, steps);
}

BOOST_AUTO_TEST_CASE(message_ids_have_a_window) {
    TempDir const dir;
    auto store = must(create_sqlite_log(paths_in(dir)));
    auto batch = batch_of(0, 1);
    batch.message_ids = {{hash_of(1), hash_of(11), 1'000}, {hash_of(2), hash_of(12), 2'000}};
    must(store->append(Head{}, batch));
    auto const found = must(store->message(hash_of(2)));
    BOOST_REQUIRE(found);
    BOOST_CHECK(found->body == hash_of(12));
    BOOST_TEST(found->time == 2'000);
    BOOST_TEST(!must(store->message(hash_of(3))));

    must(store->forget_messages(2'000));
    BOOST_TEST(!must(store->message(hash_of(1))));
    BOOST_TEST(!!must(store->message(hash_of(2))));

    auto next = batch_of(1, 1);
    next.message_ids = {{hash_of(2), hash_of(22), 9'000}};
    must(store->append(must(store->head()), next));
    BOOST_TEST(must(store->message(hash_of(2)))->time == 9'000);
    BOOST_CHECK(must(store->message(hash_of(2)))->body == hash_of(22));
}

BOOST_AUTO_TEST_SUITE_END()
