// The federal calendar, business days and due dates.
#include "ledger/consent/business_days.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace cl::consent {

using namespace std::chrono;

namespace {

constexpr sys_days on(int y, unsigned m, unsigned d) {
    return sys_days{year{y} / month{m} / day{d}};
}

std::string text(sys_days date) {
    year_month_day const ymd{date};
    auto const two = [](unsigned n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return std::to_string(int{ymd.year()}) + "-" + two(unsigned{ymd.month()}) + "-" + two(unsigned{ymd.day()});
}

constexpr Millis at(sys_days date, int hour, int minute = 0) {
    return duration_cast<milliseconds>(date.time_since_epoch() + hours{hour} + minutes{minute}).count();
}

constexpr Millis end_of(sys_days date) {
    return at(date + days{1}, 0) - 1;
}

std::string weekday_holidays(int y) {
    std::string found;
    for (sys_days day = on(y, 1, 1); day <= on(y, 12, 31); day += days{1}) {
        weekday const w{day};
        if (w != Saturday && w != Sunday && us_federal_holiday(day)) found += text(day).substr(5) + " ";
    }
    return found;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(business_days)

BOOST_AUTO_TEST_CASE(holidays_of_whole_years) {
    BOOST_TEST(weekday_holidays(2026) == "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25 ");
    // Juneteenth in its first year, Christmas on a Saturday, and the next New Year's Day on a Saturday too
    BOOST_TEST(weekday_holidays(2021) == "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31 ");
    BOOST_TEST(weekday_holidays(2022) == "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26 ");
    BOOST_TEST(weekday_holidays(2023) == "01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25 ");
}

BOOST_AUTO_TEST_CASE(days_that_are_no_holidays) {
    BOOST_TEST(!us_federal_holiday(on(2020, 6, 19)));   // before the statute
    BOOST_TEST(!us_federal_holiday(on(2026, 11, 27)));  // the day after Thanksgiving
    BOOST_TEST(!us_federal_holiday(on(2026, 12, 24)));
    BOOST_TEST(!us_federal_holiday(on(2026, 7, 6)));  // a Saturday's holiday moves back, not forward
    BOOST_TEST(!us_federal_holiday(on(2025, 1, 20) + days{1}));
    BOOST_TEST(us_federal_holiday(on(2026, 7, 4)));  // the day itself stays one
}

BOOST_AUTO_TEST_CASE(ten_business_days) {
    struct {
        sys_days receipt, due;
    } const vectors[] = {
        {on(2026, 11, 20), on(2026, 12, 7)},  // Thanksgiving
        {on(2026, 11, 23), on(2026, 12, 8)}, {on(2026, 12, 18), on(2027, 1, 5)},
        {on(2025, 12, 19), on(2026, 1, 6)},  {on(2026, 7, 1), on(2026, 7, 16)},  // 3 July observed
        {on(2026, 6, 12), on(2026, 6, 29)},                                      // Juneteenth
        {on(2021, 12, 20), on(2022, 1, 5)},                                      // 24 and 31 December observed
        {on(2025, 4, 11), on(2025, 4, 25)},  {on(2024, 2, 29), on(2024, 3, 14)},
    };
    for (auto const& v : vectors) {
        BOOST_TEST_CONTEXT(text(v.receipt)) BOOST_TEST(text(add_business_days(v.receipt, 10)) == text(v.due));
    }
}

BOOST_AUTO_TEST_CASE(edges) {
    BOOST_TEST(text(add_business_days(on(2026, 11, 21), 0)) == "2026-11-21");
    BOOST_TEST(text(add_business_days(on(2026, 11, 21), -3)) == "2026-11-21");
    BOOST_TEST(text(add_business_days(on(2026, 11, 20), 1)) == "2026-11-23");
    BOOST_TEST(text(add_business_days(on(2026, 11, 21), 1)) == "2026-11-23");  // received on a Saturday
    BOOST_TEST(text(add_business_days(on(2026, 11, 22), 1)) == "2026-11-23");  // on a Sunday
    BOOST_TEST(text(add_business_days(on(2026, 11, 25), 1)) == "2026-11-27");  // over Thanksgiving
    BOOST_TEST(text(add_business_days(on(2026, 11, 26), 1)) == "2026-11-27");  // on it
}

BOOST_AUTO_TEST_CASE(due_dates_are_taken_at_utc_minus_11) {
    Millis const due = end_of(on(2026, 12, 7));
    BOOST_TEST(due_at(at(on(2026, 11, 20), 18), 10) == due);
    // the evening of 20 November in the United States, the 21st in UTC
    BOOST_TEST(due_at(at(on(2026, 11, 21), 4, 30), 10) == due);   // 23:30 in New York
    BOOST_TEST(due_at(at(on(2026, 11, 21), 9, 59), 10) == due);   // 23:59 in Honolulu
    BOOST_TEST(due_at(at(on(2026, 11, 21), 11) - 1, 10) == due);  // the last millisecond of the 20th in Pago Pago
    // a Saturday everywhere: Monday is the first business day all the same
    BOOST_TEST(due_at(at(on(2026, 11, 21), 11), 10) == due);
    // one millisecond decides between Monday's date and Tuesday's
    BOOST_TEST(due_at(at(on(2026, 11, 24), 11) - 1, 10) == end_of(on(2026, 12, 8)));
    BOOST_TEST(due_at(at(on(2026, 11, 24), 11), 10) == end_of(on(2026, 12, 9)));
    BOOST_TEST(due_at(at(on(2026, 11, 20), 18), 0) == end_of(on(2026, 11, 20)));
}

// Never later than the law's deadline: local midnight after the n-th business day from the local date, for each zone of the
// states.
BOOST_AUTO_TEST_CASE(never_late_in_any_state) {
    for (Millis received = at(on(2026, 11, 16), 0); received < at(on(2026, 12, 20), 0); received += 30 * 60 * 1000) {
        for (int west = 4; west <= 11; ++west) {
            sys_time<milliseconds> const local{milliseconds{received} - hours{west}};
            Millis const law = at(add_business_days(floor<days>(local), 10) + days{1}, west) - 1;
            BOOST_REQUIRE(due_at(received, 10) <= law);
        }
    }
}

BOOST_AUTO_TEST_CASE(canadas_general_holidays) {
    auto const of = [](int y) {
        std::string found;
        for (sys_days day = on(y, 1, 1); day <= on(y, 12, 31); day += days{1}) {
            if (ca_federal_holiday(day)) found += text(day).substr(5) + " ";
        }
        return found;
    };
    BOOST_TEST(of(2026) == "01-01 04-03 05-18 07-01 09-07 09-30 10-12 11-11 12-25 12-26 ");
    // 1 July on a Sunday moves to the Monday; Victoria Day is the Monday before 25 May, which is a Monday itself in 2015
    BOOST_TEST(of(2018) == "01-01 03-30 05-21 07-01 07-02 09-03 10-08 11-11 12-25 12-26 ");
    BOOST_TEST(of(2015) == "01-01 04-03 05-18 07-01 09-07 10-12 11-11 12-25 12-26 ");
    BOOST_TEST(of(2021) == "01-01 04-02 05-24 07-01 09-06 09-30 10-11 11-11 12-25 12-26 ");
}

BOOST_AUTO_TEST_CASE(good_friday_follows_easter) {
    for (sys_days const friday : {on(2000, 4, 21), on(2008, 3, 21), on(2011, 4, 22), on(2024, 3, 29), on(2038, 4, 23)}) {
        BOOST_TEST_CONTEXT(text(friday)) {
            BOOST_TEST(ca_federal_holiday(friday));
            BOOST_TEST(!ca_federal_holiday(friday + days{3}));  // Easter Monday is none
        }
    }
}

BOOST_AUTO_TEST_CASE(calendars) {
    struct {
        sys_days receipt;
        Calendar calendar;
        char const* due;
    } const vectors[] = {
        {on(2026, 6, 25), Calendar::ca_federal, "2026-07-10"},  // Canada Day, not 3 July
        {on(2026, 6, 25), Calendar::us_federal, "2026-07-10"},  // 3 July, not Canada Day
        {on(2026, 3, 26), Calendar::ca_federal, "2026-04-10"},  // Good Friday
        {on(2026, 3, 26), Calendar::us_federal, "2026-04-09"},
        {on(2026, 11, 20), Calendar::weekends, "2026-12-04"},  // no holiday is known
        {on(2026, 11, 20), Calendar::every_day, "2026-11-30"},
    };
    for (auto const& v : vectors) {
        BOOST_TEST_CONTEXT(text(v.receipt)) BOOST_TEST(text(add_business_days(v.receipt, 10, v.calendar)) == v.due);
    }
}

// Not knowing a holiday, or counting every day, never makes a deadline later.
BOOST_AUTO_TEST_CASE(fewer_holidays_are_never_later) {
    for (sys_days day = on(2026, 1, 1); day <= on(2027, 12, 31); day += days{1}) {
        for (Calendar const calendar : {Calendar::us_federal, Calendar::ca_federal}) {
            sys_days const law = add_business_days(day, 10, calendar);
            BOOST_REQUIRE(add_business_days(day, 10, Calendar::weekends) <= law);
            BOOST_REQUIRE(add_business_days(day, 10, Calendar::every_day) <= add_business_days(day, 10, Calendar::weekends));
        }
    }
}

BOOST_AUTO_TEST_CASE(the_date_of_receipt_is_the_jurisdictions_earliest) {
    Millis const received = at(on(2026, 11, 24), 9);  // still the 23rd in Pago Pago, the 24th in Vancouver
    BOOST_TEST(due_at(received, 1, Calendar::us_federal, 11) == end_of(on(2026, 11, 24)));
    BOOST_TEST(due_at(received, 1, Calendar::ca_federal, 8) == end_of(on(2026, 11, 25)));
}

BOOST_AUTO_TEST_CASE(before_1970) {
    BOOST_TEST(due_at(-1, 1) == end_of(on(1970, 1, 2)));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::consent
