// Whose pseudonyms they are: data/contacts.ndjson has each contact of the entries, with the number and salt that give its pseudonym, or with
// the reason why they are not there.
//
// Threads: functions on values of the caller.
#pragma once

#include "verify/book.hpp"
#include "verify/bundle/erasures.hpp"
#include "verify/bundle/manifest.hpp"
#include "verify/bundle/rows.hpp"
#include "verify/bundle/scope_check.hpp"
#include "verify/bundle/view_check.hpp"

namespace cl::verify::bundle {

/// After the last entry. `book`: every contact of the entries in scope; `view`: is told each number. Returns what is shown.
[[nodiscard]] Shown check_contacts(Archive const& archive, Manifest const& manifest, Book const& book, ScopeCheck const& scope,
                                   Erasures const& erasures, ViewCheck& view, Findings& findings);

}  // namespace cl::verify::bundle
