// CLI11 behind one function, as in arguments.cpp; then one call and its report.
#include "verify/app/reconcile_command.hpp"

#include "verify/app/judged.hpp"
#include "verify/app/progress.hpp"
#include "verify/reconcile/reconcile.hpp"
#include "verify/reconcile/values.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <optional>
#include <string>
#include <vector>

namespace cl::verify {
namespace {

constexpr int usage = 2;
constexpr char examples[] =
    R"(Holds what was sent, and what carriers refused, against each contact's state at that time.

Examples
  consent-verify reconcile --ledger data/ --sends log.csv                            a platform's export; numbers found by data/keys/contact.key
  consent-verify reconcile --ledger ledger.db --sends sends.csv --account acme       rows that name contacts by their ids
  consent-verify reconcile --ledger data/ --sends promo.csv --type campaign --list promo --map to=Mobile
  consent-verify reconcile --ledger data/ --sends log.csv --rejects errors.ndjson --format json

Columns: contact, to, account, at, type, list, status, direction, error, reason, provider, body, opt_out_text, marketing,
  utc_offset, state; found by their usual names, or given with --map

Exit codes
  0 clean   1 the ledger was tampered with   2 usage   3 could not finish, or bad rows   4 findings at or above --fail-on)";

struct Words {
    std::string ledger;
    std::string sends;
    std::string rejects;
    std::vector<std::string> map;
    std::vector<std::string> map_rejects;
    std::string layout;
    std::string layout_rejects;
    std::string key;
    std::string contact_key;
    std::string pin;
    std::string account;
    std::string type;
    std::string list;
    std::string format = "text";
    std::string fail_on = "critical";
    std::string at;
    std::int64_t window = 600;
    bool utc = false;
    bool quiet = false;
};

void describe(CLI::App& app, Words& words) {
    app.add_option("--ledger", words.ledger, "A data directory, a ledger.db or an NDJSON export of a whole ledger")
        ->type_name("PATH")
        ->required();
    app.add_option("--sends", words.sends, "What was sent: CSV with a header, or NDJSON")->type_name("FILE")->required();
    app.add_option("--rejects", words.rejects, "What was refused, one row each, with a code or a reason")->type_name("FILE");
    app.add_option("--map", words.map, "Which column of --sends is which: to=Mobile; may be repeated")
        ->type_name("NAME=COLUMN")
        ->allow_extra_args(false)
        ->take_all();
    app.add_option("--map-rejects", words.map_rejects, "The same for --rejects")
        ->type_name("NAME=COLUMN")
        ->allow_extra_args(false)
        ->take_all();
    app.add_option("--layout", words.layout,
                   "Whose export: generic, twilio, bandwidth, sinch, telnyx, vonage, plivo. Default: by its header")
        ->type_name("NAME");
    app.add_option("--layout-rejects", words.layout_rejects, "The same for --rejects")->type_name("NAME");
    app.add_option("--account", words.account, "The account of rows that name none. Default: the ledger's only one");
    app.add_option("--type", words.type, "What rows are that do not say: campaign, one_to_one, confirmation, autoreply");
    app.add_option("--list", words.list, "The list of campaigns that name none");
    app.add_flag("--utc", words.utc, "Times without an offset are UTC");
    app.add_option("--window", words.window, "Seconds that an opt-out may need to take effect everywhere")
        ->check(CLI::Range(0, 86'400))
        ->type_name("SECONDS");
    app.add_option("--contact-key", words.contact_key,
                   "contact.key of the ledger, for files with numbers. Default: the data directory's")
        ->type_name("FILE");
    app.add_option("--key", words.key, "The ledger's verifier key (vkey), one line in a file")->type_name("VKEYFILE");
    app.add_option("--pin", words.pin, "As for consent-verify: each run must continue what the last one saw")
        ->type_name("FILE");
    app.add_option("--format", words.format, "text or json")->check(CLI::IsMember({"text", "json"}))->type_name("FORMAT");
    app.add_option("--fail-on", words.fail_on, "Exit 4 from this severity up: info, low, medium, high, critical or never")
        ->type_name("SEVERITY");
    app.add_option("--at", words.at, "Judge the ledger's own due dates at this time (RFC 3339)")->type_name("TIME");
    app.add_flag("-q,--quiet", words.quiet, "Only the verdict, the exposure and what is missing");
}

std::optional<std::string> take_file(std::string const& path, std::vector<std::string> const& map, std::string const& layout,
                                     reconcile::FileOptions& file) {
    file.path = path;
    for (std::string const& pair : map) {
        std::size_t const sign = pair.find('=');
        auto const field = reconcile::field_from(std::string_view(pair).substr(0, sign));
        if (sign == std::string::npos || sign + 1 == pair.size() || !field) {
            return "--map: not NAME=COLUMN with one of the names that --help lists";
        }
        file.columns[*field] = pair.substr(sign + 1);
    }
    if (!layout.empty()) {
        file.layout = reconcile::layout_from(layout);
        return file.layout ? std::nullopt : std::optional<std::string>("--layout: not a name that --help lists");
    }
    return std::nullopt;
}

std::optional<std::string> take_ledger(Words const& words, verify::Options& ledger) {
    ledger.source = words.ledger;
    if (!words.key.empty()) {
        ledger.key_file = words.key;
    }
    if (!words.pin.empty()) {
        ledger.pin_file = words.pin;
    }
    return take_judging(words.at, words.fail_on, ledger);
}

/// The sentence for a command line that cannot be meant, or nothing.
std::optional<std::string> take(Words const& words, reconcile::Options& options) {
    if (auto fault = take_ledger(words, options.ledger)) {
        return fault;
    }
    if (auto fault = take_file(words.sends, words.map, words.layout, options.sends)) {
        return fault;
    }
    if (words.rejects.empty() && (!words.map_rejects.empty() || !words.layout_rejects.empty())) {
        return "--map-rejects and --layout-rejects need --rejects";
    }
    if (!words.rejects.empty()) {
        if (auto fault = take_file(words.rejects, words.map_rejects, words.layout_rejects, options.rejects.emplace())) {
            return fault;
        }
    }
    auto const type = reconcile::read_type(words.type);
    if (!type || (!words.type.empty() && *type == reconcile::SendType::unknown)) {
        return "--type: not one of campaign, one_to_one, confirmation, autoreply";
    }
    options.type = *type;
    options.list = words.list;
    options.account = words.account;
    options.utc = words.utc;
    options.settings.propagation_ms = words.window * 1000;
    if (!words.contact_key.empty()) {
        options.contact_key = words.contact_key;
    }
    return std::nullopt;
}

int report_on(reconcile::Options options, Words const& words) {
    SystemClock const clock;
    Progress progress(clock);
    if (!words.quiet && Progress::watched()) {
        options.ledger.progress = [&progress](std::int64_t done, std::int64_t) {
            progress.show([done] { return "verified " + std::to_string(done) + " entries"; });
        };
        options.progress = [&progress](std::int64_t rows, std::size_t done, std::size_t total) {
            progress.show([=] {
                return "judged " + std::to_string(rows) + " rows, " + std::to_string(total > 0 ? done * 100 / total : 100) +
                       " %";
            });
        };
    }
    auto const report = reconcile::reconcile(std::move(options), clock);
    progress.clear();
    std::string const text = words.format == "json" ? to_json(report) : to_text(report, words.quiet);
    bool const printed = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    Exit const exit = exit_code(report);
    // A report that nobody could read is no pass.
    return static_cast<int>(!printed && exit != Exit::tampering ? Exit::incomplete : exit);
}

}  // namespace

int run_reconcile(int argc, char const* const* argv) {
    CLI::App app(examples, "consent-verify reconcile");
    Words words;
    describe(app, words);
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        return app.exit(error, std::cout, std::cerr) == 0 ? 0 : usage;
    }
    reconcile::Options options;
    if (auto const fault = take(words, options)) {
        std::cerr << *fault << "\nRun with --help for more information.\n";
        return usage;
    }
    return report_on(std::move(options), words);
}

}  // namespace cl::verify
