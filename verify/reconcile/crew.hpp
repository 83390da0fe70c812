// Several threads take turns at reading a file and judge what they read; what they found is handed over in the order of the file, so that
// the result is the same with any number of them.
//
// Threads: starts its own and has joined them when it returns. `merge` is called by one of them at a time, in order.
#pragma once

#include "verify/reconcile/input.hpp"
#include "verify/reconcile/tally.hpp"

#include <functional>
#include <optional>
#include <string_view>

namespace cl::verify::reconcile {

/// Told what a unit of work came to, and how many bytes of the file it was.
using Merge = std::function<void(Tally tally, std::size_t bytes)>;

/// What ended the reading early, if anything did; all before it was merged. Exceptions pass through. `workers` 0: one for each core.
[[nodiscard]] std::optional<Error> run_crew(Input& input, unsigned workers, std::function<Tally(std::string_view)> const& judge,
                                            Merge const& merge);

}  // namespace cl::verify::reconcile
