// What a clean stop leaves: a ledger.db that is covered by a signature to its end.
#include "ledger/core/note.hpp"
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace cl;
using test::need;
using test::ServiceFixture;

namespace {

std::string added(int number) {
    return R"({"kind":"contact.added","phone":"+1555010)" + std::to_string(1000 + number) + R"(","source":{"record":"add-)" +
           std::to_string(number) + R"("},"data":{"origin":"manual"}})";
}

struct End {
    merkle::Size size = 0;
    std::optional<log::StoredCheckpoint> stored;
};

End end_of(ServiceFixture const& f) {
    auto const log = need(log::open_log_reader({f.dir() / "ledger.db", f.dir() / "vault.db"}));
    return End{need(log->head()).size, need(log->last_checkpoint())};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(clean_stop)

BOOST_AUTO_TEST_CASE(the_last_checkpoint_is_stored_and_covers_every_entry) {
    ServiceFixture f;
    f.open();
    auto const key = f.service->verifier_key();
    for (int i = 0; i < 3; ++i) f.post(added(i));
    End const running = end_of(f);
    BOOST_TEST((!running.stored || running.stored->size < running.size));  // at most one a second
    f.close();
    End const stopped = end_of(f);
    BOOST_REQUIRE(stopped.stored);
    BOOST_TEST(stopped.size == 5);
    BOOST_TEST(stopped.stored->size == stopped.size);
    BOOST_TEST(need(open_checkpoint(stopped.stored->note, key)).size == stopped.size);
}

BOOST_AUTO_TEST_CASE(starting_and_stopping_again_adds_nothing) {
    ServiceFixture f;
    f.open();
    f.post(added(1));
    f.close();
    auto const once = end_of(f);
    need(f.try_open());
    f.close();
    auto const twice = end_of(f);
    BOOST_TEST(twice.size == once.size);
    BOOST_TEST(twice.stored->note == once.stored->note);
    f.open();
    f.post(added(2));
    f.close();
    BOOST_TEST(end_of(f).stored->size == once.size + 1);
}

BOOST_AUTO_TEST_CASE(after_a_failed_commit_nothing_more_is_written) {
    ServiceFixture f;
    f.open();
    f.post(added(1));
    auto const before = end_of(f);
    f.switches->fail_append = true;
    BOOST_TEST(!f.try_post(ServiceFixture::request("acme", {test::item(added(2))})));
    f.switches->fail_append = false;
    int const appends = f.switches->appends;
    f.close();
    BOOST_TEST(f.switches->appends == appends);
    BOOST_TEST(end_of(f).size == before.size);
}

BOOST_AUTO_TEST_SUITE_END()
