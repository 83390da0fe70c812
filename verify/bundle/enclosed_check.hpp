// how-to-verify.txt and check_bundle.py against what this release puts into a bundle: who follows the one and runs the other relies on them.
//
// Threads: functions on values of the caller.
#pragma once

#include "verify/bundle/bag.hpp"
#include "verify/bundle/view_facts.hpp"

namespace cl::verify::bundle {

/// True if both are this release's own, to the byte. Else INT-072 where the bundle says that this release made it; those of another release
/// are not known here.
[[nodiscard]] bool check_enclosed(Archive const& archive, Manifest const& manifest, ViewContext const& context,
                                  Digests const& digests, Findings& findings);

}  // namespace cl::verify::bundle
