// The verdict in words, and the catalogue as text.
#include "ledger/consent/rules.hpp"
#include "verify/catalogue.hpp"
#include "verify/report.hpp"
#include "verify/words.hpp"

#include <numeric>

namespace cl::verify {
namespace {

std::string tampering(Report const& report) {
    if (report.kind == SourceKind::bundle) {
        return "This bundle is NOT as it was made: something in it was changed, removed or added, or it was never what it claims. Nothing "
               "is proven by it. Keep it as it is: it is evidence.";
    }
    std::string out = "This ledger is NOT as it was written.";
    if (auto const first = report.integrity.first_bad()) {
        out += " The first bad entry is entry " + std::to_string(*first) + ".";
    }
    return out + " Do not rely on what it says from there on, and keep it as it is: it is evidence.";
}

std::string incomplete(Report const& report) {
    if (report.size == 0) {
        return "Nothing was verified. This is not a pass: read below what is in the way.";
    }
    return "Nothing wrong was found in the bytes that could be checked, but not everything could be checked. This is not a pass: read below "
           "what is missing.";
}

std::string intact(Report const& report) {
    if (merkle::Size const end = unsigned_entries(report); end > 0) {
        std::string const before =
            report.signed_to == 0
                ? ""
                : " Up to there, as far as the signatures and the checks below can tell, nothing was changed, removed, inserted or reordered.";
        return "The entries fit together, but no signature covers " + counted(end, "entry", "entries") + " at the end (" +
               unsigned_stretch(report) + "): whoever can write to this file could have made them." + before;
    }
    if (report.bundle) {
        return "The " + counted(report.bundle->entries, "entry", "entries") +
               " of this bundle are in the log that was signed, unchanged, and the data beside them agrees with them. What that "
               "proves, and what not, is said below.";
    }
    return "Nothing was changed, removed, inserted or reordered in these " + counted(report.size, "entry", "entries") +
           ", as far as the signatures and the checks below can tell.";
}

std::string about_findings(Report const& report) {
    auto const& open = report.consent.open;
    std::int64_t const all = std::accumulate(open.begin(), open.end(), std::int64_t{0});
    if (all == 0) {
        return " The rules find nothing to object to.";
    }
    std::string out = " " + counted(all, "record needs", "records need") + " attention:";
    for (std::size_t i = open.size(); i-- > 0;) {
        if (open[i] > 0) {
            out += " " + grouped(open[i]) + " " + std::string(name(static_cast<consent::Severity>(i))) + ",";
        }
    }
    out.back() = '.';
    return out;
}

}  // namespace

std::string verdict_sentences(Report const& report) {
    std::string_view const word = verdict(report);
    if (word == "tampering") {
        return tampering(report);
    }
    if (word == "incomplete") {
        return incomplete(report);
    }
    return intact(report) + about_findings(report);
}

std::string list_checks() {
    std::string out = "Integrity findings (any of them: exit 1)\n";
    for (CheckInfo const& info : all_checks()) {
        out += "\n" + std::string(info.id) + "  " + std::string(info.title) + "\n    " + std::string(info.meaning) +
               "\n    What to do: " + std::string(info.remedy) + "\n";
    }
    out += "\nConsent findings (exit 4 from the severity of --fail-on up)\n";
    auto const add = [&out](consent::RuleInfo const& rule) {
        out += "\n" + std::string(rule.id) + "  " + std::string(rule.title) + " (at most " + std::string(name(rule.severity)) +
               ")\n    Raised when: " + std::string(rule.condition) + "\n    Source: " + std::string(rule.citation) +
               "\n    What to do: " + std::string(rule.remedy) + "\n";
    };
    for (consent::RuleInfo const& rule : consent::all_rules()) {
        add(rule);
    }
    add(state_rule());
    add(export_rule());
    return out;
}

}  // namespace cl::verify
