// What BagIt says of the bundle in words, bagit.txt and bag-info.txt (RFC 8493 2.1.1, 2.2.2), against the manifest and the files.
//
// Threads: functions on values of the caller.
#pragma once

#include "verify/bundle/archive.hpp"
#include "verify/bundle/findings.hpp"
#include "verify/bundle/manifest.hpp"

namespace cl::verify::bundle {

/// INT-063: both have one form (docs/bundle.md), which follows from the manifest and the sizes of the files.
void check_tags(Archive const& archive, Manifest const& manifest, Findings& findings);

}  // namespace cl::verify::bundle
