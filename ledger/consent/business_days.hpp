// Business days as the TCPA rules count them, and the due date they lead to.
//
// Threads: pure functions, any thread. For the years of stored times, 0000-9999; the holidays are those of today's statute, so
// that dates before 1986 count by a calendar that was not in force then.
#pragma once

#include "ledger/core/clock.hpp"

#include <chrono>
#include <cstdint>

namespace cl::consent {

/// Whose holidays count. `weekends`: none is known, so Monday to Friday are all business days. `every_day`: calendar days. The fewer
/// days are left out, the earlier a deadline falls: where holidays are not known, early is the side to be wrong on.
enum class Calendar : std::uint8_t { us_federal, ca_federal, weekends, every_day };

/// Is `day` (days since 1970-01-01, UTC) a US federal holiday, observed days included? The eleven days of 5 U.S.C. 6103(a),
/// each also on the Friday before if it falls on a Saturday (6103(b)) and on the Monday after if on a Sunday (E.O. 11582);
/// Juneteenth from 2021 on (Pub. L. 117-17). Not Inauguration Day, which is local, and no day off by executive order.
[[nodiscard]] bool us_federal_holiday(std::chrono::sys_days day);

/// Is `day` one of Canada's ten general holidays (Canada Labour Code, section 166: how sure, docs/policy-packs.md says)? 30 September from 2021 on. A holiday
/// on a weekend brings no other day off here, but for 1 July on a Sunday (Holidays Act): employers choose the day, so
/// counting none is never late. No holiday of a province, which would only make a deadline later.
[[nodiscard]] bool ca_federal_holiday(std::chrono::sys_days day);

/// `receipt` + n business days of the calendar, receipt day excluded (47 CFR 64.1200(a)(10)): by `us_federal` not Saturday, Sunday
/// or a federal holiday. The receipt day may be any day. n below 1 gives the receipt day back. Linear in n.
[[nodiscard]] std::chrono::sys_days add_business_days(std::chrono::sys_days receipt, int n,
                                                      Calendar calendar = Calendar::us_federal);

/// The end (last millisecond) of the due day, UTC, of something received at `received`, whose date is the one `hours_west` of UTC: the
/// earliest in the jurisdiction, 11 for the United States.
///
/// docs/behaviour.md "Order and precedence": the receipt's date is taken at UTC-11, and it is due at the end of the UTC day that bears the date
/// of the n-th business day after. UTC-11 has the earliest date in the United States, so a STOP sent on a US evening, when UTC is already a
/// day further, is counted from the evening's date: the deadline is never later than the law's in any state. The price is that
/// it can be earlier. By hours for everybody: UTC midnight is early evening in New York. By one business day for what arrives
/// before 11:00 UTC (06:00 in New York), which cannot be told from a late evening in Hawaii. Early is the side to be wrong on:
/// a sender is warned too soon, and no missed deadline is called kept.
[[nodiscard]] Millis due_at(Millis received, int business_days, Calendar calendar = Calendar::us_federal, int hours_west = 11);

}  // namespace cl::consent
