// Private to the room: what can be said about a batch before any of it touches a file.
//
// Threads: pure functions, any thread.
#pragma once

#include "ledger/log/log_store.hpp"

#include <vector>

namespace cl::log {

/// Consecutive rows from expected.size on, each leaf computed anew from the bytes that the INSERT will bind (they are not copied on the
/// way), tiles whole, openings and checkpoint within the new size. errc::store_corrupt, or too_large over a limit of limits.hpp.
[[nodiscard]] Result<void> check_batch(Head const& expected, Batch const& batch);

/// Openings of entries below `size`, within limits. Errors as check_batch.
[[nodiscard]] Result<void> check_openings(std::vector<Opening> const& openings, merkle::Size size);

/// The head after the batch.
[[nodiscard]] Head head_after(Head const& expected, Batch const& batch);

}  // namespace cl::log
