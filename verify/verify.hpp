// The verifier as one call: read, check, replay, report (docs/verifier.md).
#pragma once

#include "ledger/core/clock.hpp"
#include "verify/options.hpp"
#include "verify/report.hpp"

namespace cl::verify {

/// Never fails: what could not be done is in the report. Blocks; starts threads of its own and joins them. Writes nothing but the pin file.
[[nodiscard]] Report verify(Options const& options, Clock const& clock);

}  // namespace cl::verify
