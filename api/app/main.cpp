// The program `consent-ledger`: the ledger of one data directory, served over HTTP and administered from the command line.
#include "api/app/commands.hpp"
#include "api/app/config_file.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

constexpr char const* examples = R"(Examples:
  consent-ledger init --data data --origin ledger.example.com
  consent-ledger token create --data data --account acme --role writer > writer.token
  consent-ledger serve --data data --listen 127.0.0.1:8080
  consent-ledger import --data data --account acme --rejects rejects.csv opted-out.csv
  consent-ledger export --data data --format ndjson --output ledger.ndjson
  consent-ledger bundle --data data --account acme --number - --output evidence.zip
  consent-ledger report consent-register --data data --account acme --format csv --output register.csv
  consent-ledger erase --data data --account acme --number - --request dsr-17
  consent-ledger retention --data data --account acme --output due.csv
  consent-ledger backup --data data --to backups/2026-11-24
  consent-ledger restore --from backups/2026-11-24 --data data --keys keys --head old/head
  consent-ledger status --data data

An audit and compliance ledger for business texting.)";

/// The first word that stands where a command does and is none.
std::optional<std::string> unknown_command(CLI::App const& cli, std::vector<std::string> const& arguments) {
    CLI::App const* at = &cli;
    for (std::string const& word : arguments) {
        auto const found = at->get_subcommands([&word](CLI::App const* one) { return one->get_name() == word; });
        if (found.empty()) {
            bool const command = at->get_require_subcommand_min() > 0 && !word.empty() && !word.starts_with('-');
            return command ? std::optional(word) : std::nullopt;
        }
        at = found.front();
    }
    return std::nullopt;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App cli(examples, "consent-ledger");
    cli.set_version_flag("--version", CL_VERSION);
    cli.require_subcommand(1);

    cl::api::app::Context context;
    cl::api::app::add_init(cli, context);
    cl::api::app::add_serve(cli, context);
    cl::api::app::add_token(cli, context);
    cl::api::app::add_import(cli, context);
    cl::api::app::add_export(cli, context);
    cl::api::app::add_bundle(cli, context);
    cl::api::app::add_erase(cli, context);
    cl::api::app::add_hold(cli, context);
    cl::api::app::add_retention(cli, context);
    cl::api::app::add_report(cli, context);
    cl::api::app::add_backup(cli, context);
    cl::api::app::add_restore(cli, context);
    cl::api::app::add_status(cli, context);

    auto arguments = cl::api::app::with_config_file(cli, {argv + (argc > 0 ? 1 : 0), argv + argc});
    if (!arguments) {
        return cl::api::app::report(arguments.error());
    }
    if (auto const word = unknown_command(cli, *arguments)) {
        return cl::api::app::report(cl::fail(cl::errc::usage, "there is no command `" + *word + "`; --help shows them"));
    }
    try {
        std::reverse(arguments->begin(), arguments->end());  // as CLI11 wants a vector
        cli.parse(std::move(*arguments));
    } catch (CLI::ParseError const& error) {
        // CLI11 has exit codes of its own; ours are 0 for help and version, 2 for what cannot be meant.
        return cli.exit(error, std::cout, std::cerr) == 0 ? 0 : 2;
    }
    return context.exit_code;
}
