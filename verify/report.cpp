// Verdict and exit code.
#include "verify/report.hpp"

#include <algorithm>

namespace cl::verify {

std::string_view name(PinStatus status) noexcept {
    switch (status) {
    case PinStatus::none: return "none";
    case PinStatus::created: return "created";
    case PinStatus::advanced: return "advanced";
    case PinStatus::unchanged: return "unchanged";
    case PinStatus::kept: return "kept";
    }
    return "";
}

std::string_view name(KeyFrom from) noexcept {
    switch (from) {
    case KeyFrom::none: return "none";
    case KeyFrom::file: return "key file";
    case KeyFrom::pin: return "pin";
    case KeyFrom::ledger: return "ledger";
    case KeyFrom::bundle: return "bundle";
    }
    return "";
}

merkle::Size unsigned_entries(Report const& report) noexcept {
    return report.root ? report.size - report.signed_to : 0;
}

std::string unsigned_stretch(Report const& report) {
    std::string const first = "entry " + std::to_string(report.signed_to);
    return unsigned_entries(report) == 1 ? first : first + " to entry " + std::to_string(report.size - 1);
}

Exit exit_code(Report const& report) noexcept {
    if (!report.integrity.clean()) {
        return Exit::tampering;
    }
    if (!report.incomplete.empty()) {
        return Exit::incomplete;
    }
    if (!report.fail_on) {
        return Exit::clean;
    }
    for (auto severity = static_cast<std::size_t>(*report.fail_on); severity < severities; ++severity) {
        if (report.consent.open[severity] > report.consent.known[severity]) {
            return Exit::findings;
        }
    }
    return Exit::clean;
}

std::string_view verdict(Report const& report) noexcept {
    if (!report.integrity.clean()) {
        return "tampering";
    }
    if (!report.incomplete.empty()) {
        return "incomplete";
    }
    bool const any =
        std::any_of(report.consent.open.begin(), report.consent.open.end(), [](std::int64_t count) { return count > 0; });
    if (any) {
        return "findings";
    }
    return unsigned_entries(report) > 0 ? "unsigned_end" : "intact";
}

}  // namespace cl::verify
