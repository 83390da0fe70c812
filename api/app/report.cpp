// `report`: a report of a data directory, beside a running server or without one.
#include "ledger/report/report.hpp"

#include "api/app/commands.hpp"
#include "api/app/scratch.hpp"
#include "ledger/core/keys.hpp"
#include "ledger/core/limits.hpp"

#include <fstream>
#include <iostream>
#include <memory>

namespace cl::api::app {

namespace {

constexpr std::size_t write_bytes = 65'536;

struct Arguments {
    std::string data;
    std::string account;
    std::string name;
    std::string number;
    std::string output = "-";
    std::string scratch;
    std::string sends;
    report::Parameters parameters;
};

/// What a filter cannot be is a fault of the command line.
Error as_usage(Error const& error) {
    return fail(errc::usage, error.detail);
}

/// A file, or standard input (`-`), no larger than a request may be.
Result<std::string> read_sends(std::string const& path) {
    std::ifstream file;
    if (path != "-") {
        file.open(path, std::ios::binary);
        if (!file) {
            return fail(errc::io, "cannot read " + path);
        }
    }
    std::istream& in = path == "-" ? std::cin : file;
    std::string text(limits::http_batch_body_bytes + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (text.size() > limits::http_batch_body_bytes) {
        return fail(errc::usage, "the file of sends is larger than 32 MiB: give it in parts");
    }
    return text;
}

Result<report::Order> order_of(Arguments const& arguments) {
    report::Order order;
    auto const found = report::find_report(arguments.name);
    if (!found) {
        return as_usage(found.error());
    }
    order.report = *found;
    report::Parameters parameters = arguments.parameters;
    if (!arguments.number.empty()) {
        // Its contact is known when the ledger is open; the rules about the other parameters hold before.
        parameters.emplace_back("contact", to_hex(Hash32{}));
    }
    auto filter = report::read_filter(*order.report, parameters, report::Format::csv);
    if (!filter) {
        return as_usage(filter.error());
    }
    order.filter = std::move(*filter);
    order.account = arguments.account;
    if (order.report->takes_sends == arguments.sends.empty()) {
        return fail(errc::usage, order.report->takes_sends
                                     ? "this report needs --sends FILE: what was sent is not in the ledger"
                                     : "--sends is for the report post-revocation-sends");
    }
    if (order.report->takes_sends) {
        CL_TRY_ASSIGN(order.sends, read_sends(arguments.sends));
    }
    return order;
}

/// The contact of a number, which `-` reads from standard input, so that it leaves no trace in the shell's history.
Result<void> choose_contact(Arguments const& arguments, service::Queries& queries, report::Order& order) {
    if (arguments.number.empty()) {
        return {};
    }
    std::string number = arguments.number;
    if (number == "-") {
        std::getline(std::cin, number);
    }
    CL_TRY_ASSIGN(std::string const e164, normalise_phone(number));
    order.filter.contact = queries.contact_of(arguments.account, e164);
    for (report::Fact& fact : order.filter.said) {
        if (fact.first == "contact") {
            fact.second = to_hex(*order.filter.contact);
        }
    }
    return {};
}

Result<void> make(Arguments const& arguments, Context& context) {
    CL_TRY_ASSIGN(report::Order order, order_of(arguments));
    Progress progress;
    service::Environment const environment{context.clock, context.random,
                                           [&progress](std::string_view line) { progress.show(line); }};
    CL_TRY_ASSIGN(std::filesystem::path const scratch, scratch_folder(arguments.scratch));
    CL_TRY_ASSIGN(auto const ledger, service::open_read_only(arguments.data, scratch, environment));
    progress.end();
    CL_TRY(choose_contact(arguments, ledger->queries(), order));
    order.origin = ledger->origin();
    order.vkey = note::to_vkey(ledger->verifier_key());
    order.now = context.clock.now();
    auto const document = report::make_report(std::move(order));
    return write_whole(arguments.output, [&](std::ostream& out) -> Result<void> {
        std::string some;
        for (bool more = true; more;) {
            CL_TRY_ASSIGN(more, document->step(ledger->queries(), some));
            if (more && some.size() < write_bytes) {
                continue;
            }
            out << some;
            if (!out) {
                return fail(errc::io, "the report could not be written");
            }
            some.clear();
        }
        return {};
    });
}

std::string names() {
    std::string all;
    for (report::ReportInfo const& one : report::all_reports()) {
        all += (all.empty() ? "" : ", ") + std::string(one.name);
    }
    return all;
}

}  // namespace

void add_report(CLI::App& cli, Context& context) {
    auto arguments = std::make_shared<Arguments>();
    CLI::App* command = cli.add_subcommand("report", "Write a report; works beside a running server");
    command->add_option("name", arguments->name, "One of: " + names())->required();
    command->add_option("--data", arguments->data, "The data directory")->required();
    command->add_option("--account", arguments->account, "Whose")->required();
    constexpr std::pair<char const*, char const*> options[] = {
        {"format", "csv (default), json or html"},
        {"profile", "of CSV: plain, or spreadsheet (no cell is taken for a formula)"},
        {"personal", "Numbers and texts: full (default), masked or none"},
        {"from", "Not before this RFC 3339 time"},
        {"to", "Before this time"},
        {"list", "About this list"},
        {"actor", "By this person; of the queue: assigned to"},
        {"contact", "About this contact, by id"},
        {"status", "docs/reports.md says which"},
        {"shape", "Of the suppression list: plain, e164, twilio, aws or azure"},
        {"sender", "Of the shapes twilio and azure: the sender's id; of aws: the name of the list"}};
    for (auto const& [name, what] : options) {
        command->add_option_function<std::string>(
            std::string("--") + name,
            [arguments, key = std::string(name)](std::string const& value) { arguments->parameters.emplace_back(key, value); },
            what);
    }
    command->add_option_function<std::vector<std::string>>(
        "--kind",
        [arguments](std::vector<std::string> const& kinds) {
            for (std::string const& kind : kinds) arguments->parameters.emplace_back("kind", kind);
        },
        "Of this kind; may be given again");
    command->add_option("--number", arguments->number, "About the contact of this number; - reads it from standard input");
    command->add_option("--sends", arguments->sends, "Of post-revocation-sends: what was sent, NDJSON; - is standard input");
    command->add_option("--output,-o", arguments->output, "A file; - is standard output")->capture_default_str();
    command->add_option("--scratch", arguments->scratch, "Where working files may be made and removed (default: the system's)");
    command->callback([arguments, &context] {
        auto const done = make(*arguments, context);
        if (!done) {
            context.exit_code = report(done.error());
        }
    });
}

}  // namespace cl::api::app
