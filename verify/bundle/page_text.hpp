// data/views/report.html, piece by piece, as it has to be (docs/bundle.md, "The views"): written from the page, not with the code that makes it.
//
// Threads: pure functions.
#pragma once

#include "ledger/core/entry.hpp"
#include "verify/bundle/view_facts.hpp"

namespace cl::verify::bundle {

/// Everything before the style sheet.
[[nodiscard]] std::string page_top(Manifest const& manifest);
/// From behind it to the first row. `phone`: of the one contact, where it is of one: E.164, `erased`, or empty.
[[nodiscard]] std::string page_head(Manifest const& manifest, ViewContext const& context, std::string const& phone);
/// `phone`: of the entry's contact, likewise.
[[nodiscard]] std::string page_row(Manifest const& manifest, Entry const& entry, bool in_scope, std::string const& phone,
                                   Texts const& texts);
[[nodiscard]] std::string page_end(Manifest const& manifest, ViewContext const& context);
/// How many entries it shows.
[[nodiscard]] std::int64_t page_rows(Manifest const& manifest) noexcept;

}  // namespace cl::verify::bundle
