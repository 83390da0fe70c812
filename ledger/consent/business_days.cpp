// See business_days.hpp.

#include "ledger/consent/business_days.hpp"

namespace cl::consent {

namespace {

using namespace std::chrono;

bool is_nth(year_month_day date, month m, weekday day, unsigned n) {
    return date.month() == m && sys_days{date} == sys_days{date.year() / m / day[n]};
}

// The days of 6103(a) that float with the weekday. None of them needs an observed day.
bool floating_holiday(year_month_day date) {
    return is_nth(date, January, Monday, 3)                                                          // Martin Luther King
           || is_nth(date, February, Monday, 3)                                                      // Washington's Birthday
           || (date.month() == May && sys_days{date} == sys_days{date.year() / May / Monday[last]})  // Memorial Day
           || is_nth(date, September, Monday, 1)                                                     // Labor Day
           || is_nth(date, October, Monday, 2)                                                       // Columbus Day
           || is_nth(date, November, Thursday, 4);                                                   // Thanksgiving
}

// The days of 6103(a) with a date.
bool fixed_holiday(year_month_day date) {
    auto const is = [&](month m, unsigned d) { return date.month() == m && date.day() == day{d}; };
    return is(January, 1) || (is(June, 19) && date.year() >= year{2021}) || is(July, 4) || is(November, 11) || is(December, 25);
}

// The Sunday of Easter in the Gregorian calendar (the "anonymous" computus of Meeus, Jones and Butcher; the tests have its known dates).
sys_days easter(year y) {
    int const n = int{y};
    int const a = n % 19;
    int const b = n / 100;
    int const c = n % 100;
    int const h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int const l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    int const m = (a + 11 * h + 22 * l) / 451;
    int const at = h + l - 7 * m + 114;
    return y / month{static_cast<unsigned>(at / 31)} / day{static_cast<unsigned>(at % 31 + 1)};
}

// The Monday before 25 May.
bool victoria_day(year_month_day date) {
    return date.month() == May && weekday{sys_days{date}} == Monday && date.day() >= day{18} && date.day() <= day{24};
}

bool business_day(sys_days day, Calendar calendar) {
    if (calendar == Calendar::every_day) return true;
    weekday const w{day};
    if (w == Saturday || w == Sunday) return false;
    if (calendar == Calendar::us_federal) return !us_federal_holiday(day);
    return calendar != Calendar::ca_federal || !ca_federal_holiday(day);
}

}  // namespace

bool us_federal_holiday(sys_days day) {
    if (floating_holiday(day) || fixed_holiday(day)) return true;
    // A Friday looks at its Saturday, even across the year: 31 December 2021 stood for New Year's Day 2022.
    weekday const w{day};
    return (w == Friday && fixed_holiday(day + days{1})) || (w == Monday && fixed_holiday(day - days{1}));
}

bool ca_federal_holiday(sys_days date) {
    year_month_day const ymd{date};
    auto const is = [&](month m, unsigned d) { return ymd.month() == m && ymd.day() == day{d}; };
    bool const fixed = is(January, 1) || is(July, 1) || (is(September, 30) && ymd.year() >= year{2021}) || is(November, 11) ||
                       is(December, 25) || is(December, 26);
    bool const canada_day_moved = is(July, 2) && weekday{date} == Monday;
    return fixed || canada_day_moved || victoria_day(ymd) || is_nth(ymd, September, Monday, 1) ||
           is_nth(ymd, October, Monday, 2) || date == easter(ymd.year()) - days{2};
}

sys_days add_business_days(sys_days receipt, int n, Calendar calendar) {
    sys_days day = receipt;
    while (n > 0) {
        day += days{1};
        if (business_day(day, calendar)) --n;
    }
    return day;
}

Millis due_at(Millis received, int business_days, Calendar calendar, int hours_west) {
    sys_time<milliseconds> const earliest{milliseconds{received} - hours{hours_west}};
    sys_days const due = add_business_days(floor<days>(earliest), business_days, calendar);
    return duration_cast<milliseconds>((due + days{1}).time_since_epoch()).count() - 1;
}

}  // namespace cl::consent
