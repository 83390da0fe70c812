// That the log of this bundle continues what was seen before: the consistency proofs from earlier bundles, and by them the user's trusted
// checkpoints and pin.
//
// Threads: functions on values of the caller.
#pragma once

#include "verify/bundle/archive.hpp"
#include "verify/bundle/findings.hpp"
#include "verify/bundle/key_history.hpp"
#include "verify/trust.hpp"

#include <map>
#include <vector>

namespace cl::verify::bundle {

/// Sizes and roots from which the checkpoint is proven to continue, the checkpoint's own among them.
using Roots = std::map<merkle::Size, Hash32>;

/// Checks every proof (INT-066); `sizes` gets the sizes of all of them in order.
[[nodiscard]] Roots check_earlier(Archive const& archive, Checkpoint const& checkpoint, std::vector<merkle::Size>& sizes,
                                  Findings& findings);

/// What the user kept against `roots`: INT-036 where it shows another history; incomplete where no proof leads from it to here. Returns how many
/// were confirmed.
[[nodiscard]] std::int64_t check_kept(Trust const& trust, Roots const& roots, Checkpoint const& checkpoint,
                                      KeyHistory const& history, Findings& findings);

}  // namespace cl::verify::bundle
