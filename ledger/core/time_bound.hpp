// A time that somebody chooses by: `from`, `to`, `since`, `until`.
#pragma once

#include "ledger/core/clock.hpp"

namespace cl {

/// Reads RFC 3339 as parse_rfc3339 does, but rounds up: the first millisecond that is not before the time. Whatever is stored in
/// milliseconds is before the text's time if and only if it is before the result; cut off, a bound would let in what was earlier. A leap
/// second is the one that follows it. errc::malformed.
[[nodiscard]] Result<Millis> parse_time_bound(std::string_view text);

}  // namespace cl
