#include "tests/unit/api/fixture.hpp"

#include <boost/test/unit_test.hpp>

namespace cl::api {

using test::good_change;

BOOST_FIXTURE_TEST_SUITE(handlers_test, test::Fixture)

BOOST_AUTO_TEST_CASE(one_change_is_answered_bare) {
    Response const response = ask(Method::post, "/v1/accounts/acme/changes", "writer", good_change);
    BOOST_TEST(response.status == 201);
    json::Object const body = parsed(response);
    BOOST_TEST(body.string("status") == "recorded");
    BOOST_TEST(body.string("correlation_id") == "42");
    BOOST_TEST(*body.find("seq")->as_int() == 7);
    BOOST_TEST(body.find("receipt")->as_object()->string("proof") == "proof");
    BOOST_TEST(service.asked.front().account == "acme");
}

BOOST_AUTO_TEST_CASE(a_replay_is_200_and_a_refusal_a_problem) {
    service.status = service::ItemStatus::replayed;
    BOOST_TEST(ask(Method::post, "/v1/accounts/acme/changes", "writer", good_change).status == 200);
    Response const refused = ask(Method::post, "/v1/accounts/acme/changes", "writer", R"({"kind":"nothing"})");
    BOOST_TEST(refused.status == 422);
    BOOST_TEST(refused.content_type == "application/problem+json");
}

BOOST_AUTO_TEST_CASE(an_array_keeps_the_places_of_faults) {
    std::string const body = std::string("[") + good_change + ",{\"kind\":1}," + good_change + "]";
    Response const response = ask(Method::post, "/v1/accounts/acme/changes", "writer", body);
    BOOST_TEST(response.status == 200);
    json::Object const answer = parsed(response);
    json::Array const& results = *answer.find("results")->as_array();
    BOOST_REQUIRE(results.size() == 3u);
    BOOST_TEST(results[0].as_object()->string("status") == "recorded");
    BOOST_TEST(results[1].as_object()->string("status") == "refused");
    BOOST_TEST(results[2].as_object()->string("status") == "recorded");
    BOOST_TEST(answer.string("checkpoint") == "note");
}

BOOST_AUTO_TEST_CASE(lines_are_answered_by_lines_and_a_checkpoint) {
    std::string const body = std::string(good_change) + "\r\n\n{broken\n" + good_change;
    Response const response = ask(Method::post, "/v1/accounts/acme/changes", "writer", body, "application/x-ndjson");
    BOOST_TEST(response.content_type == "application/x-ndjson");
    BOOST_TEST(std::count(response.body.begin(), response.body.end(), '\n') == 4);
    BOOST_TEST(response.body.find("\"malformed\"") != std::string::npos);
    BOOST_TEST(response.body.ends_with("{\"checkpoint\":\"note\"}\n"));
}

BOOST_AUTO_TEST_CASE(receipts_are_brief_above_a_hundred_items_unless_asked_for) {
    std::string body;
    for (int i = 0; i < 101; ++i) {
        body += std::string(good_change) + "\n";
    }
    Response const brief = ask(Method::post, "/v1/accounts/acme/changes", "writer", body, "application/x-ndjson");
    BOOST_TEST(brief.body.find("receipt") == std::string::npos);
    BOOST_TEST(brief.body.find("leaf_hash") != std::string::npos);
    Response const full = ask(Method::post, "/v1/accounts/acme/changes?receipt=full", "writer", body, "application/x-ndjson");
    BOOST_TEST(full.body.find("receipt") != std::string::npos);
    Response const none = ask(Method::post, "/v1/accounts/acme/changes?receipt=none", "writer", good_change);
    BOOST_TEST(none.body.find("leaf_hash") == std::string::npos);
    BOOST_TEST(ask(Method::post, "/v1/accounts/acme/changes?receipt=some", "writer", good_change).status == 422);
}

BOOST_AUTO_TEST_CASE(a_stopped_writer_is_503_with_retry_after) {
    service.whole_failure = fail(errc::writer_stopped, "A write failed.");
    Response const response = ask(Method::post, "/v1/accounts/acme/changes", "writer", good_change);
    BOOST_TEST(response.status == 503);
    BOOST_TEST((response.headers.front() == std::pair<std::string, std::string>("Retry-After", "1")));
}

BOOST_AUTO_TEST_CASE(an_inbound_message_gets_class_and_reply) {
    std::string const message = R"({"from":"+15550100101","to":"+15550100199","body":"HELP","message_id":"m"})";
    Response const response = ask(Method::post, "/v1/accounts/acme/inbound", "writer", message);
    BOOST_TEST(response.status == 200);
    json::Object const body = parsed(response);
    BOOST_TEST(body.string("class") == "help");
    BOOST_TEST(body.find("reply")->as_object()->string("text") == "reply");
    service.ignored = true;
    BOOST_TEST(ask(Method::post, "/v1/accounts/acme/inbound", "writer", message).status == 202);
    BOOST_TEST(ask(Method::post, "/v1/accounts/acme/inbound", "writer", "{}").status == 422);
    BOOST_TEST(ask(Method::post, "/v1/accounts/acme/inbound", "auditor", message).status == 403);
}

BOOST_AUTO_TEST_CASE(pages_name_the_next_one) {
    Response const response = ask(Method::get, "/v1/accounts/acme/changes?kind=opt_out.stop&limit=5", "auditor");
    BOOST_TEST(response.status == 200);
    BOOST_TEST((response.headers.back() ==
                std::pair<std::string, std::string>(
                    "Link", "</v1/accounts/acme/changes?kind=opt_out.stop&limit=5&cursor=next/5>; rel=\"next\"")));
}

BOOST_AUTO_TEST_CASE(filters_that_are_none_are_refused) {
    for (std::string_view const query : {"limit=0", "limit=1001", "limit=5x", "limit=1&limit=2", "kind=x", "colour=red",
                                         "since=today", "after=-1", "after=3&order=newest", "order=up"}) {
        BOOST_TEST_CONTEXT(query) {
            BOOST_TEST(ask(Method::get, "/v1/accounts/acme/changes?" + std::string(query), "auditor").status == 422);
        }
    }
    for (std::string_view const query :
         {"since=2026-11-23T00:00:00Z", "after=3", "kind=opt_out.stop&kind=opt_out.agent", "actor=a"}) {
        BOOST_TEST_CONTEXT(query) {
            BOOST_TEST(ask(Method::get, "/v1/accounts/acme/changes?" + std::string(query), "auditor").status == 200);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_failing_look_up_is_logged_and_not_told) {
    Response const response = ask(Method::get, "/v1/accounts/acme/findings", "auditor");
    BOOST_TEST(response.status == 500);
    BOOST_TEST(response.body.find("SELECT") == std::string::npos);
    BOOST_TEST(log.find("SELECT") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(entries_carry_a_strong_tag) {
    Response const response = ask(Method::get, "/v1/entries/3", "writer");
    BOOST_TEST(response.status == 200);
    BOOST_TEST(response.body == "{\"seq\":3}");
    BOOST_TEST(response.headers.front().first == "ETag");
    for (std::string_view const seq : {"x", "-1", "03", "9999999999999999999999", "1.0"}) {
        BOOST_TEST(ask(Method::get, "/v1/entries/" + std::string(seq), "writer").status == 404);
    }
}

BOOST_AUTO_TEST_CASE(readiness_says_why_not) {
    BOOST_TEST(ask(Method::get, "/readyz").status == 200);
    service.not_ready = fail(errc::not_ready, "rebuilding: 10 of 20");
    Response const response = ask(Method::get, "/readyz");
    BOOST_TEST(response.status == 503);
    BOOST_TEST(response.body.find("10 of 20") != std::string::npos);
    BOOST_TEST(ask(Method::get, "/livez").status == 200);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::api
