// Changes as NDJSON: each block of lines is recorded while the next one arrives, and answered in order.
//
// Threads: one block at a time, whichever thread has it.
#pragma once

#include "api/router.hpp"

namespace cl::api::handlers {

/// The same stream for a body that is there as a whole (a caller without a socket); `call.respond` gets all of the answer.
void take_lines(Call call);

}  // namespace cl::api::handlers
