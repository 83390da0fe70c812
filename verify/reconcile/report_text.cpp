// The report for people: the verdict, what it would cost, each rule with its first cases, then what was read.
#include "ledger/core/limits.hpp"
#include "verify/reconcile/report.hpp"
#include "verify/words.hpp"

#include <algorithm>
#include <cctype>

namespace cl::verify::reconcile {
namespace {

std::string upper(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return out;
}

std::string headline(Report const& report) {
    std::string_view const word = verdict(report);
    if (word == "tampering") return "THE LEDGER WAS TAMPERED WITH; no send was judged";
    if (word == "incomplete") return "COULD NOT FINISH; this is not a pass";
    return word == "findings" ? "SENDS THAT SHOULD NOT HAVE BEEN SENT, OR RECORDS THAT DISAGREE"
                              : "ALL SENDS AS THE LEDGER ALLOWS";
}

std::string exposure_section(Exposure const& exposure) {
    if (exposure.messages == 0) {
        return "";
    }
    return "\nStatutory exposure: " + counted(exposure.messages, "message", "messages") + " after an opt-out, $" +
           grouped(exposure.messages * Exposure::low_dollars) + " to $" + grouped(exposure.messages * Exposure::high_dollars) +
           " (47 USC 227(b)(3), (c)(5): $500 each, up to $1,500 if wilful)\n  Of these " + grouped(exposure.after_deadline) +
           " past the last day to honour the opt-out. Secondary source; no legal advice.\n";
}

std::string where(Shown const& shown) {
    std::string out = shown.row > 0 ? (shown.rejection ? "rejection row " : "row ") + std::to_string(shown.row) + ", " : "";
    out += "contact " + to_hex(shown.contact) + ", " + format_time(shown.at);
    out += shown.account.empty() ? "" : ", account " + printable(shown.account);
    return out + (shown.list.empty() ? "" : ", list " + printable(shown.list));
}

std::string finding(RuleResult const& result) {
    consent::RuleInfo const& rule = result.rule->info;
    std::string out = "\n  " + std::string(rule.id) + "  " + upper(name(rule.severity)) + "  " + std::string(rule.title) +
                      ": " + grouped(result.count) +
                      (result.contacts > 0 ? ", " + counted(result.contacts, "contact", "contacts") : "") +
                      "\n    Source: " + std::string(rule.citation) + "\n";
    std::size_t const most = std::min(result.cases.size(), limits::reconcile_text_cases);
    for (std::size_t i = 0; i < most; ++i) {
        out += "    - " + where(result.cases[i]) + ": " + result.cases[i].what + "\n";
    }
    std::int64_t const more = result.count - static_cast<std::int64_t>(most);
    out += more > 0 ? "    - and " + grouped(more) + " more\n" : "";
    return out + "    What to do: " + std::string(rule.remedy) + "\n";
}

std::string file_section(std::string_view title, FileResult const& file) {
    std::string out = "\n" + std::string(title) + "\n  path            " + printable(file.path, 4096) + "\n";
    if (!file.form) {
        return out;
    }
    Counts const& counts = file.counts;
    auto const line = [&out](std::string_view name, std::int64_t count) {
        std::string label = "  " + std::string(name);
        label.resize(18, ' ');
        out += count > 0 ? label + grouped(count) + "\n" : "";
    };
    auto const of = [&counts](Outcome outcome) { return counts.outcomes[static_cast<std::size_t>(outcome)]; };
    out += "  read as         " + std::string(*file.form == Form::csv ? "CSV, " : "NDJSON, ") +
           std::string(name(file.columns.layout)) + "\n";
    line("rows", counts.rows);
    line("judged", counts.judged);
    line("delivered", of(Outcome::delivered));
    line("refused, STOP", of(Outcome::opted_out));
    line("refused, other", of(Outcome::other_code));
    line("never sent", of(Outcome::not_sent));
    line("inbound", of(Outcome::inbound));
    line("not judged", counts.not_judged);
    line("bad rows", counts.bad_rows());
    for (std::size_t i = 0; i < std::min(file.bad.size(), limits::reconcile_text_cases); ++i) {
        out += "    - row " + std::to_string(file.bad[i].row) + ": " + std::string(describe(file.bad[i].reason)) + "\n";
    }
    std::int64_t const more =
        counts.bad_rows() - static_cast<std::int64_t>(std::min(file.bad.size(), limits::reconcile_text_cases));
    return out + (more > 0 ? "    - and " + grouped(more) + " more\n" : "");
}

std::string incomplete_section(Report const& report) {
    std::string out;
    for (auto const* const all : {&report.ledger.incomplete, &report.incomplete}) {
        for (Incomplete const& item : *all) {
            out += "  - " + item.what + "\n    What to do: " + item.remedy + "\n";
        }
    }
    return out.empty() ? "" : "\nWhat was asked for and could NOT be done\n" + out;
}

std::string ledger_section(Report const& report) {
    std::string out = "\nLedger\n  path            " + printable(report.ledger.path, 4096) + "\n  verdict         " +
                      std::string(verify::verdict(report.ledger)) + "\n  entries         " + grouped(report.ledger.size) +
                      "\n  contacts        " + grouped(report.contacts) + "\n";
    if (report.reordered > 0) {
        out += "  out of order    " + counted(report.reordered, "contact", "contacts") +
               " (each change was put at its own time)\n";
    }
    return out;
}

}  // namespace

std::string to_text(Report const& report, bool quiet) {
    std::string out = "Verdict: " + headline(report) + "\n" + incomplete_section(report) + exposure_section(report.exposure);
    if (quiet) {
        return out;
    }
    out += report.findings.empty() ? "" : "\nFindings\n";
    for (RuleResult const& result : report.findings) {
        out += finding(result);
    }
    out += file_section("Sends", report.sends);
    out += report.rejects ? file_section("Rejections", *report.rejects) : "";
    out += ledger_section(report);
    out += report.not_checked.empty() ? "" : "\nWhat could not be seen\n";
    for (std::string const& sentence : report.not_checked) {
        out += "  - " + sentence + "\n";
    }
    return out;
}

}  // namespace cl::verify::reconcile
