// The report as JUnit XML for Jenkins (the xunit plugin's junit-10.xsd) and GitLab: one test case for each integrity check and each consent
// rule, never one for each entry, and one that says whether everything could be checked.
#include "ledger/core/limits.hpp"
#include "ledger/core/markup.hpp"
#include "verify/problems.hpp"
#include "verify/words.hpp"

#include <map>
#include <utility>

namespace cl::verify {
namespace {

std::string attribute(std::string_view name, std::string_view value) {
    return " " + std::string(name) + "=\"" + markup(value) + "\"";
}

/// The problems of one rule.
struct Cases {
    std::string failing;  ///< one a line
    std::string others;   ///< known, waived, below --fail-on
    std::string first;
    std::int64_t failing_count = 0;
    std::size_t lines = 0;
};

void add(Cases& cases, Problem const& problem) {
    std::string line = problem.message;
    if (problem.known) line = "[in the baseline] " + line;
    if (problem.waived_until) line = "[waived until " + format_time(*problem.waived_until) + "] " + line;
    if (problem.fails && cases.failing_count++ == 0) {
        cases.first = line;
    }
    if (cases.lines++ < limits::verify_text_details) {
        (problem.fails ? cases.failing : cases.others) += line + "\n";
    }
}

struct Suite {
    std::string xml;
    std::int64_t tests = 0;
    std::int64_t failures = 0;
    std::int64_t errors = 0;
    std::int64_t skipped = 0;
};

void add_case(Suite& suite, RuleText const& rule, Cases const* cases, bool judged) {
    bool const completes = rule.id == incomplete_rule;
    std::string_view const group = completes ? "run" : rule.id.starts_with("INT-") ? "integrity" : "consent";
    std::string const name = std::string(rule.id) + " " + std::string(rule.title);
    ++suite.tests;
    suite.xml +=
        "    <testcase" + attribute("classname", "consent-verify." + std::string(group)) + attribute("name", name) + ">\n";
    if (cases != nullptr && cases->failing_count > 0) {
        std::string_view const element = completes ? "error" : "failure";
        ++(completes ? suite.errors : suite.failures);
        bool const cut = cases->lines > limits::verify_text_details;
        suite.xml += "      <" + std::string(element) + attribute("type", rule.id) +
                     attribute("message", counted(cases->failing_count, "case", "cases") + ", first: " + cases->first) + ">" +
                     markup(cases->failing + (cut ? "and more\n" : "") + rule.meaning) + "</" + std::string(element) + ">\n";
    } else if (!judged && !completes) {
        ++suite.skipped;
        suite.xml += "      <skipped" + attribute("message", "nothing was read") + "/>\n";
    }
    if (cases != nullptr && !cases->others.empty()) {
        suite.xml += "      <system-out>" + markup(cases->others) + "</system-out>\n";
    }
    suite.xml += "    </testcase>\n";
}

std::string property(std::string_view name, std::string_view value) {
    return "      <property" + attribute("name", name) + attribute("value", value) + "/>\n";
}

}  // namespace

std::string to_junit(Report const& report) {
    Problems const problems = problems_of(report);
    std::map<std::string_view, Cases> by_rule;
    for (Problem const& problem : problems.shown) {
        add(by_rule[problem.rule], problem);
    }
    Suite suite;
    for (RuleText const& rule : all_rule_texts()) {
        auto const found = by_rule.find(rule.id);
        add_case(suite, rule, found != by_rule.end() ? &found->second : nullptr, report.size > 0);
    }
    std::string const counts = attribute("tests", std::to_string(suite.tests)) +
                               attribute("failures", std::to_string(suite.failures)) +
                               attribute("errors", std::to_string(suite.errors));
    std::string const name = "consent-verify " + printable(report.origin);
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + attribute("name", "consent-verify") + counts +
           ">\n  <testsuite" + attribute("name", name) + counts + attribute("skipped", std::to_string(suite.skipped)) +
           ">\n    <properties>\n" + property("verdict", verdict(report)) + property("path", printable(report.path, 4096)) +
           property("entries", std::to_string(report.size)) + property("signed_entries", std::to_string(report.signed_to)) +
           property("not_shown", std::to_string(problems.not_shown)) + "    </properties>\n" + suite.xml + "    <system-out>" +
           markup(verdict_sentences(report) + proof_section(report)) + "</system-out>\n  </testsuite>\n</testsuites>\n";
}

}  // namespace cl::verify
