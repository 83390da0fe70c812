#include "api/cloud_events.hpp"

#include "ledger/core/limits.hpp"

#include <boost/test/unit_test.hpp>

namespace cl::api {

namespace {

Result<CloudEvent> read(std::string const& text) {
    return read_cloud_event(json::parse(text, limits::http_body_bytes).value());
}

/// The required attributes and `more`, which begins with a comma.
std::string event(std::string const& more = {}) {
    return R"({"specversion":"1.0","id":"e-1","source":"/crm/eu","type":"com.example.thing")" + more + "}";
}

CloudEventFields fields() {
    return {{"specversion", "1.0"}, {"id", "e-1"}, {"source", "/crm/eu"}, {"type", "com.example.thing"}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cloud_events_test)

BOOST_AUTO_TEST_CASE(an_event_is_read) {
    auto const read_event =
        read(event(R"(,"subject":"s","time":"2026-11-23T10:00:00+01:00","datacontenttype":"application/json",)"
                   R"("correlationid":"42","sequence":7,"data":{"a":1})"));
    BOOST_REQUIRE(read_event.has_value());
    BOOST_TEST(read_event->id == "e-1");
    BOOST_TEST(read_event->source == "/crm/eu");
    BOOST_TEST(read_event->type == "com.example.thing");
    BOOST_TEST(read_event->subject == "s");
    BOOST_TEST(read_event->time == "2026-11-23T10:00:00+01:00");
    BOOST_TEST(read_event->extension("correlationid") == "42");
    BOOST_TEST(read_event->extension("sequence") == "7");
    BOOST_TEST(read_event->extension("other").empty());
    BOOST_TEST(read_event->extensions.size() == 2u);
    BOOST_TEST(*read_event->data->as_object()->find("a")->as_int() == 1);
}

BOOST_AUTO_TEST_CASE(what_is_null_is_absent) {
    auto const read_event = read(event(R"(,"subject":null,"data":null,"comexampleext":null)"));
    BOOST_REQUIRE(read_event.has_value());
    BOOST_TEST(!read_event->data.has_value());
    BOOST_TEST(read_event->extensions.empty());
    BOOST_TEST(read(R"({"specversion":"1.0","id":null,"source":"/a","type":"t"})").error().pointer == "/id");
}

BOOST_AUTO_TEST_CASE(data_may_be_base64) {
    auto const read_event = read(event(R"(,"data_base64":"eyJhIjoxfQ==")"));
    BOOST_REQUIRE(read_event.has_value());
    BOOST_TEST(*read_event->data->as_object()->find("a")->as_int() == 1);
}

BOOST_AUTO_TEST_CASE(faults_are_told_with_their_place) {
    std::string const too_long(limits::message_id_bytes + 1, 'x');
    std::pair<std::string, char const*> const cases[] = {
        {R"({"id":"e-1","source":"/a","type":"t"})", "/specversion"},
        {R"({"specversion":"0.3","id":"e-1","source":"/a","type":"t"})", "/specversion"},
        {R"({"specversion":"1.0","source":"/a","type":"t"})", "/id"},
        {R"({"specversion":"1.0","id":"","source":"/a","type":"t"})", "/id"},
        {R"({"specversion":"1.0","id":1,"source":"/a","type":"t"})", "/id"},
        {R"({"specversion":"1.0","id":"e","source":"no reference","type":"t"})", "/source"},
        {R"({"specversion":"1.0","id":"e","source":"/a"})", "/type"},
        {event(R"(,"time":"2026-11-23T10:00:00")"), "/time"},
        {event(R"(,"datacontenttype":"text/xml","data":"<a/>")"), "/datacontenttype"},
        {event(R"(,"data":{},"data_base64":"e30=")"), "/data_base64"},
        {event(R"(,"data_base64":"!")"), "/data_base64"},
        {event(R"(,"data_base64":"PGEvPg==")"), "/data_base64"},
        {event(R"(,"Upper":"x")"), "/Upper"},
        {event(R"(,"ext":{"a":1})"), "/ext"},
        {event(R"(,"ext":[])"), "/ext"},
        {event(",\"subject\":\"" + too_long + "\""), "/subject"},
        {"[]", ""},
    };
    for (auto const& [text, pointer] : cases) {
        BOOST_TEST_CONTEXT(text) {
            auto const refused = read(text);
            BOOST_REQUIRE(!refused.has_value());
            BOOST_TEST((refused.error().code == errc::invalid));
            BOOST_TEST(refused.error().pointer == pointer);
        }
    }
}

BOOST_AUTO_TEST_CASE(json_types_of_data) {
    for (char const* const type : {"application/json", "Text/JSON; charset=utf-8", "application/vnd.example+json"}) {
        BOOST_TEST(read(event(",\"datacontenttype\":\"" + std::string(type) + "\"")).has_value());
    }
}

BOOST_AUTO_TEST_CASE(binary_mode_is_read) {
    CloudEventFields given = fields();
    given.emplace_back("subject", "a%20b%E2%82%AC");
    given.emplace_back("correlationid", "42");
    auto const read_event = read_cloud_event(given, json::Value(json::Object{{"a", 1}}));
    BOOST_REQUIRE(read_event.has_value());
    BOOST_TEST(read_event->id == "e-1");
    BOOST_TEST(read_event->subject == "a b\xE2\x82\xAC");
    BOOST_TEST(read_event->extension("correlationid") == "42");
    BOOST_TEST(read_event->data->as_object()->contains("a"));
    BOOST_TEST(!read_cloud_event(fields(), std::nullopt)->data.has_value());
}

BOOST_AUTO_TEST_CASE(faults_of_header_fields_name_the_field) {
    std::pair<std::string, std::string> const cases[] = {
        {"id", "e-2"}, {"time", "today"}, {"subject", "%4"}, {"subject", "%FF"}, {"datacontenttype", "application/json"},
    };
    for (auto const& [name, value] : cases) {
        BOOST_TEST_CONTEXT(name << "=" << value) {
            CloudEventFields given = fields();
            given.emplace_back(name, value);
            auto const refused = read_cloud_event(given, std::nullopt);
            BOOST_REQUIRE(!refused.has_value());
            BOOST_TEST((refused.error().code == errc::invalid));
            BOOST_TEST(refused.error().pointer.empty());
            BOOST_TEST(refused.error().detail.find("ce-" + name) != std::string::npos);
        }
    }
    CloudEventFields given = fields();
    given.erase(given.begin());
    BOOST_TEST(read_cloud_event(given, std::nullopt).error().detail.find("ce-specversion") != std::string::npos);
    given = fields();
    given.emplace_back("bad_name", "x");
    BOOST_TEST(!read_cloud_event(given, std::nullopt).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::api
