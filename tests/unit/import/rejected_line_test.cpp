// Lines of NDJSON among rejects, and back.
#include "api/import/rejected_line.hpp"

#include "ledger/core/limits.hpp"

#include <boost/test/unit_test.hpp>

namespace cl::api::import {
namespace {

std::optional<RejectedRow> back(std::string_view line) {
    auto const parsed = json::parse(line, 2 * limits::stream_line_bytes);
    return parsed ? row_of_rejected(*parsed) : std::nullopt;
}

BOOST_AUTO_TEST_SUITE(import_rejected_line)

BOOST_AUTO_TEST_CASE(an_object_comes_back_as_it_was) {
    for (std::string const& row : {std::string("{}"), std::string("{\"kind\":\"a\",\"row\":{\"x\":[1,\"\\u0001\"]}}"),
                                   "{\"text\":\"" + std::string(limits::stream_line_bytes - 11, 'x') + "\"}"}) {
        auto const read = back(rejected_line(3, "why \"so\"", row));
        BOOST_REQUIRE(read.has_value());
        BOOST_TEST((read->text == row));
        BOOST_TEST(read->fault.empty());
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_object_comes_back_as_its_text_and_is_not_posted) {
    std::string deep;
    for (std::size_t i = 0; i < limits::json_depth; ++i) deep += "{\"a\":";
    deep += "1" + std::string(limits::json_depth, '}');
    // A text that would close the object around it, and open another member.
    for (std::string const& row :
         {std::string("{\"a\":1},\"row\":{\"kind\":\"contact.added\"}"), std::string("{\"a\":1},\"b\":{"), std::string("{"),
          std::string("phone,status"), std::string(), "{\"a\":1.5}" + std::string()}) {
        std::string const line = rejected_line(3, "why", row);
        BOOST_TEST(line.find('\n') == std::string::npos);
        auto const read = back(line);
        BOOST_REQUIRE(read.has_value());
        BOOST_TEST(read->text == row);
        BOOST_TEST(!read->fault.empty());
    }
    // As deep as a row may be: deeper than an object in an object.
    auto const read = back(rejected_line(3, "why", deep));
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST(read->text == deep);
    BOOST_TEST(read->fault.empty() == json::parse(deep, deep.size()).has_value());
    BOOST_TEST(back(rejected_line(3, "a\xFF", "{\"a\xFF\":1}"))->text == "{\"a\xEF\xBF\xBD\":1}");
}

BOOST_AUTO_TEST_CASE(mended_it_is_a_row) {
    BOOST_TEST(back("{\"row\":\"{\\\"kind\\\":\\\"a\\\",\\n \\\"b\\\":1}\",\"import_line\":3}")->text ==
               "{\"b\":1,\"kind\":\"a\"}");
    BOOST_TEST(back("{ \"import_line\": \"3\", \"row\": {\"kind\" : \"a\"} }")->text == "{\"kind\":\"a\"}");
    auto const none = back("{\"import_line\":3,\"row\":5}");
    BOOST_REQUIRE(none.has_value());
    BOOST_TEST(none->text == "5");
    BOOST_TEST(!none->fault.empty());
    std::string const huge = "{\"a\":\"" + std::string(limits::stream_line_bytes, 'x') + "\"}";
    BOOST_TEST(!back("{\"import_line\":3,\"row\":" + huge + "}")->fault.empty());
}

BOOST_AUTO_TEST_CASE(rows_of_their_own_are_left_alone) {
    for (char const* const line :
         {"{\"kind\":\"a\"}", "{\"row\":{}}", "{\"import_line\":3}", "[{\"import_line\":3,\"row\":{}}]", "5"}) {
        BOOST_TEST(!back(line).has_value(), line);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::api::import
