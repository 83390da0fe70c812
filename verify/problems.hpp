// A report as a list of problems, the worst first: what the formats for CI (SARIF, JUnit, GitHub) have in common. Bounded by
// limits::verify_report_results; what was left out is counted.
//
// Threads: plain values and pure functions, any thread.
#pragma once

#include "verify/report.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cl::verify {

/// The rule of what could not be done, beside those of the two catalogues.
inline constexpr std::string_view incomplete_rule = "INCOMPLETE";

enum class ProblemKind { integrity, incomplete, consent };

struct Problem {
    ProblemKind kind{};
    std::string_view rule;         ///< `INT-005`, `CL-001`, incomplete_rule
    consent::Severity severity{};  ///< of integrity findings and of what could not be done: critical
    std::optional<Seq> seq;        ///< the entry, if there is one to point at
    std::string title;             ///< one line
    std::string message;           ///< the facts and what to do; one line of printable ASCII
    std::string fingerprint{};     ///< the same for the same problem in every run, 32 hex digits
    bool known = false;            ///< in the baseline; never of integrity findings
    std::optional<Millis> waived_until{};
    bool fails = false;  ///< by itself it makes the exit code 1, 3 or 4
};

struct Problems {
    std::vector<Problem> shown;
    std::int64_t not_shown = 0;
};

[[nodiscard]] Problems problems_of(Report const& report);

/// What a rule is, for the formats that describe their rules.
struct RuleText {
    std::string_view id;
    std::string_view title;
    std::string meaning;
    std::string remedy;
    consent::Severity severity{};  ///< the highest that it is raised with
};
/// Every rule that a problem can name, each once: integrity, incomplete, consent.
[[nodiscard]] std::vector<RuleText> all_rule_texts();

/// Where an entry is, for a reader that knows files and lines: the ledger's path made relative, as a URI reference (percent-encoded). An
/// absolute path, or one that leads upward, is given by its last part.
[[nodiscard]] std::string artifact_uri(Report const& report);
/// The line of an entry, from 1: exact in an export, in a database the position.
[[nodiscard]] std::int64_t line_of(Problem const& problem) noexcept;

}  // namespace cl::verify
