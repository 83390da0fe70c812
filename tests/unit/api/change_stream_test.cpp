#include "api/line_blocks.hpp"
#include "ledger/core/limits.hpp"
#include "tests/unit/api/fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <sstream>

namespace cl::api {

using test::good_change;

namespace {

constexpr char const* target = "/v1/accounts/acme/changes";
constexpr char const* ndjson = "application/x-ndjson";

std::string lines_of(std::size_t count) {
    std::string body;
    for (std::size_t i = 0; i < count; ++i) {
        body += std::string(good_change) + "\n";
    }
    return body;
}

std::vector<json::Object> parsed_lines(Response const& response) {
    std::vector<json::Object> lines;
    std::istringstream text(response.body);
    for (std::string line; std::getline(text, line);) {
        lines.push_back(*json::parse(line, limits::http_body_bytes).value().as_object());
    }
    return lines;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(change_stream_test, test::Fixture)

BOOST_AUTO_TEST_CASE(results_are_keyed_by_their_place_and_blank_lines_have_none) {
    std::string const body = std::string(good_change) + "\n\n  \n{broken\n" + good_change;
    auto const lines = parsed_lines(ask(Method::post, target, "writer", body, ndjson));
    BOOST_REQUIRE(lines.size() == 4u);
    for (std::size_t i = 0; i < 3; ++i) {
        BOOST_TEST(*lines[i].find("index")->as_int() == static_cast<std::int64_t>(i));
    }
    BOOST_TEST(lines[1].string("status") == "refused");
    BOOST_TEST(lines[2].string("correlation_id") == "42");
    BOOST_TEST(lines[3].string("checkpoint") == "note");
}

BOOST_AUTO_TEST_CASE(a_correlation_id_is_given_back_as_far_as_it_goes_in_whole_characters) {
    std::string const most(limits::id_chars - 1, 'a');
    std::string const body = R"({"correlation_id":")" + most + "\u00e9\"}\n" + R"({"correlation_id":")" + most + "zz\"}";
    Response const response = ask(Method::post, target, "writer", body, ndjson);
    BOOST_TEST(json::valid_utf8(response.body));
    auto const lines = parsed_lines(response);
    BOOST_REQUIRE(lines.size() == 3u);
    BOOST_TEST(lines[0].string("correlation_id") == most);
    BOOST_TEST(lines[1].string("correlation_id") == most + "z");
}

BOOST_AUTO_TEST_CASE(a_long_stream_is_recorded_in_steps_whose_keys_go_on) {
    std::size_t const count = limits::stream_full_items + 2 * limits::stream_step_items + 1;
    auto const lines = parsed_lines(ask(Method::post, target, "writer", lines_of(count), ndjson));
    BOOST_REQUIRE(lines.size() == count + 1);
    BOOST_TEST(*lines[count - 1].find("index")->as_int() == static_cast<std::int64_t>(count - 1));
    BOOST_REQUIRE(service.asked.size() == 4u);
    std::size_t first = 0;
    for (service::AppendRequest const& request : service.asked) {
        BOOST_TEST(request.first_index == first);
        BOOST_TEST(request.items.size() <= limits::stream_step_items);
        first += request.items.size();
    }
    BOOST_TEST(first == count);
}

BOOST_AUTO_TEST_CASE(full_receipts_for_a_hundred_and_steps_that_are_no_longer) {
    auto const few = parsed_lines(ask(Method::post, target, "writer", lines_of(limits::stream_full_items), ndjson));
    BOOST_TEST(few.front().contains("receipt"));
    BOOST_TEST(few[limits::stream_full_items - 1].contains("receipt"));
    service.asked.clear();
    std::string const full = std::string(target) + "?receipt=full";
    std::size_t const count = limits::full_receipts + 1;  // more than an array may ask for
    auto const lines = parsed_lines(ask(Method::post, full, "writer", lines_of(count), ndjson));
    BOOST_TEST(lines.size() == count + 1);
    BOOST_TEST(lines[count - 1].contains("receipt"));
    for (service::AppendRequest const& request : service.asked) {
        BOOST_TEST(request.items.size() <= limits::stream_full_items);
    }
}

BOOST_AUTO_TEST_CASE(nothing_to_record_is_refused) {
    for (char const* const body : {"", "\n", " \r\n\t\n"}) {
        BOOST_TEST(ask(Method::post, target, "writer", body, ndjson).status == 422);
    }
    BOOST_TEST(ask(Method::post, std::string(target) + "?receipt=some", "writer", lines_of(1), ndjson).status == 422);
    BOOST_TEST(ask(Method::post, std::string(target) + "?recipe=full", "writer", lines_of(1), ndjson).status == 422);
    BOOST_TEST(service.asked.empty());
}

BOOST_AUTO_TEST_CASE(a_line_that_is_too_long_is_refused_in_its_place) {
    std::string const body =
        std::string(good_change) + "\n" + std::string(limits::stream_line_bytes + 10, '1') + "\n" + good_change;
    auto const lines = parsed_lines(ask(Method::post, target, "writer", body, ndjson));
    BOOST_REQUIRE(lines.size() == 4u);
    BOOST_TEST(lines[1].find("problem")->as_object()->string("code") == "too_large");
    BOOST_TEST(lines[2].string("status") == "recorded");
}

BOOST_AUTO_TEST_CASE(what_fails_before_the_first_result_is_a_problem_and_later_a_last_line) {
    service.whole_failure = fail(errc::writer_stopped, "A write failed: secret.");
    BOOST_TEST(ask(Method::post, target, "writer", lines_of(2'500), ndjson).status == 503);
    service.good_appends = 2;
    Response const broken = ask(Method::post, target, "writer", lines_of(2'500), ndjson);
    BOOST_TEST(broken.status == 200);
    auto const lines = parsed_lines(broken);
    std::size_t const recorded = limits::stream_full_items + limits::stream_step_items;
    BOOST_REQUIRE(lines.size() == recorded + 1);
    BOOST_TEST(*lines.back().find("index")->as_int() == static_cast<std::int64_t>(recorded));
    BOOST_TEST(lines.back().find("problem")->as_object()->string("code") == "writer_stopped");
    BOOST_TEST(!lines.back().contains("checkpoint"));
    BOOST_TEST(broken.body.find("secret") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::api
