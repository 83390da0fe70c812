// How long, as an operator writes it.
//
// Threads: pure function, any thread.
#pragma once

#include "ledger/core/clock.hpp"

#include <string_view>

namespace cl::api::app {

/// `90d`, `12h`, `30m`, `45s`, up to 36,525 days; errc::usage otherwise.
[[nodiscard]] Result<Millis> parse_duration(std::string_view text);

}  // namespace cl::api::app
