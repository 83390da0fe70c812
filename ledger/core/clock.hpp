// Time as a number, its one spelling, and the clock as something that is passed in.
#pragma once

#include "ledger/core/error.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace cl {

/// UTC milliseconds since 1970-01-01, leap seconds ignored (POSIX time).
using Millis = std::int64_t;

/// What four digits of a year can say: 0000-01-01T00:00:00.000Z to 9999-12-31T23:59:59.999Z.
inline constexpr Millis earliest_time = -62'167'219'200'000;
inline constexpr Millis latest_time = 253'402'300'799'999;

/// `2026-11-23T18:15:00.000Z`, the spelling of every stored time (docs/format.md "Entry"), for the years above. Times outside of them are
/// written as the nearest that four digits can say.
[[nodiscard]] std::string format_time(Millis time);

/// Reads exactly what format_time writes: entries have one spelling of a time. errc::malformed otherwise.
[[nodiscard]] Result<Millis> parse_stored_time(std::string_view text);

/// Reads RFC 3339 with an offset (`Z` or `+hh:mm`), as in requests; finer fractions than a millisecond are cut off, second 60 is
/// read as 59.999. errc::malformed otherwise, above all without an offset (CL-075).
[[nodiscard]] Result<Millis> parse_rfc3339(std::string_view text);

/// Where time comes from. Implementations are safe to call from any thread.
class Clock {
public:
    virtual ~Clock() = default;
    /// Wall clock, UTC milliseconds.
    [[nodiscard]] virtual Millis now() const = 0;
    /// A clock that never jumps, in milliseconds from an arbitrary start.
    [[nodiscard]] virtual Millis steady() const = 0;
};

/// The machine's clocks.
class SystemClock final : public Clock {
public:
    [[nodiscard]] Millis now() const override;
    [[nodiscard]] Millis steady() const override;
};

}  // namespace cl
