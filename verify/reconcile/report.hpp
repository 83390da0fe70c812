// The result of a run of reconcile: what was found, what could not be judged, as text and as JSON. Holds contact ids and row numbers, never a
// number, a text or a name out of a file.
//
// Threads: plain values and pure functions, any thread.
#pragma once

#include "verify/reconcile/tally.hpp"
#include "verify/report.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cl::verify::reconcile {

/// One finding, for a report.
struct Shown {
    bool rejection = false;  ///< the row is in the file of rejections
    std::int64_t row = 0;    ///< in its file, the header being 1; 0: it is about no row
    std::string account;     ///< empty for a contact that the ledger does not know
    Hash32 contact;
    Millis at = 0;
    Facts facts;
    std::string list;  ///< as the ledger names it
    std::string what;
};

struct RuleResult {
    Rule const* rule = nullptr;
    std::int64_t count = 0;
    std::int64_t contacts = 0;  ///< different ones that the ledger knows
    std::vector<Shown> cases;   ///< the first limits::reconcile_cases, in the order of the files
};

/// CL-050 in dollars, 47 USC 227(b)(3) and (c)(5). What a court would award is another matter.
struct Exposure {
    static constexpr std::int64_t low_dollars = 500;
    static constexpr std::int64_t high_dollars = 1'500;
    std::int64_t messages = 0;
    std::int64_t after_deadline = 0;  ///< of these, later than the last day to honour the opt-out
};

struct FileResult {
    std::string path;
    std::optional<Form> form;  ///< nothing if it could not be opened
    Columns columns;
    Counts counts;
    std::vector<BadRowAt> bad;  ///< the first limits::reconcile_bad_rows
};

struct Report {
    verify::Report ledger;
    FileResult sends;
    std::optional<FileResult> rejects;
    std::vector<RuleResult> findings;  ///< only rules that found something, most severe first, then by id
    Exposure exposure;
    std::vector<Incomplete> incomplete;
    std::vector<std::string> not_checked;
    std::int64_t contacts = 0;
    std::int64_t reordered = 0;  ///< contacts whose entries arrived out of order
    std::optional<consent::Severity> fail_on;
};

[[nodiscard]] Exit exit_code(Report const& report) noexcept;
/// `clean`, `findings`, `incomplete` or `tampering`.
[[nodiscard]] std::string_view verdict(Report const& report) noexcept;
[[nodiscard]] std::string to_text(Report const& report, bool quiet);
/// One object on one line, RFC 8785; its members are in docs/reconcile.md.
[[nodiscard]] std::string to_json(Report const& report);

}  // namespace cl::verify::reconcile
