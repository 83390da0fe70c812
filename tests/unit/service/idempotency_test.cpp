// A retry is recognised, another body told apart, and no order of requests hides an opt-out.
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace cl;
using service::ItemStatus;
using test::item;
using test::need;
using test::ServiceFixture;

namespace {

std::string change(std::string const& kind, std::string const& record, std::string const& data,
                   std::string const& phone = "+15550100123") {
    std::string const source = record.empty() ? "" : R"("source":{"platform":"crm","record":")" + record + R"("},)";
    return R"({"kind":")" + kind + R"(","phone":")" + phone + R"(",)" + source + R"("data":)" + data + "}";
}

std::string const added = R"({"origin":"manual"})";

}  // namespace

BOOST_AUTO_TEST_SUITE(idempotency)

BOOST_AUTO_TEST_CASE(the_same_record_and_body_is_a_replay_of_the_stored_entry) {
    ServiceFixture f;
    f.open();
    auto const first = f.post(change("contact.added", "r1", added));
    f.clock.advance(5'000);
    auto const again = f.post(change("contact.added", "r1", added));
    BOOST_TEST((again.status == ItemStatus::replayed));
    BOOST_TEST(again.seq == first.seq);
    BOOST_TEST(*again.entry == *first.entry);
    BOOST_TEST((again.state == first.state));
    BOOST_TEST(need(verify_proof(need(parse_proof(again.proof)), again.leaf, f.service->verifier_key())).size > first.seq);
    BOOST_TEST(f.service->stats().size == first.seq + 1);
}

BOOST_AUTO_TEST_CASE(another_body_under_the_same_record_is_a_conflict) {
    ServiceFixture f;
    f.open();
    f.post(change("contact.added", "r1", added));
    auto const other = f.post(change("contact.added", "r1", R"({"origin":"import"})"));
    BOOST_REQUIRE(other.problem);
    BOOST_TEST((other.problem->code == errc::idempotency_conflict));
    BOOST_TEST(f.service->stats().size == 3);
}

BOOST_AUTO_TEST_CASE(a_traceparent_is_kept_with_the_entry_and_no_part_of_what_makes_a_retry) {
    ServiceFixture f;
    f.open();
    auto const send = [&](std::string const& record, std::string const& trace, std::string const& phone) {
        auto request =
            ServiceFixture::request("acme", {item(R"({"kind":"contact.added","phone":")" + phone + R"(","source":{"record":")" +
                                                  record + R"("},"data":{"origin":"manual"}})")});
        request.traceparent = trace;
        return need(f.try_post(std::move(request))).results.at(0);
    };
    std::string const first = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    auto const recorded = send("t1", first, "+15550100123");
    BOOST_TEST(recorded.entry->find(R"("traceparent":")" + first + "\"") != std::string::npos);
    auto const again = send("t1", "00-1bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "+15550100123");
    BOOST_TEST((again.status == ItemStatus::replayed));
    BOOST_TEST(again.seq == recorded.seq);
    // Hexadecimal digits can spell a number, and no number stands in the log.
    auto const spelt = send("t2", "00-4bf92f3577b34da6a315550100124736-00f067aa0ba902b7-01", "+15550100124");
    BOOST_TEST(spelt.entry->find("traceparent") == std::string::npos);
    BOOST_TEST(send("t3", "", "+15550100125").entry->find("traceparent") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_opt_out_under_a_used_record_is_recorded_and_its_retry_is_a_replay) {
    ServiceFixture f;
    f.open();
    f.post(change("contact.added", "r1", added));
    auto const out = f.post(change("opt_out.agent", "r1", "{}"));
    BOOST_TEST((out.status == ItemStatus::recorded));
    BOOST_TEST(!f.look().state.opted_in);
    auto const again = f.post(change("opt_out.agent", "r1", "{}"));
    BOOST_TEST((again.status == ItemStatus::replayed));
    BOOST_TEST(again.seq == out.seq);
    // And the first body is still what the record stands for.
    BOOST_TEST((f.post(change("contact.added", "r1", added)).status == ItemStatus::replayed));
    auto const block = f.post(change("contact.blocked", "r1", "{}"));
    BOOST_TEST((block.status == ItemStatus::recorded));
}

BOOST_AUTO_TEST_CASE(neither_key_is_refused_and_a_header_stands_in_for_all_items) {
    ServiceFixture f;
    f.open();
    auto const none = f.post(change("contact.added", "", added));
    BOOST_REQUIRE(none.problem);
    BOOST_TEST((none.problem->code == errc::idempotency_required));
    auto const stop = f.post(change("opt_out.agent", "", "{}"));
    BOOST_REQUIRE(stop.problem);
    BOOST_TEST((stop.problem->code == errc::idempotency_required));
    auto const items = [&] {
        return std::vector<service::AppendItem>{item(change("contact.added", "", added)),
                                                item(change("contact.edited", "", R"({"fields":["name"]})"))};
    };
    auto const first = f.post("acme", items(), "key-1");
    auto const again = f.post("acme", items(), "key-1");
    for (std::size_t i = 0; i < 2; ++i) {
        BOOST_TEST((first.results[i].status == ItemStatus::recorded));
        BOOST_TEST((again.results[i].status == ItemStatus::replayed));
        BOOST_TEST(again.results[i].seq == first.results[i].seq);
    }
    BOOST_TEST((f.post(change("contact.added", "", added), "key-2").status == ItemStatus::recorded));
}

BOOST_AUTO_TEST_CASE(repetitions_inside_one_batch_see_each_other) {
    ServiceFixture f;
    f.open();
    auto const answer = f.post("acme", {item(change("contact.added", "r1", added)), item(change("contact.added", "r1", added)),
                                        item(change("contact.added", "r1", R"({"origin":"import"})")),
                                        item(change("opt_out.agent", "r1", "{}")), item(change("opt_out.agent", "r1", "{}"))});
    BOOST_TEST((answer.results[0].status == ItemStatus::recorded));
    BOOST_TEST((answer.results[1].status == ItemStatus::replayed));
    BOOST_TEST(answer.results[1].seq == answer.results[0].seq);
    BOOST_TEST(*answer.results[1].entry == *answer.results[0].entry);
    BOOST_TEST((answer.results[2].problem->code == errc::idempotency_conflict));
    BOOST_TEST((answer.results[3].status == ItemStatus::recorded));
    BOOST_TEST((answer.results[4].status == ItemStatus::replayed));
}

BOOST_AUTO_TEST_CASE(the_same_record_in_another_account_is_another_request) {
    ServiceFixture f;
    f.open();
    f.define("other");
    f.post(change("contact.added", "r1", added));
    auto const answer = f.post("other", {item(change("contact.added", "r1", added))});
    BOOST_TEST((answer.results[0].status == ItemStatus::recorded));
}

BOOST_AUTO_TEST_CASE(deleting_the_projections_changes_no_answer) {
    ServiceFixture f;
    f.open();
    auto const first = f.post(change("contact.added", "r1", added));
    f.post(change("opt_out.agent", "r2", "{}"));
    f.text("STOP", "m1");
    auto const before = f.look();
    f.close();
    std::filesystem::remove(f.dir() / "state.db");
    f.open();
    auto const after = f.look();
    BOOST_TEST((after.state == before.state));
    BOOST_TEST(after.because == before.because);
    BOOST_TEST((f.post(change("contact.added", "r1", added)).status == ItemStatus::replayed));
    BOOST_TEST(f.post(change("contact.added", "r1", added)).seq == first.seq);
    BOOST_TEST((f.text("STOP", "m1").results.at(0).status == ItemStatus::replayed));
    BOOST_TEST((f.post(change("contact.added", "r1", R"({"origin":"import"})")).problem->code == errc::idempotency_conflict));
}

BOOST_AUTO_TEST_SUITE_END()
