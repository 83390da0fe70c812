// The report for programs. Members are only ever added within one schema_version.
#include "ledger/core/json.hpp"
#include "verify/reconcile/report.hpp"
#include "verify/words.hpp"

namespace cl::verify::reconcile {
namespace {

constexpr std::int64_t schema_version = 1;

json::Object case_members(Shown const& shown) {
    json::Object out{{"contact", to_hex(shown.contact)}, {"at", format_time(shown.at)}, {"what", shown.what}};
    if (shown.row > 0) {
        out.set("row", shown.row);
        out.set("file", shown.rejection ? "rejects" : "sends");
    }
    if (!shown.account.empty()) {
        out.set("account", printable(shown.account));
    }
    if (!shown.list.empty()) {
        out.set("list", printable(shown.list));
    }
    if (shown.facts.seq >= 0) {
        out.set("seq", shown.facts.seq);
        out.set("since", format_time(shown.facts.since));
    }
    return out;
}

json::Array findings(Report const& report) {
    json::Array out;
    for (RuleResult const& result : report.findings) {
        consent::RuleInfo const& rule = result.rule->info;
        json::Array cases;
        for (Shown const& shown : result.cases) {
            cases.emplace_back(case_members(shown));
        }
        auto const shown = static_cast<std::int64_t>(result.cases.size());
        out.emplace_back(json::Object{{"id", rule.id},
                                      {"severity", name(rule.severity)},
                                      {"title", rule.title},
                                      {"citation", rule.citation},
                                      {"remedy", rule.remedy},
                                      {"count", result.count},
                                      {"contacts", result.contacts},
                                      {"cases", std::move(cases)},
                                      {"not_shown", std::max(result.count - shown, std::int64_t{0})}});
    }
    return out;
}

json::Object file(FileResult const& result) {
    json::Object out{{"path", printable(result.path, 4096)}};
    if (!result.form) {
        return out;
    }
    Counts const& counts = result.counts;
    auto const of = [&counts](Outcome outcome) { return counts.outcomes[static_cast<std::size_t>(outcome)]; };
    json::Object columns;
    for (std::size_t i = 0; i < field_count && *result.form == Form::csv; ++i) {
        if (result.columns.places[i] != Columns::absent) {
            columns.set(name(static_cast<Field>(i)), static_cast<std::int64_t>(result.columns.places[i] + 1));
        }
    }
    json::Array bad;
    for (BadRowAt const& row : result.bad) {
        bad.emplace_back(json::Object{{"row", row.row}, {"reason", name(row.reason)}});
    }
    json::Object reasons;
    for (std::size_t i = 0; i < bad_row_count; ++i) {
        if (counts.bad[i] > 0) {
            reasons.set(name(static_cast<BadRow>(i)), counts.bad[i]);
        }
    }
    out.set("form", *result.form == Form::csv ? "csv" : "ndjson");
    out.set("layout", name(result.columns.layout));
    out.set("columns", std::move(columns));
    out.set("rows", counts.rows);
    out.set("judged", counts.judged);
    out.set("not_judged", counts.not_judged);
    out.set("outcomes", json::Object{{"sent", of(Outcome::sent)},
                                     {"delivered", of(Outcome::delivered)},
                                     {"opted_out", of(Outcome::opted_out)},
                                     {"not_sent", of(Outcome::not_sent)},
                                     {"inbound", of(Outcome::inbound)},
                                     {"other_code", of(Outcome::other_code)}});
    out.set("bad_rows", counts.bad_rows());
    out.set("bad_reasons", std::move(reasons));
    out.set("bad", std::move(bad));
    return out;
}

json::Array incomplete(Report const& report) {
    json::Array out;
    for (auto const* const all : {&report.ledger.incomplete, &report.incomplete}) {
        for (Incomplete const& item : *all) {
            out.emplace_back(json::Object{{"what", item.what}, {"remedy", item.remedy}});
        }
    }
    return out;
}

}  // namespace

std::string to_json(Report const& report) {
    json::Array not_checked;
    for (std::string const& sentence : report.not_checked) {
        not_checked.emplace_back(sentence);
    }
    Exposure const& exposure = report.exposure;
    json::Object out{{"schema_version", schema_version},
                     {"verdict", verdict(report)},
                     {"exit_code", static_cast<std::int64_t>(exit_code(report))},
                     {"fail_on", report.fail_on ? name(*report.fail_on) : "never"},
                     {"findings", findings(report)},
                     {"exposure", json::Object{{"messages", exposure.messages},
                                               {"after_deadline", exposure.after_deadline},
                                               {"low_dollars", exposure.messages * Exposure::low_dollars},
                                               {"high_dollars", exposure.messages * Exposure::high_dollars},
                                               {"citation", "47 USC 227(b)(3), (c)(5)"}}},
                     {"incomplete", incomplete(report)},
                     {"cannot_be_seen", std::move(not_checked)},
                     {"sends", file(report.sends)},
                     {"ledger", json::Object{{"path", printable(report.ledger.path, 4096)},
                                             {"verdict", verify::verdict(report.ledger)},
                                             {"entries", report.ledger.size},
                                             {"contacts", report.contacts},
                                             {"reordered_contacts", report.reordered}}}};
    if (report.rejects) {
        out.set("rejects", file(*report.rejects));
    }
    return json::write(json::Value(std::move(out))) + "\n";
}

}  // namespace cl::verify::reconcile
