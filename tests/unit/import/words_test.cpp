// The words of cells, and times as exports spell them.
#include "api/import/words.hpp"

#include <boost/test/unit_test.hpp>

namespace cl::api::import {
namespace {

BOOST_AUTO_TEST_SUITE(import_words)

BOOST_AUTO_TEST_CASE(statuses) {
    for (char const* const word : {"out", "Opted Out", "OPT-OUT", "opt_out", "unsubscribed", "STOP", "Do not text"}) {
        BOOST_TEST((read_status(word) == Status::out), word);
    }
    for (char const* const word : {"in", "Opted-in", "subscribed", "opt-in", "Active"})
        BOOST_TEST((read_status(word) == Status::in), word);
    for (char const* const word : {"blocked", "Block"}) BOOST_TEST((read_status(word) == Status::blocked), word);
    // What is not known is not guessed, above all not as consent.
    for (char const* const word : {"", "pending", "unknown", "yes", "true", "inactive", "not opted in", "1"}) {
        BOOST_TEST(!read_status(word).has_value(), word);
    }
}

BOOST_AUTO_TEST_CASE(flags_and_ways) {
    BOOST_TEST(*read_flag("Yes"));
    BOOST_TEST(*read_flag("TRUE"));
    BOOST_TEST(!*read_flag("0"));
    BOOST_TEST(!*read_flag(""));
    BOOST_TEST(!read_flag("maybe").has_value());
    BOOST_TEST(read_way("opt-out-message")->by_message);
    BOOST_TEST(!read_way("text")->by_message);
    BOOST_TEST(read_way("website")->via == "web");
    BOOST_TEST(read_way("in person")->via == "in_person");
    BOOST_TEST(read_way("offline")->via.empty());
    BOOST_TEST(!read_way("pigeon").has_value());
}

BOOST_AUTO_TEST_CASE(times) {
    Millis const when = 1'700'000'000'000;
    for (char const* const text : {"2023-11-14T22:13:20Z", "2023-11-14T17:13:20-05:00", "2023-11-14 22:13:20+00:00",
                                   "1700000000", "1700000000000", " 1700000000.0 ", "Tue, 14 Nov 2023 22:13:20 +0000"}) {
        BOOST_TEST_CONTEXT(text) {
            BOOST_TEST(read_cell_time(text, false).value() == when);
        }
    }
    BOOST_TEST(read_cell_time("1700000000.1237", false).value() == when + 123);
    BOOST_TEST(read_cell_time("2023-11-14T22:13:20.123000+00:00", false).value() == when + 123);
    BOOST_TEST(read_cell_time("2023-11-14 22:13:20", true).value() == when);
    BOOST_TEST(read_cell_time("2023-11-14", true).value() == when - (22 * 3'600 + 13 * 60 + 20) * 1'000);
    for (char const* const text : {"2023-11-14 22:13:20", "2023-11-14"}) {
        BOOST_TEST_CONTEXT(text) {
            BOOST_TEST(read_cell_time(text, false).error().detail.find("--utc") != std::string::npos);
        }
    }
    for (char const* const text :
         {"", "yesterday", "14.11.2023", "11/14/2023", "17000000", "1700000000.", "2023-13-40T00:00:00Z"}) {
        BOOST_TEST_CONTEXT(text) {
            BOOST_TEST(!read_cell_time(text, true).has_value());
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::api::import
