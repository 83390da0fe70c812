#include "api/app/commands.hpp"
#include "api/app/local_api.hpp"
#include "ledger/consent/kinds.hpp"
#include "ledger/core/json.hpp"

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
    if (!consent::role_from(arguments.role)) {
        return report(fail(errc::usage, "--role must be writer, sender, auditor or admin"));
    }
    auto const api = LocalApi::open(arguments.data, context);
    if (!api) {
        return report(api.error());
    }
    Request request;
    request.method = Method::post;
    request.path = "/v1/tokens";
    request.content_type = "application/json";
    json::write(json::Object{{"account", arguments.account}, {"role", arguments.role}}, request.body);
    auto const answer = (*api)->ask_now(std::move(request));
    if (!answer) {
        return report(answer.error());
    }
    auto const token = json::parse(answer->body, limits::http_body_bytes);
    if (answer->status != 201 || !token || token->as_object() == nullptr) {
        return report(problem_error(*answer));
    }
    std::cerr << "consent-ledger: token " << token->as_object()->string("id") << ", shown this once:\n";
    std::cout << token->as_object()->string("token") << '\n';
    return 0;
}

}  // namespace

void add_token(CLI::App& cli, Context& context) {
    CLI::App* command = cli.add_subcommand("token", "Tokens for the HTTP API");
    command->require_subcommand(1);
    auto arguments = std::make_shared<Arguments>();
    CLI::App* make =
        command->add_subcommand("create", "Make a token; prints it alone on standard output, once. A server may be running");
    make->add_option("--data", arguments->data, "The data directory")->required();
    make->add_option("--account", arguments->account, "The account it is for (defined if it is new), or * for all")->required();
    make->add_option("--role", arguments->role, "writer, sender, auditor or admin")->required();
    make->callback([arguments, &context] { context.exit_code = create(*arguments, context); });
}

}  // namespace cl::api::app
