// Rates of tokens, and what is counted of failed authentications.
#include "api/auth_audit.hpp"
#include "api/handlers/change_events.hpp"
#include "api/rate_limit.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/unit/api/fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <sstream>

namespace cl::api {

namespace {

std::string header(Response const& response, std::string_view name) {
    for (auto const& [key, value] : response.headers) {
        if (key == name) return value;
    }
    return {};
}

struct Limited {
    explicit Limited(std::size_t per_second, std::size_t burst) {
        App::Options options;
        options.rate = {per_second, burst};
        app.emplace(
            service, clock, [this](std::string_view line) { log.emplace_back(line); }, std::move(options));
    }
    /// The status of an admission, with its headers.
    Response ask(std::string token, Method method = Method::get, std::string path = "/v1/accounts/acme/changes",
                 std::string remote = "192.0.2.7") {
        Request request;
        request.method = method;
        request.path = std::move(path);
        request.remote = std::move(remote);
        if (!token.empty()) request.authorization = "Bearer " + token;
        auto admitted = app->admit(request);
        if (admitted.has_error()) return std::move(admitted).error();
        Response response;
        app->describe_rate(admitted->principal.token, response);
        return response;
    }

    test::FakeService service;
    ::cl::test::FakeClock clock;
    std::vector<std::string> log;
    std::optional<App> app;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(limits_test)

BOOST_AUTO_TEST_CASE(a_token_has_its_burst_and_then_its_rate_and_is_told_so) {
    Limited f(2, 4);
    BOOST_TEST(header(f.ask("auditor@acme"), "RateLimit-Policy") == "\"default\";q=4;w=2");
    BOOST_TEST(header(f.ask("auditor@acme"), "RateLimit") == "\"default\";r=2;t=1");
    BOOST_TEST(f.ask("auditor@acme").status == 200);
    BOOST_TEST(header(f.ask("auditor@acme"), "RateLimit") == "\"default\";r=0;t=1");
    Response const refused = f.ask("auditor@acme");
    BOOST_TEST(refused.status == 429);
    BOOST_TEST(test::Fixture::parsed(refused).string("code") == "quota_exceeded");
    BOOST_TEST(test::Fixture::parsed(refused).find("violated-policies")->as_array()->size() == 1U);
    BOOST_TEST(header(refused, "Retry-After") == "1");
    BOOST_TEST(header(refused, "RateLimit") == "\"default\";r=0;t=1");
    BOOST_TEST(f.ask("auditor@*").status == 200);  // another token has its own
    f.clock.advance(499);
    BOOST_TEST(f.ask("auditor@acme").status == 429);
    f.clock.advance(1);
    BOOST_TEST(f.ask("auditor@acme").status == 200);
    BOOST_TEST(f.ask("auditor@acme").status == 429);
    f.clock.advance(3'600'000);
    BOOST_TEST(header(f.ask("auditor@acme"), "RateLimit") == "\"default\";r=3;t=1");
}

BOOST_AUTO_TEST_CASE(what_is_forbidden_counts_and_is_told_the_rate_and_nobody_is_told_nothing) {
    Limited f(1, 2);
    Response const forbidden = f.ask("writer@acme");
    BOOST_TEST(forbidden.status == 403);
    BOOST_TEST(header(forbidden, "RateLimit") == "\"default\";r=1;t=1");
    BOOST_TEST(header(forbidden, "WWW-Authenticate") == "Bearer realm=\"consent-ledger\", error=\"insufficient_scope\"");
    BOOST_TEST(header(f.ask(""), "WWW-Authenticate") == "Bearer realm=\"consent-ledger\"");
    Response const revoked = f.ask("revoked");
    BOOST_TEST(header(revoked, "WWW-Authenticate") == "Bearer realm=\"consent-ledger\", error=\"invalid_token\"");
    BOOST_TEST(header(revoked, "RateLimit").empty());
    BOOST_TEST(header(f.ask("", Method::get, "/checkpoint"), "RateLimit").empty());
}

BOOST_AUTO_TEST_CASE(an_inbound_message_is_taken_over_the_limit) {
    Limited f(1, 2);
    for (int i = 0; i < 50; ++i) {
        BOOST_TEST(f.ask("writer@acme", Method::post, "/v1/accounts/acme/inbound").status == 200);
    }
    Response const refused = f.ask("writer@acme", Method::get, "/v1/accounts/acme/obligations");
    BOOST_TEST(refused.status == 429);
    // Never more than one burst is owed.
    BOOST_TEST(header(refused, "Retry-After") == "3");
    f.clock.advance(3'000);
    BOOST_TEST(f.ask("writer@acme", Method::get, "/v1/accounts/acme/obligations").status == 200);
}

BOOST_AUTO_TEST_CASE(a_change_over_the_limit_is_taken_if_it_is_an_opt_out_or_a_block) {
    Limited f(1, 1);
    auto const post = [&](std::string body, std::string type = "application/json") {
        Request request;
        request.method = Method::post;
        request.path = "/v1/accounts/acme/changes";
        request.content_type = std::move(type);
        request.authorization = "Bearer writer@acme";
        request.body = std::move(body);
        auto admitted = f.app->admit(request);
        BOOST_REQUIRE(admitted.has_value());
        std::promise<Response> promise;
        f.app->handle(std::move(*admitted), std::move(request), [&](Response made) { promise.set_value(std::move(made)); });
        return promise.get_future().get().status;
    };
    auto const item = [](std::string const& kind, std::string const& data = "{}") {
        return R"({"kind":")" + kind + R"(","phone":"+15550100101","source":{"record":"r"},"data":)" + data + "}";
    };
    BOOST_TEST(post(item("opt_in.agent")) == 201);
    for (int i = 0; i < 3; ++i) {
        BOOST_TEST(post(item("opt_in.agent")) == 429);
        BOOST_TEST(post(item("opt_out.agent")) == 201);
        BOOST_TEST(post(item("contact.blocked")) == 201);
        BOOST_TEST(post(item("opt_out.request", R"({"via":"phone"})")) == 201);
        BOOST_TEST(post("[" + item("opt_in.agent") + "," + item("opt_in.agent") + "]") == 429);
        BOOST_TEST(post("[" + item("opt_in.agent") + "," + item("opt_out.agent") + "]") == 200);
        BOOST_TEST(post("{") == 400);
        BOOST_TEST(post(item("contact.unblocked")) == 429);
        // However large, and as an event.
        std::string many = "[";
        for (int n = 0; n < 1'000; ++n) many += item("opt_in.agent") + ",";
        BOOST_TEST(post(many + item("opt_in.agent") + "]") == 429);
        BOOST_TEST(post(many + item("contact.blocked") + "]") == 200);
        auto const event = [&](std::string const& kind) {
            return R"({"specversion":"1.0","id":"1","source":"/crm","type":")" + std::string(handlers::change_event_type) +
                   R"(","data":)" + item(kind) + "}";
        };
        BOOST_TEST(post(event("opt_in.agent"), "application/cloudevents+json") == 429);
        BOOST_TEST(post(event("opt_out.agent"), "application/cloudevents+json") == 201);
    }
}

BOOST_AUTO_TEST_CASE(lines_over_the_limit_are_refused_in_their_place_but_for_those_that_come_with_an_opt_out) {
    Limited f(1, 1);
    auto const line = [](std::string const& kind, std::size_t n) {
        return R"({"kind":")" + kind + R"(","phone":"+15550100101","correlation_id":"c)" + std::to_string(n) +
               R"(","source":{"record":"r"},"data":{}})" + "\n";
    };
    Request request;
    request.method = Method::post;
    request.path = "/v1/accounts/acme/changes";
    request.content_type = "application/x-ndjson";
    request.authorization = "Bearer writer@acme";
    static_cast<void>(f.ask("writer@acme", Method::post));
    // A step without an opt-out, one with, one without.
    std::size_t const first = limits::stream_full_items;
    std::size_t const step = limits::stream_step_items;
    std::size_t const count = first + 2 * step;
    for (std::size_t n = 0; n < count; ++n) request.body += line(n == first + 7 ? "opt_out.agent" : "opt_in.agent", n);
    auto admitted = f.app->admit(request);
    BOOST_REQUIRE(admitted.has_value());
    BOOST_TEST(admitted->over_rate);
    std::promise<Response> promise;
    f.app->handle(std::move(*admitted), std::move(request), [&](Response made) { promise.set_value(std::move(made)); });
    Response const made = promise.get_future().get();
    BOOST_TEST(made.status == 200);
    std::istringstream text(made.body);
    std::string one;
    for (std::size_t n = 0; n < count; ++n) {
        BOOST_REQUIRE(std::getline(text, one));
        json::Object const result = *json::parse(one, limits::http_body_bytes).value().as_object();
        BOOST_REQUIRE(*result.find("index")->as_int() == static_cast<std::int64_t>(n));
        BOOST_REQUIRE(result.string("status") == (n < first || n >= first + step ? "refused" : "recorded"));
        if (result.string("status") == "refused") {
            BOOST_REQUIRE(result.find("problem")->as_object()->string("code") == "quota_exceeded");
            BOOST_REQUIRE(result.string("correlation_id") == "c" + std::to_string(n));
        }
    }
    BOOST_REQUIRE(std::getline(text, one));
    BOOST_TEST(one.starts_with("{\"checkpoint\":"));
    BOOST_REQUIRE(f.service.asked.size() == 1U);
    BOOST_TEST(f.service.asked[0].first_index == first);  // a retry under one key finds each line in its place
    BOOST_TEST(f.service.asked[0].items.size() == step);
}

BOOST_AUTO_TEST_CASE(an_account_that_cannot_be_is_a_404_that_names_the_token) {
    Limited f(10, 10);
    Response const response = f.ask("everything", Method::get, "/v1/accounts/No_Such/changes");
    BOOST_TEST(response.status == 404);
    BOOST_TEST(response.token == "t");
}

BOOST_AUTO_TEST_CASE(a_large_request_costs_a_hundredth_of_its_items) {
    BOOST_TEST(RateLimit::price_of(0) == 1U);
    BOOST_TEST(RateLimit::price_of(100) == 1U);
    BOOST_TEST(RateLimit::price_of(101) == 2U);
    BOOST_TEST(RateLimit::price_of(100'000) == 1'000U);
    Limited f(10, 100);
    service::Principal const principal{"auditor@acme", consent::Role::auditor, {"acme"}};
    BOOST_TEST(f.ask("auditor@acme").status == 200);
    f.app->charge(principal, 100);
    BOOST_TEST(header(f.ask("auditor@acme"), "RateLimit") == "\"default\";r=98;t=1");
    f.app->charge(principal, 5'001);  // 51, of which one was taken
    BOOST_TEST(header(f.ask("auditor@acme"), "RateLimit") == "\"default\";r=47;t=6");
    f.app->charge(principal, 100'000);
    Response const refused = f.ask("auditor@acme");
    BOOST_TEST(refused.status == 429);
    BOOST_TEST(header(refused, "Retry-After") == "11");
}

BOOST_AUTO_TEST_CASE(without_a_rate_nothing_is_refused_and_nothing_is_said_of_one) {
    Limited f(0, 1);
    for (int i = 0; i < 50; ++i) BOOST_TEST(f.ask("auditor@acme").status == 200);
    BOOST_TEST(header(f.ask("auditor@acme"), "RateLimit").empty());
}

BOOST_AUTO_TEST_CASE(buckets_are_bounded_and_a_token_in_use_is_not_forgotten) {
    RateLimit rate({1, 2});
    BOOST_TEST(rate.take("busy", 0, false));
    BOOST_TEST(rate.take("busy", 0, false));
    for (std::size_t i = 0; i < 2 * limits::rate_clients; ++i) BOOST_TEST(rate.take("t" + std::to_string(i), 0, false));
    BOOST_TEST(!rate.take("busy", 0, false));
}

BOOST_AUTO_TEST_CASE(failures_of_an_address_are_one_line_a_minute_without_the_address) {
    std::vector<std::string> lines;
    AuthAudit audit({}, [&](std::string_view line) { lines.emplace_back(line); });
    for (int i = 0; i < 3; ++i) BOOST_TEST(audit.failed("192.0.2.7", Rejection::unknown, "k3v9", 1'000) == 0);
    BOOST_TEST(audit.failed("192.0.2.7", Rejection::forbidden, "abcd", 2'000) == 0);
    BOOST_TEST(audit.failed("2001:db8::/64", Rejection::missing, "", 2'000) == 0);
    BOOST_TEST(audit.failed("", Rejection::missing, "", 2'000) == 0);
    audit.tick(60'999);
    BOOST_TEST(lines.empty());
    audit.tick(61'000);
    BOOST_REQUIRE(lines.size() == 1U);
    BOOST_TEST(lines[0].starts_with("rejected from="));
    BOOST_TEST(lines[0].find("192.0.2.7") == std::string::npos);
    BOOST_TEST(lines[0].find(" unknown=3 forbidden=1 tokens=abcd,k3v9") != std::string::npos);
    audit.flush();
    BOOST_REQUIRE(lines.size() == 2U);
    BOOST_TEST(lines[1].find(" missing=1") != std::string::npos);
    BOOST_TEST(lines[1].find("2001") == std::string::npos);
    AuthAudit named({true, {}}, [&](std::string_view line) { lines.emplace_back(line); });
    static_cast<void>(named.failed("192.0.2.7", Rejection::malformed, "", 0));
    named.flush();
    BOOST_TEST(lines[2] == "rejected address=192.0.2.7 malformed=1");
}

BOOST_AUTO_TEST_CASE(an_address_that_fails_too_often_is_answered_429_until_its_minute_ends_and_others_are_not) {
    Limited f(1'000, 1'000);
    for (std::size_t i = 0; i < limits::auth_failures; ++i) BOOST_TEST(f.ask("nonsense").status == 401);
    f.clock.advance(20'000);
    Response const refused = f.ask("nonsense");
    BOOST_TEST(refused.status == 429);
    BOOST_TEST(test::Fixture::parsed(refused).string("code") == "abnormal_usage_detected");
    BOOST_TEST(header(refused, "Retry-After") == "40");
    BOOST_TEST(f.ask("").status == 429);
    BOOST_TEST(f.ask("nonsense", Method::get, "/v1/accounts/acme/changes", "192.0.2.8").status == 401);
    // A good token is taken all the same: proxies and networks share an address.
    BOOST_TEST(f.ask("auditor@acme").status == 200);
    BOOST_TEST(f.ask("writer@acme").status == 403);
    f.clock.advance(40'000);
    f.app->tick();
    BOOST_TEST(f.ask("nonsense").status == 401);
    BOOST_TEST(f.log.size() == 1U);
    std::string const metrics = f.app->metrics().text({}, true, 0);
    BOOST_TEST(metrics.find("consent_ledger_rejected_total{reason=\"unknown\"} 63\n") != std::string::npos);
    BOOST_TEST(metrics.find("consent_ledger_rejected_total{reason=\"missing\"} 1\n") != std::string::npos);
    BOOST_TEST(metrics.find("consent_ledger_rejected_total{reason=\"forbidden\"} 1\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(addresses_are_bounded_and_those_beyond_share_a_line_but_not_the_blame) {
    std::vector<std::string> lines;
    AuthAudit audit({}, [&](std::string_view line) { lines.emplace_back(line); });
    for (std::size_t i = 0; i < 2 * limits::rate_clients; ++i) {
        BOOST_TEST(audit.failed("a" + std::to_string(i), Rejection::missing, "", 0) == 0);
    }
    audit.flush();
    BOOST_TEST(lines.size() == limits::rate_clients + 1);
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_made_while_it_is_sent_ends_with_its_token) {
    struct Endless final : BodySource {
        void next(std::function<void(Result<Piece>)> done) override { done(Piece{"x", false}); }
    };
    Limited f(100, 100);
    Request request;
    request.method = Method::get;
    request.path = "/v1/accounts/acme/changes";
    request.authorization = "Bearer auditor@acme";
    auto admitted = f.app->admit(request);
    BOOST_REQUIRE(admitted.has_value());
    static Route const streaming{Method::get, "/v1/accounts/{account}/changes", {}, 0, [](Call call) {
                                     Response response;
                                     response.rest = std::make_shared<Endless>();
                                     call.respond(std::move(response));
                                 }};
    admitted->match.route = &streaming;
    App::Admitted again = *admitted;
    std::optional<Response> response;
    f.app->handle(std::move(*admitted), request, [&](Response made) { response = std::move(made); });
    BOOST_REQUIRE(response && response->rest);
    auto const piece = [&] {
        bool came = false;
        response->rest->next([&](Result<BodySource::Piece> one) { came = one.has_value(); });
        return came;
    };
    BOOST_TEST(piece());
    f.service.tokens_in_force = false;
    BOOST_TEST(!piece());
    // And a request whose body took longer than its token lived is not begun.
    f.app->handle(std::move(again), request, [&](Response made) { response = std::move(made); });
    BOOST_TEST(response->status == 401);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(tokens_test)

BOOST_FIXTURE_TEST_CASE(a_token_is_shown_without_its_secret_and_revoked_by_its_account_alone, test::Fixture) {
    auto const page = ask(Method::get, "/v1/accounts/acme/tokens", "admin@acme");
    BOOST_TEST(page.status == 200);
    BOOST_TEST(
        page.body ==
        R"({"data":[{"accounts":["acme"],"created_at":"1970-01-01T00:00:01.000Z","expires_at":"1970-01-01T00:00:09.000Z",)"
        R"("id":"t1","last_used_at":"1970-01-01T00:01:00.000Z","role":"writer"}],"has_more":true,"next_cursor":"t1"})");
    BOOST_TEST(ask(Method::get, "/v1/tokens?cursor=t1", "admin@*").body.find("\"has_more\":false") != std::string::npos);
    for (char const* const bad : {"?cursor=%20", "?limit=0", "?limit=1001", "?x=1"}) {
        BOOST_TEST(ask(Method::get, "/v1/tokens" + std::string(bad), "admin@*").status == 422);
    }
    auto const revoked = ask(Method::post, "/v1/accounts/acme/tokens/t1/revoke", "admin@acme");
    BOOST_TEST(revoked.status == 200);
    BOOST_TEST(parsed(revoked).string("revoked_at") == "1970-01-01T00:00:05.000Z");
    BOOST_TEST(ask(Method::post, "/v1/accounts/acme/tokens/t1/revoke", "admin@acme", "{}").status == 200);
    BOOST_TEST(ask(Method::post, "/v1/accounts/acme/tokens/t2/revoke", "admin@acme").status == 404);
    BOOST_TEST(ask(Method::post, "/v1/accounts/other/tokens/t1/revoke", "admin@other").status == 404);
    BOOST_TEST(ask(Method::post, "/v1/tokens/t1/revoke", "admin@*").status == 200);
    for (char const* const bad : {R"({"x":1})", "[]", "{"}) {
        int const status = ask(Method::post, "/v1/tokens/t1/revoke", "admin@*", bad).status;
        BOOST_TEST((status == 422 || status == 400));
    }
}

BOOST_FIXTURE_TEST_CASE(what_is_wished_of_a_token_is_read_strictly, test::Fixture) {
    auto const on_socket = [&](std::string path, std::string body) {
        Request request;
        request.method = Method::post;
        request.path = std::move(path);
        request.body = std::move(body);
        auto admitted = app.admit(request, Peer::admin_socket);
        BOOST_REQUIRE(admitted.has_value());
        std::promise<Response> promise;
        auto answer = promise.get_future();
        app.handle(std::move(*admitted), std::move(request), [&](Response made) { promise.set_value(std::move(made)); });
        return answer.get();
    };
    auto const made = on_socket("/v1/tokens", R"({"account":"acme","role":"sender","expires":"1970-01-02T01:00:00+01:00"})");
    BOOST_TEST(made.status == 201);
    BOOST_TEST(parsed(made).string("token") == "cl_made");
    BOOST_REQUIRE(service.wished.has_value());
    BOOST_TEST((service.wished->expires_at == Millis{86'400'000}));
    BOOST_TEST(on_socket("/v1/tokens/t1/rotate", R"({"overlap_seconds":60})").status == 201);
    BOOST_TEST(service.rotated->overlap == 60'000);
    BOOST_TEST(service.rotated->token == "t1");
    BOOST_TEST(on_socket("/v1/tokens/t1/rotate", "").status == 201);
    BOOST_TEST(service.rotated->overlap == 7LL * 86'400'000);
    for (char const* const bad :
         {R"({"account":"acme","role":"king"})", R"({"account":"acme","role":"writer","expires":"tomorrow"})",
          R"({"account":"acme","role":"writer","expires":5})", R"({"account":"acme","role":"writer","x":1})"}) {
        BOOST_TEST(on_socket("/v1/tokens", bad).status == 422);
    }
    for (char const* const bad :
         {R"({"overlap_seconds":-1})", R"({"overlap_seconds":2592001})", R"({"overlap_seconds":"7d"})"}) {
        BOOST_TEST(parsed(on_socket("/v1/tokens/t1/rotate", bad)).find("errors") != nullptr);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::api
