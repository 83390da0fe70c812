#include "api/http.hpp"

#include "ledger/core/json.hpp"

#include <boost/test/unit_test.hpp>

namespace cl::api {

BOOST_AUTO_TEST_SUITE(http_test)

BOOST_AUTO_TEST_CASE(each_failure_of_a_request_has_its_status) {
    struct Row {
        errc code;
        int status;
    };
    for (Row const row :
         {Row{errc::malformed, 400}, Row{errc::idempotency_required, 400}, Row{errc::unauthorized, 401},
          Row{errc::forbidden, 403}, Row{errc::not_found, 404}, Row{errc::refused_by_policy, 409}, Row{errc::hold, 409},
          Row{errc::too_large, 413}, Row{errc::invalid, 422}, Row{errc::idempotency_conflict, 422},
          Row{errc::phi_suspected, 422}, Row{errc::busy, 503}, Row{errc::not_ready, 503}, Row{errc::writer_stopped, 503}}) {
        BOOST_TEST_CONTEXT(name(row.code)) {
            Response const response = problem(fail(row.code, "why"));
            BOOST_TEST(response.status == row.status);
            BOOST_TEST(response.content_type == "application/problem+json");
            auto const body = json::parse(response.body, 4096);
            BOOST_REQUIRE(body.has_value());
            BOOST_TEST(body->as_object()->string("code") == name(row.code));
            BOOST_TEST(body->as_object()->string("type") == "/problems/" + std::string(name(row.code)));
            bool const own = row.code == errc::busy || row.code == errc::writer_stopped;  // may quote a file
            BOOST_TEST((body->as_object()->string("detail") == "why") == !own);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_fault_of_the_service_tells_nothing) {
    Response const response = problem(fail(errc::store_corrupt, "page 7 of /var/ledger.db"));
    BOOST_TEST(response.status == 500);
    BOOST_TEST(response.body.find("ledger.db") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_pointer_is_told) {
    Response const response = problem(fail(errc::invalid, "must be E.164", "/phone"));
    BOOST_TEST(response.body.find(R"("errors":[{"detail":"must be E.164","pointer":"/phone"}])") != std::string::npos);
    BOOST_TEST(problem(fail(errc::malformed, "cut off")).body.find("errors") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(targets_are_taken_apart_and_decoded) {
    Request request;
    BOOST_TEST(split_target("/v1/accounts/acme/changes?kind=a&kind=b%2Bc&limit=5", request).has_value());
    BOOST_TEST(request.path == "/v1/accounts/acme/changes");
    BOOST_TEST(request.query.size() == 3u);
    BOOST_TEST(*request.parameter("kind") == "a");
    BOOST_TEST(request.query[1].second == "b+c");
    BOOST_TEST(!request.parameter("nothing").has_value());
    BOOST_TEST(split_target("/", request).has_value());
    BOOST_TEST(request.path == "/");
}

BOOST_AUTO_TEST_CASE(targets_that_are_none_are_refused) {
    for (std::string_view const target : {"", "x", "*", "x:1", "http:///", "http://u@x/", "ftp://x/", "http://x/#f", "/%zz",
                                          "/%", "/a%2fb", "/a%00b", "/\x01"}) {
        BOOST_TEST_CONTEXT(target) {
            Request request;
            auto const split = split_target(target, request);
            BOOST_REQUIRE(!split.has_value());
            BOOST_TEST(static_cast<int>(split.error().code) == static_cast<int>(errc::malformed));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_whole_uri_is_a_target_too) {
    Request request;
    BOOST_TEST(split_target("http://ledger.example.com:8080/v1/keys?a=b", request).has_value());
    BOOST_TEST(request.path == "/v1/keys");
    BOOST_TEST(request.raw_query == "a=b");
    BOOST_TEST(split_target("HTTPS://[::1]", request).has_value());
    BOOST_TEST(request.path == "/");
}

BOOST_AUTO_TEST_CASE(the_server_as_a_whole_is_a_target_of_options_alone) {
    Request request;
    request.method = Method::options;
    BOOST_TEST(split_target("*", request).has_value());
    BOOST_TEST(request.path == "*");
    BOOST_TEST(!split_target("**", request).has_value());
}

BOOST_AUTO_TEST_CASE(what_names_a_host) {
    for (std::string_view const host : {"x", "ledger.example.com", "my_host:8080", "127.0.0.1:80", "[::1]:8443", "x:"}) {
        BOOST_TEST(valid_host(host), host);
    }
    for (std::string_view const none : {"", ":80", "a b", "u@x", "x:port", "x/", "x?", "[::1", "x, y", "http://x", "x\x01"}) {
        BOOST_TEST(!valid_host(none), none);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::api
