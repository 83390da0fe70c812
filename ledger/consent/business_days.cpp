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

bool business_day(sys_days day) {
    weekday const w{day};
    return w != Saturday && w != Sunday && !us_federal_holiday(day);
}

}  // namespace

bool us_federal_holiday(sys_days day) {
    if (floating_holiday(day) || fixed_holiday(day)) return true;
    // A Friday looks at its Saturday, even across the year: 31 December 2021 stood for New Year's Day 2022.
    weekday const w{day};
    return (w == Friday && fixed_holiday(day + days{1})) || (w == Monday && fixed_holiday(day - days{1}));
}

sys_days add_business_days(sys_days receipt, int n) {
    sys_days day = receipt;
    while (n > 0) {
        day += days{1};
        if (business_day(day)) --n;
    }
    return day;
}

Millis due_at(Millis received, int business_days) {
    sys_time<milliseconds> const earliest_us{milliseconds{received} - hours{11}};
    sys_days const due = add_business_days(floor<days>(earliest_us), business_days);
    return duration_cast<milliseconds>((due + days{1}).time_since_epoch()).count() - 1;
}

}  // namespace cl::consent
