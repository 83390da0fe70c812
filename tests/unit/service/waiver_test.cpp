// finding.waived: the finding shows as waived until the waiver ends, and only a finding that is there can be waived.
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace cl;
using service::ItemStatus;
using test::need;
using test::ServiceFixture;

namespace {

std::string waiver(ServiceFixture& f, std::string const& record, std::string const& rule, Seq seq, Millis for_ms,
                   std::string const& subject = "") {
    return R"({"kind":"finding.waived",)" + subject + R"("actor":{"kind":"agent","id":"auditor-1"},"source":{"record":")" +
           record + R"("},"data":{"rule":")" + rule + R"(","seq":)" + std::to_string(seq) + R"(,"until":")" +
           format_time(f.clock.now() + for_ms) + R"(","reason":"the form is in the safe"}})";
}

std::vector<service::FindingView> found(ServiceFixture const& f, std::string const& status) {
    service::Queries::FindingFilter filter;
    filter.status = status;
    return need(need(f.service->make_queries())->findings("acme", filter)).items;
}

/// The seq of an opt-in without consent.
Seq bad_opt_in(ServiceFixture const& f, std::string const& record, std::string const& phone = "+15550100123") {
    return f
        .post(R"({"kind":"opt_in.agent","phone":")" + phone + R"(","actor":{"kind":"agent","id":"a"},"source":{"record":")" +
              record + R"("},"data":{}})")
        .seq;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(waiver_of_a_finding)

BOOST_AUTO_TEST_CASE(it_closes_the_open_finding_until_it_ends) {
    ServiceFixture f;
    f.open();
    Seq const seq = bad_opt_in(f, "r1");
    BOOST_TEST(found(f, "open").size() == 1U);
    BOOST_TEST(f.look().state.open.size() == 1U);
    auto const waived = f.post(waiver(f, "w1", "CL-001", seq, 60'000));
    BOOST_TEST((waived.status == ItemStatus::recorded));
    auto const check = [&] {
        BOOST_TEST(found(f, "open").empty());
        BOOST_TEST(f.look().state.open.empty());
        auto const rows = found(f, "waived");
        BOOST_REQUIRE(rows.size() == 1U);
        BOOST_REQUIRE(rows[0].waiver.has_value());
        BOOST_TEST(rows[0].finding.seq == seq);
        BOOST_TEST(rows[0].waiver->by == waived.seq);
        BOOST_TEST(rows[0].waiver->actor->id == "auditor-1");
        BOOST_TEST(*rows[0].waiver->reason == "the form is in the safe");
        BOOST_TEST(found(f, "all").size() == 1U);
        BOOST_TEST(found(f, "closed").empty());
    };
    check();
    // Also after a rebuild from the ledger alone, and from state.db.
    f.close();
    std::filesystem::remove(f.dir() / "state.db");
    f.open();
    check();
    f.close();
    f.open();
    check();
    f.clock.advance(60'001);
    BOOST_TEST(found(f, "waived").empty());
    BOOST_TEST(found(f, "open").size() == 1U);
    BOOST_TEST(f.look().state.open.size() == 1U);
}

BOOST_AUTO_TEST_CASE(only_a_finding_that_is_there_can_be_waived) {
    ServiceFixture f;
    f.open();
    Seq const seq = bad_opt_in(f, "r1");
    Seq const other = bad_opt_in(f, "r2", "+15550100124");
    auto const size = f.service->stats().size;
    auto const refused = [&](std::string const& text) {
        auto const answer = f.post(text);
        BOOST_REQUIRE(answer.problem);
        BOOST_TEST((answer.problem->code == errc::invalid));
        BOOST_TEST(answer.problem->pointer == "/data/seq");
    };
    refused(waiver(f, "w1", "CL-001", 1'000, 60'000));                                // no such entry
    refused(waiver(f, "w2", "CL-001", size, 60'000));                                 // its own
    refused(waiver(f, "w3", "CL-002", seq, 60'000));                                  // another rule
    refused(waiver(f, "w4", "CL-001", 0, 60'000));                                    // an entry without findings
    refused(waiver(f, "w5", "CL-001", other, 60'000, R"("phone":"+15550100123",)"));  // another contact's
    BOOST_TEST(f.service->stats().size == size);
    f.define("other");
    auto const elsewhere = f.post("other", {test::item(waiver(f, "w6", "CL-001", seq, 60'000))}).results.at(0);
    BOOST_TEST((elsewhere.problem && elsewhere.problem->code == errc::invalid));
    BOOST_TEST((f.post(waiver(f, "w7", "CL-001", other, 60'000, R"("phone":"+15550100124",)")).status == ItemStatus::recorded));
    BOOST_TEST(found(f, "open").size() == 1U);
}

BOOST_AUTO_TEST_CASE(it_sees_a_finding_of_its_own_batch_and_a_retry_is_a_replay) {
    ServiceFixture f;
    f.open();
    Seq const next = f.service->stats().size;
    std::string const text = waiver(f, "w1", "CL-001", next, 60'000);
    auto const answer = f.post(
        "acme",
        {test::item(R"({"kind":"opt_in.agent","phone":"+15550100123","source":{"record":"r1"},"data":{}})"), test::item(text)});
    BOOST_TEST((answer.results[1].status == ItemStatus::recorded));
    BOOST_TEST((f.post(text).status == ItemStatus::replayed));
    BOOST_TEST(found(f, "waived").size() == 1U);
}

BOOST_AUTO_TEST_CASE(refused_opt_ins_are_not_counted_as_a_burst) {
    ServiceFixture f;
    need(f.try_open());
    auto const setting = f.post(R"({"kind":"account.defined","source":{"record":"d"},"data":{"enforce":true}})");
    BOOST_REQUIRE(!setting.problem);
    auto const opt_in = [&](int i, bool proven) {
        std::string const evidence =
            proven
                ? R"(,"evidence":[{"kind":"verbal_call","occurred_at":"2020-01-01T00:00:00Z","agent":"a","call":"c","words":"yes"}])"
                : "";
        return f.post(R"({"kind":"opt_in.agent","phone":"+1555010)" + std::to_string(1'000 + i) +
                      R"(","actor":{"kind":"agent","id":"a"},"source":{"record":"r)" + std::to_string(i) + R"("},"data":{})" +
                      evidence + "}");
    };
    for (int i = 0; i < 30; ++i) BOOST_TEST((opt_in(i, false).problem->code == errc::refused_by_policy));
    auto const has_burst = [](service::ItemResult const& result) {
        return std::any_of(result.findings.begin(), result.findings.end(),
                           [](consent::Finding const& one) { return one.id == "CL-077"; });
    };
    int bursts = 0;
    for (int i = 100; i < 119; ++i) bursts += has_burst(opt_in(i, true));
    BOOST_TEST(bursts == 0);
    BOOST_TEST(has_burst(opt_in(119, true)));
}

BOOST_AUTO_TEST_CASE(a_message_of_another_number_does_not_opt_a_contact_in_unseen) {
    ServiceFixture f;
    f.open();
    f.text("STOP", "m1");
    f.clock.advance(1'000);
    std::string const contact = to_hex(f.look().contact);
    auto const opt_in = [&](std::string const& record, std::string const& from) {
        return f.post(R"({"kind":"opt_in.inbound","contact":")" + contact + R"(","source":{"record":")" + record +
                      R"("},"data":{"message":"SM1"},"evidence":[{"kind":"inbound_sms","occurred_at":")" +
                      format_time(f.clock.now()) + R"(","body":"hi","message_id":"SM1","to":"12345","from":")" + from +
                      R"("}]})");
    };
    auto const says = [](service::ItemResult const& result, std::string_view id) {
        return std::any_of(result.findings.begin(), result.findings.end(),
                           [&](consent::Finding const& one) { return one.id == id; });
    };
    BOOST_TEST(says(opt_in("r1", "+15550100124"), "CL-020"));
    BOOST_TEST(!says(opt_in("r2", "+15550100123"), "CL-020"));
}

BOOST_AUTO_TEST_SUITE_END()
