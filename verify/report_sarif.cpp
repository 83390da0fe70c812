// The report as SARIF 2.1.0 (OASIS, errata 01), with what GitHub code scanning asks for beyond the standard: a help text for every rule, a
// location with a region and a fingerprint for every result, one category for each ledger.
#include "ledger/core/json.hpp"
#include "verify/problems.hpp"
#include "verify/words.hpp"

#include <algorithm>
#include <utility>

namespace cl::verify {
namespace {

/// In a SARIF message brackets make links and braces stand for arguments, and viewers differ in how these are escaped: neither comes
/// through, whatever stands in a ledger.
json::Object message(std::string_view text) {
    std::string plain = printable(text, 4096);
    for (char& c : plain) {
        if (c == '[' || c == '{' || c == '<') c = '(';
        if (c == ']' || c == '}' || c == '>') c = ')';
    }
    return {{"text", std::move(plain)}};
}

std::string_view level_of(consent::Severity severity) {
    if (severity >= consent::Severity::high) return "error";
    return severity == consent::Severity::medium ? "warning" : "note";
}

/// GitHub's scale: over 9.0 critical, 7.0 high, 4.0 medium.
std::string_view security_severity(consent::Severity severity) {
    switch (severity) {
    case consent::Severity::critical: return "9.5";
    case consent::Severity::high: return "8.0";
    case consent::Severity::medium: return "5.5";
    case consent::Severity::low: return "3.0";
    case consent::Severity::info: return "1.0";
    }
    return "0.0";
}

json::Array rules(std::vector<RuleText> const& texts) {
    json::Array out;
    for (RuleText const& rule : texts) {
        std::string const help = rule.meaning + " What to do: " + rule.remedy;
        out.emplace_back(json::Object{{"id", rule.id},
                                      {"name", rule.id},
                                      {"shortDescription", message(rule.title)},
                                      {"fullDescription", message(rule.meaning)},
                                      {"help", message(help)},
                                      {"defaultConfiguration", json::Object{{"level", level_of(rule.severity)}}},
                                      {"properties", json::Object{{"tags", json::Array{"security", "compliance"}},
                                                                  {"precision", "very-high"},
                                                                  {"security-severity", security_severity(rule.severity)}}}});
    }
    return out;
}

json::Object location(Report const& report, Problem const& problem) {
    std::int64_t const line = line_of(problem);
    json::Object const physical{
        {"artifactLocation", json::Object{{"uri", artifact_uri(report)}}},
        {"region", json::Object{{"startLine", line}, {"startColumn", 1}, {"endLine", line}, {"endColumn", 2}}}};
    json::Object out{{"physicalLocation", physical}};
    if (problem.seq) {
        std::string const name = "entry " + std::to_string(*problem.seq);
        out.set("logicalLocations",
                json::Array{json::Object{
                    {"name", name}, {"fullyQualifiedName", printable(report.origin) + "/" + name}, {"kind", "element"}}});
    }
    return out;
}

json::Object result(Report const& report, Problem const& problem, std::int64_t rule_index) {
    json::Object out{{"ruleId", problem.rule},
                     {"ruleIndex", rule_index},
                     {"level", level_of(problem.severity)},
                     {"message", message(problem.title + ": " + problem.message)},
                     {"locations", json::Array{location(report, problem)}},
                     {"partialFingerprints", json::Object{{"primaryLocationLineHash", problem.fingerprint}}}};
    if (!report.baseline_file.empty() && problem.kind == ProblemKind::consent) {
        out.set("baselineState", problem.known ? "unchanged" : "new");
    }
    if (problem.waived_until) {
        out.set("suppressions", json::Array{json::Object{
                                    {"kind", "external"},
                                    {"status", "accepted"},
                                    {"justification", "waived in the ledger until " + format_time(*problem.waived_until)}}});
    }
    return out;
}

/// What the run itself says: not about an entry.
json::Object invocation(Report const& report, Problems const& problems) {
    json::Array notices;
    for (Incomplete const& item : report.incomplete) {
        notices.emplace_back(json::Object{{"level", "error"}, {"message", message(item.what + " " + item.remedy)}});
    }
    if (problems.not_shown > 0) {
        notices.emplace_back(json::Object{
            {"level", "warning"},
            {"message", message("and " + grouped(problems.not_shown) + " more that are counted and not shown one by one")}});
    }
    for (std::string const& item : report.not_checked) {
        notices.emplace_back(json::Object{{"level", "note"}, {"message", message(item)}});
    }
    Exit const exit = exit_code(report);
    return {{"executionSuccessful", exit != Exit::incomplete},
            {"exitCode", static_cast<std::int64_t>(exit)},
            {"exitCodeDescription", verdict(report)},
            {"toolExecutionNotifications", std::move(notices)}};
}

}  // namespace

std::string to_sarif(Report const& report, std::string_view version) {
    auto const texts = all_rule_texts();
    Problems const problems = problems_of(report);
    json::Array results;
    for (Problem const& problem : problems.shown) {
        auto const rule =
            std::find_if(texts.begin(), texts.end(), [&problem](RuleText const& text) { return text.id == problem.rule; });
        results.emplace_back(result(report, problem, rule - texts.begin()));
    }
    json::Object driver{{"name", "consent-verify"}, {"semanticVersion", version}, {"rules", rules(texts)}};
    json::Object run{{"tool", json::Object{{"driver", std::move(driver)}}},
                     {"automationDetails", json::Object{{"id", "consent-ledger/" + printable(report.origin) + "/"}}},
                     {"columnKind", "utf16CodeUnits"},
                     {"invocations", json::Array{invocation(report, problems)}},
                     {"results", std::move(results)},
                     {"properties", json::Object{{"verdict", verdict(report)},
                                                 {"summary", verdict_sentences(report)},
                                                 {"entries", report.size},
                                                 {"truncated", problems.not_shown > 0}}}};
    json::Object log{{"$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"},
                     {"version", "2.1.0"},
                     {"runs", json::Array{std::move(run)}}};
    return json::write(json::Value(std::move(log))) + "\n";
}

}  // namespace cl::verify
