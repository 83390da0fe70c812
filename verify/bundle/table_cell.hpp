// How a text stands in the bundle's table for people (docs/bundle.md "The views"): a spreadsheet must see a text in it.
//
// Threads: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace cl::verify::bundle {

/// The field, unquoted, that the table has for `text`.
[[nodiscard]] std::string as_shown(std::string_view text);

}  // namespace cl::verify::bundle
