#include "api/router.hpp"

#include "api/handlers/handlers.hpp"
#include "tests/unit/api/fixture.hpp"

#include <boost/test/unit_test.hpp>

namespace cl::api {

BOOST_AUTO_TEST_SUITE(router_test)

BOOST_AUTO_TEST_CASE(a_route_binds_its_variables) {
    auto const match = find_route(all_routes(), Method::get, "/v1/accounts/acme/contacts/0123/history");
    BOOST_REQUIRE(match.has_value());
    BOOST_TEST(match->route->pattern == "/v1/accounts/{account}/contacts/{contact}/history");
    BOOST_TEST(match->variables == (std::vector<std::string>{"acme", "0123"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_star_takes_the_rest) {
    auto const match = find_route(all_routes(), Method::get, "/tile/0/x001/234.p/7");
    BOOST_REQUIRE(match.has_value());
    BOOST_TEST(match->variables.front() == "0/x001/234.p/7");
    auto const entries = find_route(all_routes(), Method::get, "/tile/entries/000");
    BOOST_REQUIRE(entries.has_value());
    BOOST_TEST(entries->route->access.needs_all_accounts);
}

BOOST_AUTO_TEST_CASE(head_is_get) {
    BOOST_TEST(find_route(all_routes(), Method::head, "/checkpoint").has_value());
}

BOOST_AUTO_TEST_CASE(what_is_not_there_is_404_and_a_foreign_method_405) {
    for (std::string_view const path :
         {"/nowhere", "/v1", "/v1/accounts//changes", "/v1/accounts/acme/changes/", "/checkpoint/x", "//"}) {
        BOOST_TEST_CONTEXT(path) {
            auto const match = find_route(all_routes(), Method::get, path);
            BOOST_REQUIRE(!match.has_value());
            BOOST_TEST(match.error().status == 404);
        }
    }
    auto const match = find_route(all_routes(), Method::put, "/v1/accounts/acme/changes");
    BOOST_REQUIRE(!match.has_value());
    BOOST_TEST(match.error().status == 405);
    BOOST_TEST(match.error().headers.front().second == "POST, GET, HEAD");
}

BOOST_AUTO_TEST_CASE(a_path_that_is_spelled_out_is_no_variable_of_another) {
    auto const looked_up = find_route(all_routes(), Method::get, "/v1/accounts/acme/contacts/lookup");
    BOOST_REQUIRE(!looked_up.has_value());
    BOOST_TEST(looked_up.error().status == 405);
    BOOST_TEST(looked_up.error().headers.front().second == "POST");
    BOOST_TEST(!find_route(all_routes(), Method::get, "/v1/accounts/acme/reports/post-revocation-sends").has_value());
    auto const posted = find_route(all_routes(), Method::post, "/v1/accounts/acme/reports/findings");
    BOOST_REQUIRE(!posted.has_value());
    BOOST_TEST(posted.error().headers.front().second == "GET, HEAD");
}

BOOST_AUTO_TEST_CASE(the_server_as_a_whole_says_what_it_takes) {
    auto const match = find_route(all_routes(), Method::options, "*");
    BOOST_REQUIRE(!match.has_value());
    BOOST_TEST(match.error().status == 200);
    BOOST_TEST(match.error().headers.front().second == "GET, HEAD, POST, PUT, OPTIONS");
    BOOST_TEST(find_route(all_routes(), Method::options, "/").error().status == 405);
    BOOST_TEST(account_of(*find_route(all_routes(), Method::get, "/v1/accounts/acme/changes")) == "acme");
    BOOST_TEST(account_of(*find_route(all_routes(), Method::get, "/v1/entries/7")).empty());
}

BOOST_FIXTURE_TEST_CASE(who_was_turned_away_is_known_to_the_log_alone, test::Fixture) {
    Response const response = ask(Method::get, "/v1/accounts/acme/changes", "writer");
    BOOST_TEST(response.status == 403);
    BOOST_TEST(!response.token.empty());
    BOOST_TEST(response.body.find(response.token + "\"") == std::string::npos);
    BOOST_TEST(ask(Method::get, "/v1/accounts/acme/changes", "nonsense").token.empty());
    BOOST_TEST(ask(Method::get, "/v1/accounts/acme/changes").token.empty());
}

BOOST_AUTO_TEST_CASE(every_route_says_who_may_call_it) {
    for (Route const& route : all_routes()) {
        BOOST_TEST_CONTEXT(route.pattern) {
            int const ways = int(route.access.is_public) + int(!route.access.roles.empty()) + int(route.access.by_signature);
            BOOST_TEST(ways == 1);
            BOOST_TEST(route.access.by_signature == (route.handler == handlers::post_webhook));
            BOOST_TEST((route.body_limit == 0) == route.body_types.empty());
            BOOST_TEST((!route.access.is_public || !route.pattern.starts_with("/v1/accounts")));
        }
    }
}

BOOST_FIXTURE_TEST_CASE(admission_is_by_token_role_and_account, test::Fixture) {
    BOOST_TEST(ask(Method::get, "/v1/accounts/acme/changes").status == 401);
    BOOST_TEST(ask(Method::get, "/v1/accounts/acme/changes", "nonsense").status == 401);
    BOOST_TEST(ask(Method::get, "/v1/accounts/acme/changes", "writer").status == 403);
    BOOST_TEST(ask(Method::get, "/v1/accounts/other/changes", "auditor").status == 403);
    BOOST_TEST(ask(Method::get, "/v1/accounts/acme/changes", "auditor").status == 200);
    BOOST_TEST(ask(Method::get, "/v1/accounts/other/changes", "everything").status == 200);
    BOOST_TEST(ask(Method::get, "/v1/accounts/No-Account/changes", "everything").status == 404);
    BOOST_TEST(ask(Method::get, "/tile/entries/000", "auditor").status == 403);
    BOOST_TEST(ask(Method::get, "/tile/entries/000", "everything").status == 200);
    BOOST_TEST(ask(Method::get, "/tile/0/000").status == 200);
    BOOST_TEST(ask(Method::get, "/checkpoint").status == 200);
}

BOOST_FIXTURE_TEST_CASE(the_admin_socket_needs_no_token_and_has_routes_of_its_own, test::Fixture) {
    Request request;
    request.method = Method::post;
    request.path = "/v1/tokens";
    request.authorization = "Bearer everything";
    auto const refused = app.admit(request);
    BOOST_REQUIRE(refused.has_error());
    BOOST_TEST(refused.error().status == 403);
    auto const admitted = app.admit(request, Peer::admin_socket);
    BOOST_REQUIRE(admitted.has_value());
    BOOST_TEST(admitted->principal.token == "cli");
    BOOST_TEST(admitted->principal.covers_all());
    BOOST_TEST((admitted->principal.role == consent::Role::admin));
    request.path = "/v1/nothing";
    BOOST_TEST(app.admit(request, Peer::admin_socket).has_error());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::api
