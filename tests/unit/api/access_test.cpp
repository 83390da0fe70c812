// Who may call what: every route, every role, a token of the account, of another one and of all of them. The table is written down apart
// from the table of routes, so that a route, or a change of who may call it, needs a decision in both.
#include "tests/unit/api/fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace cl::api {

namespace {

enum class Door : std::uint8_t { token, none, signature, socket };

/// `own`: the roles that may with a token for one account (of that account, where the path names one); `all`: with a token for `*`. W
/// writer, S sender, A auditor, M admin.
struct Decision {
    Method method;
    std::string_view pattern;
    Door door;
    std::string_view own;
    std::string_view all;
};

constexpr Decision decisions[] = {
    {Method::post, "/v1/accounts/{account}/changes", Door::token, "WAM", "WAM"},
    {Method::get, "/v1/accounts/{account}/changes", Door::token, "AM", "AM"},
    {Method::post, "/v1/accounts/{account}/inbound", Door::token, "WM", "WM"},
    {Method::post, "/v1/accounts/{account}/inbound/{provider}", Door::signature, "", ""},
    {Method::post, "/v1/accounts/{account}/contacts/lookup", Door::token, "WSAM", "WSAM"},
    {Method::get, "/v1/accounts/{account}/contacts/{contact}", Door::token, "AM", "AM"},
    {Method::get, "/v1/accounts/{account}/contacts/{contact}/history", Door::token, "AM", "AM"},
    {Method::get, "/v1/accounts/{account}/findings", Door::token, "AM", "AM"},
    {Method::get, "/v1/accounts/{account}/findings/summary", Door::token, "AM", "AM"},
    {Method::get, "/v1/accounts/{account}/activity", Door::token, "AM", "AM"},
    {Method::get, "/v1/whoami", Door::token, "WSAM", "WSAM"},
    {Method::get, "/v1/accounts/{account}/reports/{name}", Door::token, "AM", "AM"},
    {Method::post, "/v1/accounts/{account}/exports", Door::token, "AM", "AM"},
    {Method::get, "/v1/accounts/{account}/obligations", Door::token, "WAM", "WAM"},
    {Method::post, "/v1/accounts/{account}/check", Door::token, "WSAM", "WSAM"},
    {Method::get, "/v1/accounts/{account}/contacts", Door::token, "AM", "AM"},
    {Method::get, "/v1/accounts/{account}/lists", Door::token, "AM", "AM"},
    {Method::get, "/v1/accounts/{account}/lists/{list}/contacts", Door::token, "AM", "AM"},
    {Method::put, "/v1/accounts/{account}/lists/{list}", Door::token, "M", "M"},
    {Method::put, "/v1/accounts/{account}/triggers/{id}", Door::token, "M", "M"},
    {Method::put, "/v1/accounts/{account}/actors/{id}", Door::token, "M", "M"},
    {Method::put, "/v1/accounts/{account}/policy", Door::token, "M", "M"},
    {Method::post, "/v1/accounts/{account}/contacts/{contact}/erase", Door::token, "M", "M"},
    {Method::get, "/v1/accounts/{account}/contacts/{contact}/erasure", Door::token, "AM", "AM"},
    {Method::get, "/v1/accounts/{account}/contacts/{contact}/holds", Door::token, "AM", "AM"},
    {Method::post, "/v1/accounts/{account}/contacts/{contact}/holds", Door::token, "M", "M"},
    {Method::post, "/v1/accounts/{account}/contacts/{contact}/holds/{matter}/release", Door::token, "M", "M"},
    {Method::post, "/v1/accounts/{account}/reports/post-revocation-sends", Door::token, "AM", "AM"},
    {Method::get, "/v1/accounts/{account}/retention", Door::token, "AM", "AM"},
    {Method::get, "/v1/accounts/{account}/holds", Door::token, "AM", "AM"},
    {Method::post, "/v1/accounts/{account}/holds", Door::token, "M", "M"},
    {Method::post, "/v1/accounts/{account}/holds/{matter}/release", Door::token, "M", "M"},
    {Method::get, "/v1/accounts/{account}/tokens", Door::token, "M", "M"},
    {Method::post, "/v1/accounts/{account}/tokens/{id}/revoke", Door::token, "M", "M"},
    {Method::get, "/v1/entries/{seq}", Door::token, "WAM", "WAM"},
    {Method::get, "/v1/entries/{seq}/proof", Door::token, "WAM", "WAM"},
    {Method::post, "/v1/tokens", Door::socket, "", ""},
    {Method::post, "/v1/tokens/{id}/rotate", Door::socket, "", ""},
    {Method::get, "/v1/tokens", Door::token, "", "M"},
    {Method::post, "/v1/tokens/{id}/revoke", Door::token, "", "M"},
    {Method::get, "/v1/keys", Door::none, "", ""},
    {Method::get, "/checkpoint", Door::none, "", ""},
    {Method::get, "/tile/entries/*", Door::token, "", "AM"},
    {Method::get, "/tile/*", Door::none, "", ""},
    {Method::get, "/metrics", Door::token, "", "AM"},
    {Method::get, "/console/{file}", Door::none, "", ""},
    {Method::get, "/openapi.json", Door::none, "", ""},
    {Method::get, "/problems/{code}", Door::none, "", ""},
    {Method::get, "/livez", Door::none, "", ""},
    {Method::get, "/readyz", Door::none, "", ""},
    {Method::get, "/healthz", Door::none, "", ""},
    {Method::get, "/", Door::none, "", ""},
};

constexpr std::pair<char, std::string_view> roles[] = {{'W', "writer"}, {'S', "sender"}, {'A', "auditor"}, {'M', "admin"}};

/// A path of the pattern, with `acme` as the account.
std::string path_of(std::string_view pattern) {
    std::string path;
    while (!pattern.empty()) {
        auto const end = pattern.find('/', 1);
        std::string_view const segment = pattern.substr(1, end == std::string_view::npos ? end : end - 1);
        path += '/';
        path += segment == "{account}" ? "acme" : segment == "*" ? "0/000" : segment.starts_with('{') ? "x1" : segment;
        pattern = end == std::string_view::npos ? std::string_view{} : pattern.substr(end);
    }
    return path;
}

struct DoorFixture : test::Fixture {
    int status(Decision const& decision, std::string const& token, Peer peer = Peer::network) {
        Request request;
        request.method = decision.method;
        request.path = path_of(decision.pattern);
        if (!token.empty()) request.authorization = "Bearer " + token;
        auto const admitted = app.admit(request, peer);
        if (admitted.has_error()) return admitted.error().status;
        // The route that was meant, and not one before it in the table.
        BOOST_TEST(admitted->match.route->pattern == decision.pattern);
        return 200;
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(access_test)

BOOST_AUTO_TEST_CASE(every_route_has_a_decision_and_every_decision_a_route) {
    for (Route const& route : all_routes()) {
        auto const decided = std::count_if(std::begin(decisions), std::end(decisions), [&](Decision const& one) {
            return one.method == route.method && one.pattern == route.pattern;
        });
        BOOST_TEST(decided == 1, "who may call " << name(route.method) << " " << route.pattern << "? Decide it here");
    }
    BOOST_TEST(all_routes().size() == std::size(decisions));
}

BOOST_FIXTURE_TEST_CASE(each_role_reaches_what_was_decided_of_its_own_account_of_others_and_of_all, DoorFixture) {
    for (Decision const& decision : decisions) {
        if (decision.door != Door::token) continue;
        bool const names_account = decision.pattern.find("{account}") != std::string_view::npos;
        for (auto const& [letter, role] : roles) {
            BOOST_TEST_CONTEXT(name(decision.method) << " " << decision.pattern << " as " << role) {
                bool const own = decision.own.find(letter) != std::string_view::npos;
                bool const all = decision.all.find(letter) != std::string_view::npos;
                std::string const who(role);
                BOOST_TEST(status(decision, who + "@acme") == (own ? 200 : 403));
                BOOST_TEST(status(decision, who + "@other") == (own && !names_account ? 200 : 403));
                BOOST_TEST(status(decision, who + "@*") == (all ? 200 : 403));
            }
        }
        BOOST_TEST_CONTEXT(name(decision.method) << " " << decision.pattern) {
            BOOST_TEST(status(decision, "") == 401);
            BOOST_TEST(status(decision, "nonsense") == 401);
            BOOST_TEST(status(decision, "revoked") == 401);
            BOOST_TEST(status(decision, "expired") == 401);
            BOOST_TEST(status(decision, "unready") == 503);
            BOOST_TEST(status(decision, "", Peer::admin_socket) == 200);
        }
    }
}

BOOST_FIXTURE_TEST_CASE(the_other_doors_are_as_decided, DoorFixture) {
    for (Decision const& decision : decisions) {
        if (decision.door == Door::token) continue;
        BOOST_TEST_CONTEXT(name(decision.method) << " " << decision.pattern) {
            bool const open = decision.door != Door::socket;
            BOOST_TEST(status(decision, "") == (open ? 200 : 403));
            BOOST_TEST(status(decision, "admin@*") == (open ? 200 : 403));
            BOOST_TEST(status(decision, "", Peer::admin_socket) == 200);
        }
    }
}

BOOST_FIXTURE_TEST_CASE(the_scheme_of_a_token_has_no_case, DoorFixture) {
    auto const admitted = [&](std::string const& authorization) {
        Request request;
        request.method = Method::get;
        request.path = "/v1/accounts/acme/changes";
        request.authorization = authorization;
        return app.admit(request, Peer::network).has_value();
    };
    for (char const* good : {"Bearer auditor@acme", "bearer auditor@acme", "BEARER auditor@acme"})
        BOOST_TEST(admitted(good), good);
    for (char const* bad : {"Basic auditor@acme", "Bearerauditor@acme", "Bearer", "auditor@acme", "xBearer auditor@acme"}) {
        BOOST_TEST(!admitted(bad), bad);
    }
}

BOOST_AUTO_TEST_CASE(only_what_may_be_an_opt_out_is_looked_at_over_the_rate) {
    for (Route const& route : all_routes()) {
        bool const post = route.method == Method::post;
        bool const inbound = post && route.pattern == "/v1/accounts/{account}/inbound";
        bool const changes = post && route.pattern == "/v1/accounts/{account}/changes";
        OverRate const decided = inbound ? OverRate::taken : changes ? OverRate::judged : OverRate::refused;
        BOOST_TEST((route.access.over_rate == decided), route.pattern);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::api
