// The words, times and numbers of exports.
#include "verify/reconcile/values.hpp"

#include <boost/test/unit_test.hpp>

using namespace cl;
using namespace cl::verify::reconcile;

namespace {

constexpr Millis ten = 1'795'168'800'000;  // 2026-11-20T10:00:00Z

std::string time_of(std::string_view text, bool utc = false) {
    bool zoneless = false;
    auto const time = read_time(text, utc, zoneless);
    return time ? format_time(*time) : zoneless ? "zoneless" : "bad";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(values)

BOOST_AUTO_TEST_CASE(times_in_the_spellings_of_exports) {
    for (std::string_view const text :
         {"2026-11-20T10:00:00Z", "2026-11-20T10:00:00.000Z", "2026-11-20T05:00:00-05:00", "2026-11-20 10:00:00Z",
          "2026-11-20 10:00:00 UTC", "2026-11-20 10:00:00 +0000", "2026-11-20T10:00:00+0000", "2026-11-20 05:00:00.000-05:00",
          "Fri, 20 Nov 2026 10:00:00 +0000", "20 Nov 2026 10:00:00 GMT", "Fri, 20 Nov 2026 05:00:00 -0500", "1795168800",
          "1795168800000", " 2026-11-20T10:00:00Z "}) {
        BOOST_TEST(time_of(text) == format_time(ten), text);
    }
    BOOST_TEST(time_of("Fri, 6 Nov 2026 10:00:00 +0000") == "2026-11-06T10:00:00.000Z");
}

BOOST_AUTO_TEST_CASE(a_time_without_a_zone_is_a_guess_unless_told) {
    BOOST_TEST(time_of("2026-11-20 10:00:00") == "zoneless");
    BOOST_TEST(time_of("2026-11-20T10:00:00") == "zoneless");
    BOOST_TEST(time_of("2026-11-20 10:00:00", true) == format_time(ten));
    BOOST_TEST(time_of("2026-11-20T10:00:00.5", true) == "2026-11-20T10:00:00.500Z");
    BOOST_TEST(time_of("2026-11-20 10:00:00 -0500", true) == "2026-11-20T15:00:00.000Z");
}

BOOST_AUTO_TEST_CASE(what_is_no_time_is_none) {
    for (std::string_view const text :
         {"", "yesterday", "11/20/2026 10:00", "2026-11-20", "2026-13-20T10:00:00Z", "2026-11-20T10:00:00+5", "12345",
          "17951688001", "2026-11-20x10:00:00Z", "Fri, 20 Nob 2026 10:00:00 +0000", "Fri, 20 Nov 2026 10:00:00 EST",
          "99999999999999999999999"}) {
        BOOST_TEST(time_of(text) == "bad", text);
    }
}

BOOST_AUTO_TEST_CASE(numbers) {
    std::string const number = "+15550100123";
    for (std::string_view const text :
         {"+15550100123", "+1 (555) 010-0123", "tel:+15550100123", "'+15550100123", "whatsapp:+15550100123"}) {
        BOOST_TEST((read_number(text, false) == number), text);
    }
    BOOST_TEST(!read_number("15550100123", false));  // could be a number of any country
    BOOST_TEST((read_number("15550100123", true) == number));
    for (std::string_view const text : {"", "+", "12345", "ACME", "+0155501", "=15550100123", "1555010012x"}) {
        BOOST_TEST(!read_number(text, true), text);
    }
}

BOOST_AUTO_TEST_CASE(words_for_what_a_message_was) {
    BOOST_TEST((read_type("Campaign") == SendType::campaign));
    BOOST_TEST((read_type("1:1") == SendType::one_to_one));
    BOOST_TEST((read_type("confirmation") == SendType::confirmation));
    BOOST_TEST((read_type("auto-reply") == SendType::autoreply));
    BOOST_TEST((read_type("") == SendType::unknown));
    BOOST_TEST((read_type("SMS") == SendType::unknown));
    BOOST_TEST(!read_type("campain"));
    BOOST_TEST((read_status("DELIVERED") == Outcome::delivered));
    BOOST_TEST((read_status("canceled") == Outcome::not_sent));
    BOOST_TEST((read_status("undelivered") == Outcome::sent));
    BOOST_TEST((read_status("a word of their own") == Outcome::sent));
    BOOST_TEST(is_inbound("INBOUND"));
    BOOST_TEST(!is_inbound("outbound-api"));
    BOOST_TEST((read_flag("True") == Flag::yes));
    BOOST_TEST((read_flag("") == Flag::unknown));
    BOOST_TEST(!read_flag("maybe"));
}

BOOST_AUTO_TEST_CASE(codes_mean_what_their_platform_says) {
    BOOST_TEST(means_opted_out(Layout::twilio, "21610", ""));
    BOOST_TEST(means_opted_out(Layout::generic, "40300", ""));
    BOOST_TEST(means_opted_out(Layout::plivo, "200", ""));
    BOOST_TEST(!means_opted_out(Layout::bandwidth, "200", ""));  // a success
    BOOST_TEST(means_opted_out(Layout::vonage, "9", ""));
    BOOST_TEST(!means_opted_out(Layout::generic, "9", ""));
    BOOST_TEST(!means_opted_out(Layout::twilio, "30003", "Unreachable destination handset"));
    BOOST_TEST(means_opted_out(Layout::generic, "", "Blocked due to STOP message"));
    BOOST_TEST(means_opted_out(Layout::generic, "x", "Attempt to send to unsubscribed recipient"));
}

BOOST_AUTO_TEST_CASE(offsets_and_ways_out) {
    BOOST_TEST((read_offset("-05:00") == -5 * 3'600'000));
    BOOST_TEST((read_offset("+05:30") == 19'800'000));
    BOOST_TEST((read_offset("Z") == 0));
    BOOST_TEST(!read_offset("EST"));
    BOOST_TEST(tells_how_to_opt_out("20% off! Reply OPTOUT to unsubscribe."));
    BOOST_TEST(tells_how_to_opt_out("Stop to end"));
    BOOST_TEST(!tells_how_to_opt_out("20% off today"));
}

BOOST_AUTO_TEST_SUITE_END()
