// Bounds of time: never before the time that was written, and no later than they must be.
#include "ledger/core/time_bound.hpp"

#include <boost/test/unit_test.hpp>

namespace cl {
namespace {

std::string bound(std::string_view text) {
    auto const time = parse_time_bound(text);
    return time ? format_time(*time) : "refused";
}

BOOST_AUTO_TEST_SUITE(time_bound)

BOOST_AUTO_TEST_CASE(what_milliseconds_can_say_is_taken_as_it_is) {
    for (std::string_view const same : {"2026-11-23T18:15:51.564Z", "1969-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"}) {
        BOOST_TEST(bound(same) == same);
    }
    BOOST_TEST(bound("2026-11-23T18:15:51Z") == "2026-11-23T18:15:51.000Z");
    BOOST_TEST(bound("2026-11-23T18:15:51.5+01:00") == "2026-11-23T17:15:51.500Z");
    BOOST_TEST(bound("2026-11-23T18:15:51.56-11:59") == "2026-11-24T06:14:51.560Z");
    BOOST_TEST(bound("2026-11-23T18:15:51+11:59") == "2026-11-23T06:16:51.000Z");
    BOOST_TEST(bound("2026-11-23T18:15:51.5640000Z") == "2026-11-23T18:15:51.564Z");
}

BOOST_AUTO_TEST_CASE(what_is_finer_is_rounded_up) {
    BOOST_TEST(bound("2026-11-23T18:15:51.5649Z") == "2026-11-23T18:15:51.565Z");
    BOOST_TEST(bound("2026-11-23T18:15:51.5640001-02:00") == "2026-11-23T20:15:51.565Z");
    BOOST_TEST(bound("2026-12-31T23:59:59.9991Z") == "2027-01-01T00:00:00.000Z");
    BOOST_TEST(bound("1969-12-31T23:59:59.9981Z") == "1969-12-31T23:59:59.999Z");
    BOOST_TEST(bound("9999-12-31T23:59:59.9999Z") == "9999-12-31T23:59:59.999Z");
}

BOOST_AUTO_TEST_CASE(a_leap_second_is_the_one_that_follows_it) {
    BOOST_TEST(bound("2016-12-31T23:59:60Z") == "2017-01-01T00:00:00.000Z");
    BOOST_TEST(bound("2016-12-31T23:59:60.5Z") == "2017-01-01T00:00:00.000Z");
    BOOST_TEST(bound("2016-12-31T23:59:59Z") == "2016-12-31T23:59:59.000Z");
}

BOOST_AUTO_TEST_CASE(no_time_is_no_bound) {
    for (std::string_view const bad : {"", "2026-11-23", "2026-11-23T18:15:51.5649", "2026-11-23T18:15:51.Z"}) {
        BOOST_TEST(bound(bad) == "refused");
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl
