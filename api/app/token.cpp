#include "api/app/commands.hpp"
#include "ledger/consent/kinds.hpp"

#include <iostream>
#include <memory>

namespace cl::api::app {

namespace {

struct Arguments {
    std::string data;
    std::string account;
    std::string role;
};

int create(Arguments const& arguments, Context& context) {
    auto const role = consent::role_from(arguments.role);
    if (!role) {
        return report(fail(errc::usage, "--role must be writer, sender, auditor or admin"));
    }
    auto const opened = service::Service::open(arguments.data, context.environment(), service::Options{});
    if (!opened) {
        return report(opened.error());
    }
    if (auto const ready = (*opened)->wait_until_ready(); !ready) {
        return report(ready.error());
    }
    auto const token = (*opened)->create_token(arguments.account, *role);
    (*opened)->stop();
    if (!token) {
        return report(token.error());
    }
    std::cerr << "consent-ledger: token " << token->id << ", shown this once:\n";
    std::cout << token->text << '\n';
    return 0;
}

}  // namespace

void add_token(CLI::App& cli, Context& context) {
    CLI::App* command = cli.add_subcommand("token", "Tokens for the HTTP API");
    command->require_subcommand(1);
    auto arguments = std::make_shared<Arguments>();
    CLI::App* make = command->add_subcommand("create", "Make a token; prints it alone on standard output, once");
    make->add_option("--data", arguments->data, "The data directory")->required();
    make->add_option("--account", arguments->account, "The account it is for (defined if it is new), or * for all")->required();
    make->add_option("--role", arguments->role, "writer, sender, auditor or admin")->required();
    make->callback([arguments, &context] { context.exit_code = create(*arguments, context); });
}

}  // namespace cl::api::app
