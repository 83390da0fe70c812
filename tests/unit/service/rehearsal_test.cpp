// A rehearsal answers as the service would, and leaves the directory as it was.
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace cl;
using service::ItemStatus;
using test::item;
using test::need;
using test::ServiceFixture;

namespace {

std::string change(std::string const& kind, std::string const& record, std::string const& data = R"({"origin":"manual"})") {
    return R"({"kind":")" + kind + R"(","phone":"+15550100123","source":{"record":")" + record + R"("},"data":)" + data + "}";
}

service::ItemResult post(service::Service& to, std::string const& text) {
    std::promise<Result<service::AppendAnswer>> promise;
    auto future = promise.get_future();
    to.append(ServiceFixture::request("acme", {item(text)}),
              [&](Result<service::AppendAnswer> answer) { promise.set_value(std::move(answer)); });
    return need(future.get()).results.at(0);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(rehearsal)

BOOST_AUTO_TEST_CASE(it_knows_what_the_ledger_knows_and_records_nothing) {
    ServiceFixture f;
    f.open();
    f.post(change("contact.added", "r1"));
    auto const before = f.entries();
    {
        test::TempDir const scratch;
        auto const rehearsal = need(service::open_rehearsal(f.dir(), scratch / "", f.environment()));
        need(rehearsal->wait_until_ready());
        BOOST_TEST((post(*rehearsal, change("contact.added", "r1")).status == ItemStatus::replayed));
        auto const out = post(*rehearsal, change("opt_out.agent", "r2", "{}"));
        BOOST_TEST((out.status == ItemStatus::recorded));
        BOOST_TEST(out.seq == static_cast<Seq>(before.size()));
        BOOST_TEST((post(*rehearsal, change("opt_out.agent", "r2", "{}")).status == ItemStatus::replayed));
        BOOST_TEST((post(*rehearsal, change("contact.added", "r1", R"({"origin":"import"})")).problem->code ==
                    errc::idempotency_conflict));
        auto const queries = need(rehearsal->make_queries());
        auto const contact = queries->contact_of("acme", "+15550100123");
        BOOST_TEST(!need(queries->contact("acme", contact, std::nullopt, std::nullopt)).state.opted_in);
        // It is no checkpoint of the ledger's: another key has signed it, under a name that is none.
        BOOST_TEST(rehearsal->origin() == "rehearsal.invalid");
        BOOST_TEST((rehearsal->verifier_key().key != f.service->verifier_key().key));
        BOOST_TEST(out.proof.find("ledger.example/test") == std::string::npos);
        rehearsal->stop();
    }
    BOOST_TEST(f.look().state.opted_in);
    BOOST_TEST(f.entries() == before, boost::test_tools::per_element());
    BOOST_TEST((f.post(change("opt_out.agent", "r2", "{}")).status == ItemStatus::recorded));
}

BOOST_AUTO_TEST_CASE(it_leaves_nothing_behind_and_needs_no_lock) {
    ServiceFixture f;
    f.open();
    f.close();
    test::TempDir const scratch;
    {
        auto const rehearsal = need(service::open_rehearsal(f.dir(), scratch / "", f.environment()));
        need(rehearsal->wait_until_ready());
        need(f.try_open());
        for (int i = 0; i < 600; ++i)
            post(*rehearsal, change("contact.edited", "e" + std::to_string(i), R"({"fields":["name"]})"));
        BOOST_TEST(rehearsal->stats().size >= 600);
    }
    BOOST_TEST(std::filesystem::is_empty(scratch / ""));
    BOOST_TEST(f.service->stats().size == 2);
}

BOOST_AUTO_TEST_CASE(a_directory_that_would_not_start_is_not_rehearsed) {
    ServiceFixture f;
    f.open();
    f.close();
    std::filesystem::remove(f.dir() / "head");
    test::TempDir const scratch;
    auto const refused = service::open_rehearsal(f.dir(), scratch / "", f.environment());
    BOOST_REQUIRE(!refused.has_value());
    BOOST_TEST((refused.error().code == errc::rollback_detected));
    BOOST_TEST(std::filesystem::is_empty(scratch / ""));
}

BOOST_AUTO_TEST_SUITE_END()
