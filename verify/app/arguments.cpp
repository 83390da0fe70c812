// CLI11 behind one function: its own exit codes (105 and up) all become 2.
#include "verify/app/arguments.hpp"

#include "ledger/core/limits.hpp"
#include "verify/app/judged.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <string>
#include <vector>

namespace cl::verify {
namespace {

constexpr char examples[] =
    R"(Verifies a consent ledger or an evidence bundle: that nothing was changed, and that nobody was opted in without recorded consent.

Examples
  consent-verify data/                                     a data directory, with its guard against older copies
  consent-verify ledger.db --key ledger.vkey               a copy, with a key that you got elsewhere
  consent-verify export.ndjson --format json               an export, for a program
  consent-verify data/ --pin ~/ledger.pin --fail-on high   every night: also notices rollback and forks
  consent-verify ledger.db --trusted-checkpoint may.txt    against a signed checkpoint that you kept
  consent-verify data/ --format sarif --baseline known.json >out.sarif
                                                           in CI: fails for tampering and for new findings
  consent-verify bundle.zip --key ledger.vkey              an evidence bundle: what it proves, and what not
  consent-verify rules                                     every rule with its source
  consent-verify reconcile --help                          what was sent, against what the ledger allowed

Exit codes
  0 verified   1 tampering   2 usage   3 could not finish   4 findings at or above --fail-on)";

struct Words {
    std::string source;
    std::string key;
    std::vector<std::string> trusted;
    std::string format = "text";
    std::string fail_on = "critical";
    std::string pin;
    std::string baseline;
    std::string baseline_target;
    std::string at;
};

void describe(CLI::App& app, Words& words, Arguments& arguments) {
    app.set_version_flag("--version", "consent-verify " CL_VERSION);
    app.add_option("PATH", words.source,
                   "A data directory, a ledger.db, an NDJSON export of a whole ledger, or an evidence bundle");
    app.add_option("--key", words.key, "The ledger's verifier key (vkey), one line in a file")->type_name("VKEYFILE");
    app.add_option("--trusted-checkpoint", words.trusted, "A signed checkpoint that you kept; may be repeated")
        ->type_name("FILE")
        ->allow_extra_args(false)
        ->take_all();
    app.add_option("--format", words.format,
                   "text, json, sarif (GitHub code scanning), junit (Jenkins, GitLab) or github (annotations)")
        ->check(CLI::IsMember({"text", "json", "sarif", "junit", "github"}))
        ->type_name("FORMAT");
    app.add_option("--fail-on", words.fail_on, "Exit 4 from this severity up: info, low, medium, high, critical or never")
        ->type_name("SEVERITY");
    app.add_option("--pin", words.pin, "Remembers the ledger in FILE: each run must continue what the last one saw")
        ->type_name("FILE");
    app.add_option("--baseline", words.baseline,
                   "Consent findings in FILE are known and do not make exit 4 again: a baseline, a JSON report or fingerprints")
        ->type_name("FILE");
    app.add_option("--write-baseline", words.baseline_target, "Writes the consent findings that are open now to FILE")
        ->type_name("FILE");
    app.add_option(
           "--at", words.at,
           "Judge due dates and waivers at this time (RFC 3339). Default: now; for an export its last entry, for a bundle its issue")
        ->type_name("TIME");
    app.add_flag("-q,--quiet", arguments.quiet, "Only the verdict, what was tampered with and what is missing");
    app.add_flag("--list-checks", arguments.list_checks, "Print every finding that can be raised, and what to do about it");
}

/// Of a word that the option accepts.
Format format_from(std::string_view word) {
    if (word == "json") return Format::json;
    if (word == "sarif") return Format::sarif;
    if (word == "junit") return Format::junit;
    return word == "github" ? Format::github : Format::text;
}

/// The sentence for a command line that cannot be meant, or nothing.
std::optional<std::string> take(Words const& words, Arguments& arguments) {
    Options& options = arguments.options;
    if (words.source.empty() && !arguments.list_checks) {
        return "PATH is required";
    }
    options.source = words.source;
    arguments.format = format_from(words.format);
    if (!words.key.empty()) {
        options.key_file = words.key;
    }
    if (words.trusted.size() > limits::verify_trusted_files) {
        return "--trusted-checkpoint: too many files";
    }
    options.trusted.assign(words.trusted.begin(), words.trusted.end());
    if (!words.pin.empty()) {
        options.pin_file = words.pin;
    }
    if (!words.baseline.empty()) {
        options.baseline_file = words.baseline;
    }
    if (!words.baseline_target.empty()) {
        options.baseline_target = words.baseline_target;
    }
    return take_judging(words.at, words.fail_on, options);
}

}  // namespace

std::optional<Arguments> parse_arguments(int argc, char const* const* argv, int& exit_code) {
    constexpr int usage = 2;
    CLI::App app(examples, "consent-verify");
    Arguments arguments;
    Words words;
    describe(app, words, arguments);
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        exit_code = app.exit(error, std::cout, std::cerr) == 0 ? 0 : usage;
        return std::nullopt;
    }
    if (auto const fault = take(words, arguments)) {
        std::cerr << *fault << "\nRun with --help for more information.\n";
        exit_code = usage;
        return std::nullopt;
    }
    return arguments;
}

}  // namespace cl::verify
