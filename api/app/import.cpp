// `import`: opt-out lists, exports of contacts and changes as NDJSON lines, posted as POST …/changes takes them, whether a server runs or not. A
// row that was imported before is recognised and changes nothing, so an interrupted import is simply run again.
#include "api/app/commands.hpp"
#include "api/app/import_command.hpp"
#include "ledger/core/json.hpp"

#include <iostream>
#include <memory>

namespace cl::api::app {

namespace {

/// `COLUMN=MEMBER`, at the last `=`: names of columns may have one.
Result<void> split(std::vector<std::string> const& given, std::string_view option, bool at_last,
                   std::map<std::string, std::string>& out) {
    for (std::string const& one : given) {
        std::size_t const sign = at_last ? one.rfind('=') : one.find('=');
        if (sign == std::string::npos || sign == 0 || sign + 1 == one.size()) {
            return fail(errc::usage, std::string(option) + " must be NAME=VALUE");
        }
        if (!out.emplace(one.substr(0, sign), one.substr(sign + 1)).second) {
            return fail(errc::usage, std::string(option) + ": \"" + one.substr(0, sign) + "\" is given twice");
        }
    }
    return {};
}

Result<void> check(ImportArguments& arguments) {
    CL_TRY(split(arguments.map, "--map", true, arguments.wishes.columns));
    CL_TRY(split(arguments.set, "--set", false, arguments.wishes.constants));
    if (!arguments.dry_run && (arguments.data.empty() || arguments.account.empty())) {
        return fail(errc::usage, "--data and --account are required, but for --dry-run");
    }
    if (arguments.data.empty() != arguments.account.empty()) {
        return fail(errc::usage, "--data and --account belong together");
    }
    if (!arguments.scratch.empty() && (!arguments.dry_run || arguments.data.empty())) {
        return fail(errc::usage, "--scratch is for --dry-run with --data");
    }
    if (!arguments.state.empty() && arguments.file == "-") {
        return fail(errc::usage, "--state needs a file that can be read again, not standard input");
    }
    if (arguments.state == "-" || arguments.rejects == "-") {
        return fail(errc::usage, "--rejects and --state are files, which - is not");
    }
    if (!arguments.state.empty() && arguments.dry_run) {
        return fail(errc::usage, "--state and --dry-run exclude each other");
    }
    if (arguments.format != "ndjson") {
        arguments.wishes.shape = arguments.format;
    }
    return {};
}

void print(import::Tally const& tally, ImportArguments const& arguments, std::string_view shape) {
    if (arguments.json) {
        json::Object kinds;
        for (auto const& [kind, number] : tally.kinds) {
            kinds.set(kind, number);
        }
        std::cout << json::write(json::Object{{"format", shape},
                                              {"dry_run", arguments.dry_run},
                                              {"rows", tally.rows},
                                              {"changes", tally.changes},
                                              {"recorded", tally.recorded},
                                              {"known", tally.known},
                                              {"rejected", tally.rejected},
                                              {"kinds", std::move(kinds)}})
                  << '\n';
        return;
    }
    std::cout << tally.rows << (shape == "ndjson" ? " lines: " : " rows: ");
    if (arguments.dry_run && arguments.data.empty()) {
        std::cout << tally.changes << " changes to post, " << tally.rejected << " rejected\n";
    } else if (arguments.dry_run) {
        std::cout << tally.recorded << " would be recorded, " << tally.known << " are known already, " << tally.rejected
                  << " would be refused\n";
    } else {
        std::cout << tally.recorded << " recorded, " << tally.known << " known already, " << tally.rejected << " refused\n";
    }
    if (shape == "ndjson" && !arguments.data.empty()) {
        return;
    }
    for (auto const& [kind, number] : tally.kinds) {
        std::cout << "  " << number << ' ' << (kind.empty() ? "(no kind)" : kind) << '\n';
    }
}

int import_file(ImportArguments& arguments, Context& context) {
    if (auto const good = check(arguments); !good) {
        return report(good.error());
    }
    ImportCommand command(arguments);
    auto const tally = command.run(context);
    if (!tally) {
        return report(tally.error());
    }
    print(*tally, arguments, command.shape());
    return tally->rejected > 0 ? 3 : 0;
}

}  // namespace

void add_import(CLI::App& cli, Context& context) {
    auto arguments = std::make_shared<ImportArguments>();
    CLI::App* command = cli.add_subcommand(
        "import", "Append an opt-out list, an export of contacts or changes as NDJSON; run it again after an interruption");
    command->add_option("--data", arguments->data, "The data directory; a server may be running on it");
    command->add_option("--account", arguments->account, "The account the rows belong to; it must exist");
    command->add_option("--format", arguments->format, "What the file is; told from its first row otherwise: docs/import.md")
        ->check(CLI::IsMember({"aws", "twilio", "azure", "csv", "ndjson"}));
    command->add_option("--map", arguments->map, "A column and what it is, or - for nothing; may be repeated")
        ->type_name("COLUMN=MEMBER")
        ->allow_extra_args(false)
        ->take_all();
    command->add_option("--set", arguments->set, "What all rows have where no column says so; may be repeated")
        ->type_name("MEMBER=VALUE")
        ->allow_extra_args(false)
        ->take_all();
    command->add_flag("--utc", arguments->wishes.utc, "Times without a zone are UTC");
    command->add_flag("--bare-numbers", arguments->wishes.bare_numbers, "Numbers have their country code and no +");
    command->add_option("--platform", arguments->wishes.platform, "source.platform of the entries; the format otherwise");
    command->add_option("--actor", arguments->wishes.actor, "actor.id of the entries")->capture_default_str();
    command->add_flag("--dry-run", arguments->dry_run,
                      "Say what would become of every row and write nothing; without --data, what could be posted at all");
    command->add_option("--scratch", arguments->scratch, "Where a dry run may have working files (default: the system's)")
        ->type_name("DIR");
    command
        ->add_option("--rejects", arguments->rejects,
                     "Rows that are not taken, with line and reason, to be mended and imported (mode 0600)")
        ->type_name("FILE");
    command->add_option("--state", arguments->state, "Remember here how far it came, and go on from there")->type_name("FILE");
    command->add_flag("--json", arguments->json, "The summary as one JSON object");
    command->add_option("file", arguments->file, "The file; - is standard input")->required();
    command->callback([arguments, &context] { context.exit_code = import_file(*arguments, context); });
}

}  // namespace cl::api::app
