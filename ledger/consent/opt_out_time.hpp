// How long an opt-out took from when it was asked for until it was in force: the one reading of it that the rule CL-010 and the report on
// timeliness share.
//
// Threads: pure functions, any thread.
#pragma once

#include "ledger/consent/kinds.hpp"
#include "ledger/consent/pack.hpp"
#include "ledger/core/entry.hpp"

#include <cstdint>

namespace cl::consent {

/// The worst that is true of it.
enum class Timeliness : std::uint8_t {
    in_time,
    over_target,  ///< later than the pack's target (`optout_sla_seconds`)
    urgent,       ///< later than `optout_urgent_seconds`
    overdue,      ///< after the due date, 47 CFR 64.1200(a)(10)
    imported,     ///< told long after by another system, which may have honoured it at once: not judged
};

struct OptOutTime {
    Millis requested;  ///< when the person said so: `occurred_at`, or the recording where no time is given
    Millis due;        ///< by the pack's business days
    Timeliness how;
};

/// Whether entries of this kind are judged so: every `opt_out.*`, whoever wrote it down (docs/behaviour.md "Order and precedence").
[[nodiscard]] bool is_opt_out(Kind kind) noexcept;
/// It is in force when it is recorded, because a check denies from then on. Precondition: is_opt_out(the entry's kind).
[[nodiscard]] OptOutTime opt_out_time(Entry const& entry, Pack const& pack);

}  // namespace cl::consent
