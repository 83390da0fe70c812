// The check of an evidence bundle (docs/bundle.md), offline, with nothing but what is in it and what the user holds.
//
// Threads: a function without state; Options::progress is called on the calling thread.
#pragma once

#include "verify/options.hpp"
#include "verify/report.hpp"

namespace cl::verify::bundle {

/// Checks the zip or the unpacked folder `options.source`. Never fails: what could not be done is in the report.
[[nodiscard]] Report verify(Options const& options, Clock const& clock);

}  // namespace cl::verify::bundle
