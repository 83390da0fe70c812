#include "api/request_log.hpp"

#include "api/metrics.hpp"

#include <boost/test/unit_test.hpp>

namespace cl::api {

BOOST_AUTO_TEST_SUITE(request_log_test)

BOOST_AUTO_TEST_CASE(ids_that_could_break_a_line_are_not_taken) {
    BOOST_TEST(valid_request_id("a-B.9_z"));
    BOOST_TEST(valid_request_id(std::string(64, 'x')));
    for (std::string const& bad :
         {std::string(), std::string(65, 'x'), std::string("a b"), std::string("a\nb"), std::string("\"")}) {
        BOOST_TEST(!valid_request_id(bad), bad);
    }
}

BOOST_AUTO_TEST_CASE(ids_that_could_be_numbers_are_not_taken) {
    for (std::string_view const good : {"order-42", "2026-11-28-000123", "123456", "0af7651916cd43dd8448eb211c80319c",
                                        "123e4567-e89b-12d3-a456-426614174000", "123E4567-E89B-12D3-A456-426614174000"}) {
        BOOST_TEST(valid_request_id(good), good);
    }
    for (std::string_view const bad : {"1234567", "sms-15550101000-1", "15550101000", "x.5550101",
                                       "00000000000000000000015550101000", "0af7651916cd43dd15550101000"}) {
        BOOST_TEST(!valid_request_id(bad), bad);
    }
}

BOOST_AUTO_TEST_CASE(a_trace_that_could_be_a_number_is_not_told) {
    auto const told = [](std::string_view trace) {
        return describe({.id = "1-2", .traceparent = trace, .token = {}}).find("traceparent") != std::string::npos;
    };
    BOOST_TEST(told("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
    BOOST_TEST(!told("00-15550101000000000000000000000000-00f067aa0ba902b7-01"));
    BOOST_TEST(!told(""));
}

BOOST_AUTO_TEST_CASE(a_line_leaves_out_what_there_is_not) {
    BOOST_TEST(describe({.id = "1-2",
                         .traceparent = {},
                         .token = {},
                         .method = Method::get,
                         .status = 404,
                         .taken = std::chrono::microseconds(7)}) ==
               R"({"bytes_in":0,"bytes_out":0,"method":"GET","microseconds":7,"request":"1-2","route":"none","status":404})");
}

BOOST_AUTO_TEST_CASE(an_account_is_told_by_its_name_and_no_number_in_its_place) {
    auto const told = [](std::string_view account) {
        return describe({.id = "1-2", .traceparent = {}, .token = "t", .account = account}).find("\"account\"") !=
               std::string::npos;
    };
    BOOST_TEST(told("acme"));
    BOOST_TEST(told("shop-7"));
    BOOST_TEST(told("2026"));
    for (std::string_view const other :
         {"", "15550100123", "1-555-010-0123", "tel-15550100123", "+15550100123", "a b", "A", "a\"b"}) {
        BOOST_TEST(!told(other), other);
    }
}

BOOST_AUTO_TEST_CASE(exports_are_counted_by_format_and_end) {
    Metrics metrics("1.2", "abc");
    metrics.exported("bundle", true);
    metrics.exported("bundle", true);
    metrics.exported("csv", false);
    std::string const page = metrics.text({}, true, 0);
    BOOST_TEST(page.find("consent_ledger_exports_total{format=\"bundle\",result=\"complete\"} 2\n") != std::string::npos);
    BOOST_TEST(page.find("consent_ledger_exports_total{format=\"csv\",result=\"broken_off\"} 1\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(durations_fall_into_the_first_bucket_that_holds_them) {
    Metrics metrics("1.2", "abc-dirty");
    metrics.answered(nullptr, Method::get, 404, std::chrono::microseconds(1'000));
    metrics.answered(nullptr, Method::get, 404, std::chrono::milliseconds(3));
    metrics.answered(nullptr, Method::get, 404, std::chrono::seconds(60));
    std::string const page = metrics.text({}, false, 5);
    auto const has = [&](std::string const& line) { return page.find(line + "\n") != std::string::npos; };
    BOOST_TEST(has(R"(consent_ledger_http_request_duration_seconds_bucket{route="none",le="0.001"} 1)"));
    BOOST_TEST(has(R"(consent_ledger_http_request_duration_seconds_bucket{route="none",le="0.0025"} 1)"));
    BOOST_TEST(has(R"(consent_ledger_http_request_duration_seconds_bucket{route="none",le="0.005"} 2)"));
    BOOST_TEST(has(R"(consent_ledger_http_request_duration_seconds_bucket{route="none",le="10"} 2)"));
    BOOST_TEST(has(R"(consent_ledger_http_request_duration_seconds_bucket{route="none",le="+Inf"} 3)"));
    BOOST_TEST(has(R"(consent_ledger_http_requests_total{method="GET",route="none",code="404"} 3)"));
    BOOST_TEST(has(R"(consent_ledger_build_info{version="1.2",revision="abc-dirty"} 1)"));
    BOOST_TEST(has("consent_ledger_ready 0"));
    BOOST_TEST(has("consent_ledger_request_memory_bytes 5"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::api
