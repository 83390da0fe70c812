// The report as GitHub workflow commands: `::error file=…,line=…,title=…::text`. GitHub reads a command at the start of any line of a step's
// output, so no text may begin one: line ends, and the characters that end a property, are encoded as the runner decodes them.
#include "ledger/core/limits.hpp"
#include "verify/problems.hpp"
#include "verify/words.hpp"

namespace cl::verify {
namespace {

std::string encoded(std::string_view text, bool property) {
    std::string out;
    for (char const c : text) {
        switch (c) {
        case '%': out += "%25"; break;
        case '\r': out += "%0D"; break;
        case '\n': out += "%0A"; break;
        case ':': out += property ? "%3A" : ":"; break;
        case ',': out += property ? "%2C" : ","; break;
        default: out += c;
        }
    }
    return out;
}

std::string_view command_of(Problem const& problem) {
    if (problem.fails) return "error";
    return problem.severity >= consent::Severity::medium ? "warning" : "notice";
}

std::string annotation(Report const& report, Problem const& problem) {
    std::string const title = std::string(problem.rule) + " " + problem.title;
    return "::" + std::string(command_of(problem)) + " file=" + encoded(artifact_uri(report), true) +
           ",line=" + std::to_string(line_of(problem)) + ",title=" + encoded(title, true) +
           "::" + encoded(problem.message, false) + "\n";
}

}  // namespace

std::string to_github(Report const& report) {
    Problems const problems = problems_of(report);
    std::string out;
    std::size_t shown = 0;
    std::int64_t quiet = 0;
    std::int64_t more = problems.not_shown;
    // What fails the build comes first: GitHub shows the first ten of a step.
    for (bool const failing : {true, false}) {
        for (Problem const& problem : problems.shown) {
            if (problem.fails != failing) {
                continue;
            }
            if (problem.known || problem.waived_until) {
                ++quiet;
            } else if (shown++ < limits::verify_report_notes) {
                out += annotation(report, problem);
            } else {
                ++more;
            }
        }
    }
    std::string rest;
    if (more > 0) rest += " " + grouped(more) + " more are not shown one by one.";
    if (quiet > 0) rest += " " + counted(quiet, "finding is", "findings are") + " in the baseline or waived.";
    Exit const exit = exit_code(report);
    std::string_view const command = exit == Exit::clean ? "notice" : "error";
    return out + "::" + std::string(command) + " title=" + encoded("consent-verify: " + std::string(verdict(report)), true) +
           "::" + encoded(verdict_sentences(report) + rest, false) + "\n";
}

}  // namespace cl::verify
