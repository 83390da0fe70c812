// A store that keeps what is appended beside the ledger: it reads as the real one would, and the files stay as they are.
#include "ledger/core/tile.hpp"
#include "ledger/log/rehearsal_log.hpp"
#include "tests/unit/log/fixture.hpp"

using namespace cl;
using namespace cl::log;
using namespace cl::log::test;

namespace {

struct Rehearsal {
    TempDir dir;
    std::unique_ptr<LogStore> real = must(create_sqlite_log(paths_in(dir)));
    Head head;
    RehearsalLog log;

    explicit Rehearsal(Seq entries) {
        Batch batch = batch_of(0, entries);
        batch.openings.push_back({0, "/data/text", hash_of(7), "hello"});
        must(real->append(Head{}, batch));
        head = must(real->head());
        log = must(open_rehearsal_log([paths = paths_in(dir)] { return open_log_reader(paths); }, head, dir / ""));
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(rehearsal)

BOOST_AUTO_TEST_CASE(what_is_appended_stands_behind_the_ledger_and_not_in_it) {
    Rehearsal r(254);
    BOOST_CHECK(must(r.log.store->head()) == r.head);
    Batch batch = batch_of(254, 2);
    batch.openings.push_back({255, "/data/name", hash_of(8), "Ada"});
    batch.tiles.push_back({0, 0, std::string(tile::full_bytes, 't')});
    batch.checkpoint = StoredCheckpoint{255, "note"};
    batch.message_ids.push_back({hash_of(1), hash_of(2), 5});
    must(r.log.store->append(r.head, batch));
    auto const reader = must(r.log.make_reader());
    for (LogReader* const one : {static_cast<LogReader*>(r.log.store.get()), reader.get()}) {
        BOOST_TEST(must(one->head()).size == 256);
        BOOST_TEST(all(*one, 0, 999).size() == 256u);
        BOOST_TEST(all(*one, 255, 256).front() == entry_text(255));
        BOOST_TEST(!must(one->entry(256)));
        BOOST_TEST(must(one->opening(0, "/data/text"))->content == "hello");
        BOOST_TEST(must(one->opening(255, "/data/name"))->content == "Ada");
        BOOST_TEST(!must(one->opening(255, "/data/text")));
        BOOST_TEST(must(one->count_openings(255)).kept == 1);
        BOOST_TEST(must(one->tile(0, 0)).has_value());
        BOOST_TEST(!must(one->tile(0, 1)).has_value());
        BOOST_TEST(must(one->last_checkpoint())->note == "note");
        BOOST_TEST((must(one->message(hash_of(1)))->body == hash_of(2)));
        BOOST_TEST(!must(one->message(hash_of(3))));
    }
    BOOST_CHECK(must(r.real->head()) == r.head);
    BOOST_TEST(must(r.real->openings_from(254)).rows == 0);
    BOOST_TEST(!must(r.real->message(hash_of(1))));
}

BOOST_AUTO_TEST_CASE(it_goes_on_from_its_own_end_whatever_the_ledger_does) {
    Rehearsal r(2);
    grow(*r.log.store, 1);
    grow(*r.real, 4);
    BOOST_TEST(must(r.log.store->head()).size == 3);
    BOOST_TEST(!must(r.log.store->entry(3)));
    BOOST_CHECK(why(r.log.store->append(r.head, batch_of(2, 1))) == errc::head_conflict);
    Batch forged = batch_of(3, 1);
    forged.rows[0].leaf = hash_of(9);
    BOOST_CHECK(why(r.log.store->append(must(r.log.store->head()), forged)) == errc::store_corrupt);
    BOOST_TEST(must(r.log.store->head()).size == 3);
}

BOOST_AUTO_TEST_CASE(what_it_erases_is_gone_for_it_alone) {
    Rehearsal r(2);
    must(r.log.store->erase_openings({0}));
    BOOST_TEST(!must(r.log.store->opening(0, "/data/text")));
    BOOST_TEST(must(r.log.store->count_openings(0)).erased == 1);
    BOOST_TEST(must(r.real->opening(0, "/data/text"))->content == "hello");
}

BOOST_AUTO_TEST_CASE(a_visitor_may_stop_on_either_side) {
    Rehearsal r(3);
    grow(*r.log.store, 3);
    for (Seq const stop : {1, 2, 4}) {
        Seq seen = 0;
        must(r.log.store->range(0, 6, [&](Seq seq, std::string_view) {
            ++seen;
            return seq < stop;
        }));
        BOOST_TEST(seen == stop + 1);
    }
}

BOOST_AUTO_TEST_SUITE_END()
