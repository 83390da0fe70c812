// What a bundle proves, what rests on its signer's word, and what it cannot prove, in plain words.
//
// Threads: functions on values of the caller.
#pragma once

#include "verify/bundle/archive.hpp"
#include "verify/bundle/bundle_run.hpp"

namespace cl::verify::bundle {

struct Counts {
    std::int64_t files = 0;  ///< compared with their digests
    std::int64_t kept = 0;   ///< checkpoints of the user's that the log is proven to continue
    std::int64_t page = 0;   ///< rows of report.html, if it is the page of these entries
    bool enclosed = false;   ///< how-to-verify.txt and check_bundle.py are those of this release
};

/// Fills in Report::bundle, Report::checked and Report::not_checked. What is proven is said only where nothing is wrong and the checkpoint is signed.
void summarise(Archive const& archive, Manifest const& manifest, BundleRun const& run, Counts const& counts, Report& report);

}  // namespace cl::verify::bundle
