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

BOOST_AUTO_TEST_CASE(a_key_never_expires) {
    ServiceFixture f;
    f.open();
    auto const first = f.post(change("contact.added", "", added), "key-1");
    f.close();
    f.clock.advance(10LL * 366 * 86'400'000);
    f.open();
    auto const again = f.post(change("contact.added", "", added), "key-1");
    BOOST_TEST((again.status == ItemStatus::replayed));
    BOOST_TEST(again.seq == first.seq);
    BOOST_TEST(
        (f.post(change("contact.edited", "", R"({"fields":["name"]})"), "key-1").problem->code == errc::idempotency_conflict));
}

/// The entry and its key are one row: there is no moment at which one of them is there alone.
BOOST_AUTO_TEST_CASE(a_commit_whose_answer_was_lost_is_a_replay_after_the_restart) {
    ServiceFixture f;
    f.open();
    f.switches->fail_after = true;
    auto const lost = f.try_post(ServiceFixture::request("acme", {item(change("contact.added", "r1", added))}));
    BOOST_TEST((!lost || lost->results.at(0).problem));
    f.switches->fail_after = false;
    f.close();
    std::size_t const before = f.entries().size();
    f.open();
    auto const again = f.post(change("contact.added", "r1", added));
    BOOST_TEST((again.status == ItemStatus::replayed));
    BOOST_TEST(f.entries().size() == before);
    // And the other way round: what was not committed is recorded by the retry.
    f.switches->fail_append = true;
    static_cast<void>(f.try_post(ServiceFixture::request("acme", {item(change("contact.added", "r2", added))})));
    f.switches->fail_append = false;
    f.close();
    f.open();
    BOOST_TEST((f.post(change("contact.added", "r2", added)).status == ItemStatus::recorded));
    BOOST_TEST((f.post(change("contact.added", "r2", added)).status == ItemStatus::replayed));
}

BOOST_AUTO_TEST_CASE(a_key_is_the_accounts_and_not_the_tokens) {
    ServiceFixture f;
    f.open();
    auto const first = f.post(change("contact.added", "", added), "key-1");
    auto other = ServiceFixture::request("acme", {item(change("contact.added", "", added))}, "key-1");
    other.principal.token = "another";
    auto const again = need(f.try_post(std::move(other))).results.at(0);
    BOOST_TEST((again.status == ItemStatus::replayed));
    BOOST_TEST(again.seq == first.seq);
    f.define("other");
    BOOST_TEST(
        (f.post("other", {item(change("contact.added", "", added))}, "key-1").results.at(0).status == ItemStatus::recorded));
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

BOOST_AUTO_TEST_CASE(what_only_takes_permission_away_is_recorded_under_a_used_record) {
    ServiceFixture f;
    f.open();
    f.post(change("contact.added", "r1", added));
    f.post(change("list.added", "r2", R"({"list":"promo"})"));
    auto const removed = f.post(change("list.removed", "r2", R"({"list":"promo"})"));
    BOOST_TEST((removed.status == ItemStatus::recorded));
    BOOST_TEST(!f.look().state.lists.at("promo").member);
    BOOST_TEST((f.post(change("list.removed", "r2", R"({"list":"promo"})")).status == ItemStatus::replayed));
    // The addition is not acted on again by its retry, and another one is still told apart.
    BOOST_TEST((f.post(change("list.added", "r2", R"({"list":"promo"})")).status == ItemStatus::replayed));
    BOOST_TEST(!f.look().state.lists.at("promo").member);
    BOOST_TEST((f.post(change("list.added", "r2", R"({"list":"other"})")).problem->code == errc::idempotency_conflict));
    auto const review = f.post(change("review.opened", "r1", "{}"));
    BOOST_TEST((review.status == ItemStatus::recorded));
    std::string const opened = R"({"opened":)" + std::to_string(review.seq) + R"(,"verdict":)";
    auto const harmless = f.post(change("review.resolved", "r1", opened + R"("not_opt_out"})"));
    BOOST_REQUIRE(harmless.problem);
    BOOST_TEST((harmless.problem->code == errc::idempotency_conflict));
    BOOST_TEST((f.post(change("review.resolved", "r1", opened + R"("opt_out"})")).status == ItemStatus::recorded));
    BOOST_TEST((f.post(change("consent.expired", "r1", "{}")).status == ItemStatus::recorded));
    BOOST_TEST((f.post(change("number.reassigned", "r1", "{}")).status == ItemStatus::recorded));
}

BOOST_AUTO_TEST_CASE(an_event_has_a_key_of_its_own_that_outlives_the_projections) {
    ServiceFixture f;
    f.open();
    auto const event = [](std::string const& text, std::string const& key) {
        service::AppendItem made = item(text);
        made.event = key;
        return made;
    };
    auto const post = [&](std::string const& text, std::string const& key, std::string const& header = {}) {
        return f.post("acme", {event(text, key)}, header).results.at(0);
    };
    std::string const one = change("contact.added", "", added);
    auto const first = post(one, "/crm\ne1");
    BOOST_TEST((first.status == ItemStatus::recorded));
    BOOST_TEST((post(one, "/crm\ne2").status == ItemStatus::recorded));
    BOOST_TEST(
        (post(change("contact.added", "", R"({"origin":"import"})"), "/crm\ne1").problem->code == errc::idempotency_conflict));
    // Not the key of a record that is spelt alike, nor where the item or the request has another key.
    BOOST_TEST((f.post(change("contact.added", "e1", added)).status == ItemStatus::recorded));
    BOOST_TEST((post(change("contact.added", "r7", added), "/crm\ne1").status == ItemStatus::recorded));
    BOOST_TEST((post(one, "/crm\ne1", "header").status == ItemStatus::recorded));
    f.close();
    std::filesystem::remove(f.dir() / "state.db");
    f.open();
    auto const again = post(one, "/crm\ne1");
    BOOST_TEST((again.status == ItemStatus::replayed));
    BOOST_TEST(again.seq == first.seq);
}

BOOST_AUTO_TEST_CASE(a_stream_that_comes_in_parts_has_the_keys_of_one_request) {
    ServiceFixture f;
    f.open();
    auto const part = [&](std::size_t first, std::vector<service::AppendItem> items) {
        auto request = ServiceFixture::request("acme", std::move(items), "key-1");
        request.first_index = first;
        return need(f.try_post(std::move(request)));
    };
    auto const at = [](int i) { return item(change("contact.added", "", added, "+1555010010" + std::to_string(i))); };
    auto const whole = part(0, {at(0), at(1), at(2)});
    auto const again = part(1, {at(1), at(2), at(3)});
    BOOST_TEST(again.results[0].seq == whole.results[1].seq);
    BOOST_TEST(again.results[1].seq == whole.results[2].seq);
    BOOST_TEST((again.results[1].status == ItemStatus::replayed));
    BOOST_TEST((again.results[2].status == ItemStatus::recorded));
}

BOOST_AUTO_TEST_CASE(a_refusal_points_into_the_event_that_the_change_came_in) {
    ServiceFixture f;
    f.open();
    auto const direct =
        f.post(change("finding.waived", "r2", R"({"rule":"CL-005","seq":999,"until":"2027-01-01T00:00:00Z","reason":"x"})"));
    BOOST_REQUIRE(direct.problem);
    service::AppendItem waiver =
        item(change("finding.waived", "r2", R"({"rule":"CL-005","seq":999,"until":"2027-01-01T00:00:00Z","reason":"x"})"));
    waiver.pointer = "/data";
    auto const inside = f.post("acme", {std::move(waiver)}).results.at(0);
    BOOST_REQUIRE(inside.problem);
    BOOST_TEST(inside.problem->pointer == "/data" + direct.problem->pointer);
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
