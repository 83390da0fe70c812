#include "api/handlers/change_events.hpp"

#include "ledger/core/limits.hpp"
#include "tests/unit/api/fixture.hpp"

#include <boost/test/unit_test.hpp>

namespace cl::api {

namespace {

constexpr char const* target = "/v1/accounts/acme/changes";
constexpr char const* single = "application/cloudevents+json";
constexpr char const* batch = "application/cloudevents-batch+json";
constexpr char const* item = R"({"kind":"contact.added","phone":"+15550100101","data":{"origin":"manual"}})";
constexpr char const* opt_out = R"({"kind":"opt_out.agent","phone":"+15550100101"})";

std::string event(std::string const& data, std::string const& more = {},
                  std::string const& type = "com.consent-ledger.change") {
    return R"({"specversion":"1.0","id":"e-1","source":"/crm/eu","type":")" + type + "\"" + more +
           (data.empty() ? "" : ",\"data\":" + data) + "}";
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(change_events_test, test::Fixture)

BOOST_AUTO_TEST_CASE(an_event_is_one_change_with_a_key_of_its_own) {
    Response const response =
        ask(Method::post, target, "writer",
            event(item, R"(,"time":"2026-11-23T10:00:00+01:00","correlationid":"42","traceparent":"x","sequence":1)"), single);
    BOOST_TEST(response.status == 201);
    BOOST_TEST(parsed(response).string("correlation_id") == "42");
    service::AppendItem const& taken = service.asked.front().items.front();
    BOOST_TEST(taken.event == "/crm/eu\ne-1");
    BOOST_TEST(format_time(*taken.change->occurred_at) == "2026-11-23T09:00:00.000Z");
}

BOOST_AUTO_TEST_CASE(what_the_item_says_itself_stands) {
    std::string const own = R"({"kind":"contact.added","phone":"+15550100101","occurred_at":"2026-11-20T10:00:00Z",)"
                            R"("source":{"record":"r-1"},"data":{"origin":"manual"},"correlation_id":"own"})";
    ask(Method::post, target, "writer", event(own, R"(,"time":"2026-11-23T10:00:00Z","correlationid":"42")"), single);
    service::AppendItem const& taken = service.asked.front().items.front();
    BOOST_TEST(format_time(*taken.change->occurred_at) == "2026-11-20T10:00:00.000Z");
    BOOST_TEST(taken.change->posted_record == "r-1");
    BOOST_TEST(taken.correlation_id == "own");
}

BOOST_AUTO_TEST_CASE(a_batch_is_answered_like_an_array) {
    std::string const body = "[" + event(item) + "," + event("{}") + "," + event(item, {}, "com.example.other") + "]";
    Response const response = ask(Method::post, target, "writer", body, batch);
    BOOST_TEST(response.status == 200);
    json::Object const answer = parsed(response);
    json::Array const& results = *answer.find("results")->as_array();
    BOOST_REQUIRE(results.size() == 3u);
    auto const pointer = [&](std::size_t i) {
        json::Object const& problem = *results[i].as_object()->find("problem")->as_object();
        return std::string(problem.find("errors")->as_array()->front().as_object()->string("pointer"));
    };
    BOOST_TEST(results[0].as_object()->string("status") == "recorded");
    BOOST_TEST(pointer(1) == "/data/kind");
    BOOST_TEST(pointer(2) == "/type");
    BOOST_TEST(*results[2].as_object()->find("index")->as_int() == 2);
}

BOOST_AUTO_TEST_CASE(one_event_and_a_batch_are_not_taken_for_each_other) {
    BOOST_TEST(ask(Method::post, target, "writer", "[" + event(item) + "]", single).status == 422);
    BOOST_TEST(ask(Method::post, target, "writer", event(item), batch).status == 422);
    BOOST_TEST(ask(Method::post, target, "writer", "[]", batch).status == 422);
    BOOST_TEST(ask(Method::post, target, "writer", "{", single).status == 400);
    BOOST_TEST(service.asked.empty());
}

BOOST_AUTO_TEST_CASE(events_without_a_change_are_refused) {
    for (std::string const& body : {event({}), event("[]"), event("\"text\""), event(item, R"(,"time":"today")"),
                                    event(item, R"(,"specversion":"0.3")"), event(item, {}, "x")}) {
        BOOST_TEST_CONTEXT(body) {
            int const status = ask(Method::post, target, "writer", body, single).status;
            BOOST_TEST((status == 422 || status == 400));
        }
    }
    BOOST_TEST(service.asked.empty());
}

BOOST_AUTO_TEST_CASE(a_subject_with_the_number_is_refused_but_never_an_opt_out) {
    std::string const subject = R"(,"subject":"tel:+1-555-010-0101")";
    Response const refused = ask(Method::post, target, "writer", event(item, subject), single);
    BOOST_TEST(refused.status == 422);
    BOOST_TEST(refused.body.find("\"/subject\"") != std::string::npos);
    BOOST_TEST(refused.body.find("0101") == std::string::npos);
    BOOST_TEST(ask(Method::post, target, "writer", event(opt_out, subject), single).status == 201);
    BOOST_TEST(ask(Method::post, target, "writer", event(item, R"(,"subject":"contact 12")"), single).status == 201);
}

BOOST_AUTO_TEST_CASE(binary_mode_has_its_attributes_in_header_fields) {
    CloudEventFields const fields = {{"specversion", "1.0"},
                                     {"id", "e-2"},
                                     {"source", "/crm"},
                                     {"type", "com.consent-ledger.change"},
                                     {"time", "2026-11-23T10:00:00Z"}};
    Response const response = ask(Method::post, target, "writer", item, "application/json", {}, fields);
    BOOST_TEST(response.status == 201);
    service::AppendItem const& taken = service.asked.front().items.front();
    BOOST_TEST(taken.event == "/crm\ne-2");
    BOOST_TEST(taken.change->occurred_at.has_value());
    // The body is the data: pointers are its own.
    Response const refused = ask(Method::post, target, "writer", R"({"kind":"nothing"})", "application/json", {}, fields);
    BOOST_TEST(refused.body.find("\"pointer\":\"/kind\"") != std::string::npos);
    CloudEventFields const half = {{"id", "e-2"}};
    BOOST_TEST(ask(Method::post, target, "writer", item, "application/json", {}, half).status == 422);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::api
