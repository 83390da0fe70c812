// What both views say of the bundle beside its entries (docs/bundle.md, "The views"), as it has to be.
//
// Threads: pure functions.
#pragma once

#include "ledger/core/clock.hpp"
#include "verify/bundle/manifest.hpp"
#include "verify/bundle/rows.hpp"

#include <string>
#include <utility>
#include <vector>

namespace cl::verify::bundle {

using Fact = std::pair<std::string, std::string>;  ///< name and value

/// Free texts by name, and items of evidence, as far as they are shown: a line each, at least.
struct Texts {
    std::string said;
    std::string evidence;
};
[[nodiscard]] Texts texts_of(std::vector<OpeningRow> const& values);

/// What is not in the manifest.
struct ViewContext {
    std::string note;  ///< data/checkpoint
    Millis first_at = 0;
    Millis last_at = 0;  ///< recorded_at of the first and the last entry in scope
};

[[nodiscard]] std::string title_of(Manifest const& manifest);
/// Of what the bundle is, and what it rests on.
[[nodiscard]] std::vector<Fact> about(Manifest const& manifest, ViewContext const& context);
/// The records behind the rows of entries.csv, the first field without its `#`.
[[nodiscard]] std::vector<Fact> remarks(Manifest const& manifest, ViewContext const& context);

}  // namespace cl::verify::bundle
