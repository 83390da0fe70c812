// Verdict and exit code, by the order of docs/verifier.md "Exit codes".
#include "verify/reconcile/report.hpp"

#include <algorithm>

namespace cl::verify::reconcile {

Exit exit_code(Report const& report) noexcept {
    if (!report.ledger.integrity.clean()) {
        return Exit::tampering;
    }
    if (!report.incomplete.empty() || !report.ledger.incomplete.empty()) {
        return Exit::incomplete;
    }
    bool const bad =
        report.fail_on && std::any_of(report.findings.begin(), report.findings.end(),
                                      [&](RuleResult const& result) { return result.rule->info.severity >= *report.fail_on; });
    return bad ? Exit::findings : Exit::clean;
}

std::string_view verdict(Report const& report) noexcept {
    Exit const exit = exit_code(report);
    if (exit == Exit::tampering) {
        return "tampering";
    }
    if (exit == Exit::incomplete) {
        return "incomplete";
    }
    return report.findings.empty() ? "clean" : "findings";
}

}  // namespace cl::verify::reconcile
