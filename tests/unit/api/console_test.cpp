// What the auditor's page asks for besides what every program does: its own files, who a token is, the days, entries as CSV.
#include "api/console/assets.hpp"
#include "api/handlers/changes_csv.hpp"
#include "ledger/core/limits.hpp"
#include "tests/unit/api/fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace cl::api {

namespace {

std::string header(Response const& response, std::string_view name) {
    auto const found =
        std::find_if(response.headers.begin(), response.headers.end(), [&](auto const& one) { return one.first == name; });
    return found == response.headers.end() ? std::string() : found->second;
}

service::EntryView view_of(Entry const& entry) {
    service::EntryView view;
    view.seq = entry.seq;
    auto const bytes = encode(entry);
    BOOST_REQUIRE(bytes.has_value());
    view.bytes = *bytes;
    return view;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(console_test, test::Fixture)

BOOST_AUTO_TEST_CASE(the_door_is_open_with_and_without_the_page) {
    Response const root = ask(Method::get, "/");
    BOOST_TEST(root.status == 200);
    BOOST_TEST(root.content_type == (console::assets().empty() ? "text/plain; charset=utf-8" : "text/html; charset=utf-8"));
    BOOST_TEST(ask(Method::get, "/console/nothing.js").status == 404);
    BOOST_TEST(ask(Method::get, "/console/").status == 404);
}

BOOST_AUTO_TEST_CASE(every_file_comes_with_the_policy_and_may_be_kept) {
    for (console::Asset const& asset : console::assets()) {
        Response const response = ask(Method::get, asset.path);
        BOOST_TEST(response.status == 200);
        BOOST_TEST(response.body == asset.bytes);
        BOOST_TEST(header(response, "Content-Security-Policy").starts_with("default-src 'none'; script-src 'self';"));
        BOOST_TEST(header(response, "Content-Security-Policy").find("unsafe") == std::string::npos);
        BOOST_TEST(header(response, "X-Frame-Options") == "DENY");
        BOOST_TEST(header(response, "Permissions-Policy").find("camera=()") != std::string::npos);
        BOOST_TEST(header(response, "Cache-Control").ends_with(asset.path == "/" ? "no-cache" : "immutable"));
        BOOST_TEST(header(response, "ETag") == "\"" + std::string(asset.hash) + "\"");
    }
}

BOOST_AUTO_TEST_CASE(a_token_is_told_what_it_is) {
    json::Object const writer = parsed(ask(Method::get, "/v1/whoami", "writer"));
    BOOST_TEST(writer.string("role") == "writer");
    BOOST_TEST(writer.string("origin") == "ledger.example.com");
    BOOST_TEST(*writer.find("accounts")->as_array()->at(0).as_string() == "acme");
    BOOST_TEST(*parsed(ask(Method::get, "/v1/whoami", "everything")).find("accounts")->as_array()->at(0).as_string() == "*");
    BOOST_TEST(ask(Method::get, "/v1/whoami").status == 401);
    BOOST_TEST(ask(Method::get, "/v1/whoami", "nobody").status == 401);
    BOOST_TEST(ask(Method::get, "/v1/whoami?as=admin", "writer").status == 422);
}

BOOST_AUTO_TEST_CASE(every_day_is_there_oldest_first) {
    json::Object const answer = parsed(ask(Method::get, "/v1/accounts/acme/activity?days=3", "auditor"));
    json::Array const& days = *answer.find("days")->as_array();
    BOOST_REQUIRE(days.size() == 3u);
    BOOST_TEST(*days[0].as_object()->find("entries")->as_int() == 5);
    BOOST_TEST(*days[0].as_object()->find("opt_outs")->as_int() == 2);
    BOOST_TEST(*days[2].as_object()->find("entries")->as_int() == 0);
    BOOST_TEST(days[0].as_object()->string("day") < days[2].as_object()->string("day"));
    BOOST_TEST(days[2].as_object()->string("day") == format_time(clock.now()).substr(0, 10));
    BOOST_TEST(parsed(ask(Method::get, "/v1/accounts/acme/activity", "auditor")).find("days")->as_array()->size() == 30u);
    for (char const* wrong : {"days=0", "days=367", "days=x", "day=3", "days=1&days=2"}) {
        BOOST_TEST(ask(Method::get, std::string("/v1/accounts/acme/activity?") + wrong, "auditor").status == 422, wrong);
    }
    BOOST_TEST(ask(Method::get, "/v1/accounts/acme/activity", "writer").status == 403);
}

BOOST_AUTO_TEST_CASE(open_findings_are_counted_by_severity) {
    json::Object const answer = parsed(ask(Method::get, "/v1/accounts/acme/findings/summary", "auditor"));
    json::Object const& open = *answer.find("open")->as_object();
    BOOST_TEST(*open.find("info")->as_int() == 0);
    BOOST_TEST(*open.find("critical")->as_int() == 4);
    BOOST_TEST(*answer.find("complete")->as_bool());
    BOOST_TEST(ask(Method::get, "/v1/accounts/acme/findings/summary?status=all", "auditor").status == 422);
    BOOST_TEST(ask(Method::get, "/v1/accounts/acme/findings/summary", "writer").status == 403);
}

BOOST_AUTO_TEST_CASE(entries_as_csv_have_a_line_each_under_one_header) {
    Entry bare;
    bare.kind = "ledger.created";
    Entry full;
    full.seq = 7;
    full.account = "acme";
    full.account_seq = 3;
    full.kind = "list.added";
    full.actor = Actor{"agent", "agent-7"};
    full.source = Source{"crm", "chg-1", "t_1"};
    full.to = "+15550199999";
    full.state = StateAfter{true, false, Level::informational, ListChange{"promo", true}};
    service::Page<service::EntryView> page;
    page.items = {view_of(bare), view_of(full)};
    page.next_cursor = "more";
    Request request;
    request.path = "/v1/accounts/acme/changes";
    auto const response = handlers::csv_page(request, page);
    BOOST_REQUIRE(response.has_value());
    BOOST_TEST(response->content_type.starts_with("text/csv"));
    BOOST_TEST(response->body.starts_with("seq,account_seq,recorded_at,"));
    BOOST_TEST(std::count(response->body.begin(), response->body.end(), '\n') == 3);
    BOOST_TEST(
        response->body.find("\r\n7,3,1970-01-01T00:00:00.000Z,,list.added,,,agent,agent-7,crm,chg-1,t_1,,tel:+15550199999,"
                            "true,false,informational,promo,true,,,") != std::string::npos);
    BOOST_TEST(header(*response, "Link").find("cursor=more") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::api
