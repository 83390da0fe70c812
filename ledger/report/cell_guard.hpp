// Private: texts of others in a table that a spreadsheet opens.
//
// Threads: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace cl::report {

/// `text` with an apostrophe wherever a cell could begin that a spreadsheet takes for a formula (OWASP ASVS 1.2.10), and in front of what it
/// would take for a number or a date and show as another one; without NUL bytes, which none takes. A cell begins at the start, and behind
/// each of `,` `;` `|`, tab and line end: which of them separates is the reader's locale, not the file. Of what could be taken so already, one
/// apostrophe more is in front: who takes the first one off again has the text. docs/reports.md "Formats" has the rules.
[[nodiscard]] std::string guarded(std::string_view text);

}  // namespace cl::report
