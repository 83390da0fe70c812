// What both views say of the bundle beside its entries (docs/bundle.md, "The views"), as it has to be.
//
// Threads: pure functions.
#pragma once

#include "ledger/core/clock.hpp"
#include "verify/bundle/manifest.hpp"
#include "verify/bundle/rows.hpp"

#include <map>
#include <optional>
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

/// What is not in the manifest: of the entries in scope, without the neighbours of a range.
struct ViewContext {
    std::string note;  ///< data/checkpoint
    std::map<std::string, std::int64_t> kinds;
    std::int64_t entries = 0;
    std::int64_t contacts = 0;
    std::optional<Millis> first_at;  ///< recorded_at of the first and the last
    std::optional<Millis> last_at;
    std::optional<Seq> before;  ///< the neighbours
    std::optional<Seq> behind;
};

/// The entries beside a range that show that none of it is missing: `entry 84 before, entry 243 behind`. Empty if there are none.
[[nodiscard]] std::string neighbours(ViewContext const& context);
[[nodiscard]] std::string title_of(Manifest const& manifest);
/// Of what the bundle is, and what it rests on.
[[nodiscard]] std::vector<Fact> about(Manifest const& manifest, ViewContext const& context);
/// The records behind the rows of entries.csv, the first field without its `#`.
[[nodiscard]] std::vector<Fact> remarks(Manifest const& manifest, ViewContext const& context);

}  // namespace cl::verify::bundle
