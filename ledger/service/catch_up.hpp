// Bringing the projections to the ledger's end by replaying entries through the state machine (docs/architecture.md "The data directory").
//
// Threads: on the writer's thread, or on that of whoever reads a data directory without one.
#pragma once

#include "ledger/service/core.hpp"

#include <vector>

namespace cl::service {

/// True if the projections are at an entry that this ledger has; otherwise they have been reset.
[[nodiscard]] Result<bool> check_watermark(Core& core);

/// What state.db must belong to on this machine, for this ledger.
[[nodiscard]] Result<state::Identity> identity_of(log::LogReader& log);

/// Replays from the watermark to `head`, which is in `log`. Progress goes to the status and the log. `erasures` gets the subject.erased entries met.
/// `keep_going` is asked now and then; false ends it with errc::not_ready.
[[nodiscard]] Result<void> catch_up(Core& core, log::LogReader& log, log::Head const& head, std::vector<Seq>& erasures,
                                    std::function<bool()> const& keep_going);

}  // namespace cl::service
