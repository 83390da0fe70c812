// data/views/report.html against the entries, byte for byte: the page that is read aloud and printed must say what they say.
//
// Threads: functions on values of the caller.
#pragma once

#include "verify/bundle/archive.hpp"
#include "verify/bundle/findings.hpp"
#include "verify/bundle/view_facts.hpp"

namespace cl::verify::bundle {

/// For a bundle in which nothing was found so far: reads its entries, openings and contacts once more, as far as the page shows them.
/// Another page is INT-072 where the bundle says that this release made it; else it could not be compared, since the page of another
/// release may look otherwise. Returns the rows compared; 0: it is not this page.
[[nodiscard]] std::int64_t check_page(Archive const& archive, Manifest const& manifest, ViewContext const& context,
                                      Findings& findings);

}  // namespace cl::verify::bundle
