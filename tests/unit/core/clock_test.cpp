// Times: one stored spelling, and what of RFC 3339 a request may write.
#include "ledger/core/clock.hpp"

#include <boost/test/unit_test.hpp>

#include <thread>

namespace cl {
namespace {

BOOST_AUTO_TEST_SUITE(clock_)

BOOST_AUTO_TEST_CASE(format_writes_one_spelling) {
    BOOST_TEST(format_time(0) == "1970-01-01T00:00:00.000Z");
    BOOST_TEST(format_time(-1) == "1969-12-31T23:59:59.999Z");
    BOOST_TEST(format_time(1'795'457'700'000) == "2026-11-23T18:15:00.000Z");
    BOOST_TEST(format_time(951'782'400'007) == "2000-02-29T00:00:00.007Z");
    BOOST_TEST(format_time(earliest_time) == "0000-01-01T00:00:00.000Z");
    BOOST_TEST(format_time(latest_time) == "9999-12-31T23:59:59.999Z");
}

BOOST_AUTO_TEST_CASE(format_stays_within_four_digits_of_a_year) {
    BOOST_TEST(format_time(earliest_time - 1) == format_time(earliest_time));
    BOOST_TEST(format_time(latest_time + 1) == format_time(latest_time));
}

BOOST_AUTO_TEST_CASE(stored_time_reads_what_format_writes) {
    for (Millis const time : {Millis{0}, Millis{-1}, Millis{1'795'457'700'000}, earliest_time, latest_time}) {
        BOOST_TEST(parse_stored_time(format_time(time)).value() == time);
    }
}

BOOST_AUTO_TEST_CASE(stored_time_refuses_other_spellings) {
    for (auto const* text :
         {"", "2026-11-23T18:15:00Z", "2026-11-23T18:15:00.00Z", "2026-11-23T18:15:00.0000Z", "2026-11-23t18:15:00.000Z",
          "2026-11-23T18:15:00.000z", "2026-11-23T18:15:00.000+00:00", "2026-11-23T18:15:60.000Z", "2026-02-29T00:00:00.000Z",
          "2026-11-23 18:15:00.000Z", "2026-13-01T00:00:00.000Z", "2026-11-23T24:00:00.000Z", "2026-11-23T18:60:00.000Z",
          "2026-00-01T00:00:00.000Z", "+026-11-23T18:15:00.000Z", "2026-11-23T18:15:00,000Z", " 2026-11-23T18:15:00.00Z"}) {
        BOOST_TEST_CONTEXT(text) {
            BOOST_REQUIRE(!parse_stored_time(text));
            BOOST_CHECK(parse_stored_time(text).error().code == errc::malformed);
        }
    }
}

BOOST_AUTO_TEST_CASE(rfc3339_takes_offsets_and_fractions) {
    Millis const quarter_past_six = 1'795'457'700'000;  // 2026-11-23T18:15:00Z
    std::pair<char const*, Millis> const cases[] = {{"2026-11-23T18:15:00Z", 0},
                                                    {"2026-11-23T13:15:00-05:00", 0},
                                                    {"2026-11-23T23:45:00+05:30", 0},
                                                    {"2026-11-24T00:15:00+06:00", 0},
                                                    {"2026-11-23t18:15:00z", 0},
                                                    {"2026-11-23T18:15:00-00:00", 0},
                                                    {"2026-11-23T18:15:00.5Z", 500},
                                                    {"2026-11-23T18:15:00.12Z", 120},
                                                    {"2026-11-23T18:15:00.1239Z", 123},
                                                    {"2026-11-23T18:15:00.000999999Z", 0},
                                                    {"2026-11-23T18:14:60Z", -1},
                                                    {"2026-11-23T18:14:60.9Z", -1},
                                                    {"2026-11-23T18:15:00.00000000000000000000000001Z", 0}};
    for (auto const& [text, difference] : cases) {
        BOOST_TEST_CONTEXT(text) {
            BOOST_TEST(parse_rfc3339(text).value() == quarter_past_six + difference);
        }
    }
}

BOOST_AUTO_TEST_CASE(rfc3339_refuses_what_is_no_instant) {
    for (auto const* text : {"",
                             "2026-11-23",
                             "2026-11-23T18:15:00",
                             "2026-11-23T18:15Z",
                             "2026-11-23T18:15:00.Z",
                             "2026-11-23T18:15:00 Z",
                             "2026-11-23 18:15:00Z",
                             "26-11-23T18:15:00Z",
                             "2026-11-31T18:15:00Z",
                             "2026-11-23T18:15:61Z",
                             "2026-11-23T18:15:00+24:00",
                             "2026-11-23T18:15:00+05:60",
                             "2026-11-23T18:15:00+0500",
                             "2026-11-23T18:15:00+05",
                             "2026-11-23T18:15:00ZZ",
                             "2026-11-23T18:15:00-",
                             "0000-01-01T00:00:00+00:01",
                             "9999-12-31T23:59:59-00:01",
                             "12026-11-23T18:15:00Z",
                             "2026-11-23T-8:15:00Z",
                             "1795457700",
                             "now"}) {
        BOOST_TEST_CONTEXT(text) {
            BOOST_REQUIRE(!parse_rfc3339(text));
            BOOST_CHECK(parse_rfc3339(text).error().code == errc::malformed);
        }
    }
    BOOST_TEST(parse_rfc3339("0000-01-01T00:01:00+00:01").value() == earliest_time);
}

BOOST_AUTO_TEST_CASE(each_day_of_800_years_follows_the_one_before) {
    Millis const day = 86'400'000;
    for (Millis time = -(400 * 365 * day); time < 400 * 365 * day; time += day) {
        if (parse_stored_time(format_time(time)) != Result<Millis>(time)) BOOST_FAIL(format_time(time));
    }
}

BOOST_AUTO_TEST_CASE(the_machine_has_clocks) {
    SystemClock const clock;
    BOOST_TEST(clock.now() > parse_rfc3339("2024-01-01T00:00:00Z").value());
    Millis const before = clock.steady();
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    BOOST_TEST(clock.steady() > before);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl
