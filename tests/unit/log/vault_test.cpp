#include "tests/unit/log/fixture.hpp"

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
                      {1, "", hash_of(4), std::string(65'536, 'x')}};
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
