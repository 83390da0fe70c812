// `erase` and `hold`: what an administrator does about one person, by the routes of the API.
#include "api/app/commands.hpp"
#include "api/app/local_api.hpp"
#include "ledger/core/json.hpp"

#include <iostream>
#include <memory>

namespace cl::api::app {

namespace {

struct Arguments {
    std::string data;
    std::string account;
    std::string contact;
    std::string number;
    std::string request;
    std::string matter;
};

/// errc::not_found: there is no such account. A look-up of a number does not tell.
Result<void> require_account(LocalApi& api, std::string const& account) {
    CL_TRY(ask_json(api, Method::get, "/v1/accounts/" + account + "/holds"));
    return {};
}

/// The contact that is meant: its id, or by its number (`-`: a line of standard input, which leaves no trace in the shell's history).
Result<std::string> contact_of(LocalApi& api, Arguments const& arguments) {
    if (!arguments.contact.empty()) {
        return arguments.contact;
    }
    CL_TRY_ASSIGN(json::Object const found,
                  ask_json(api, Method::post, "/v1/accounts/" + arguments.account + "/contacts/lookup",
                           json::Object{{"phone", number_from(arguments.number)}}));
    json::Value const* const known = found.find("known");
    if (known == nullptr || known->as_bool() == nullptr || !*known->as_bool()) {
        CL_TRY(require_account(api, arguments.account));
        return fail(errc::not_found, "nobody of that number is in this account");
    }
    return std::string(found.string("contact"));
}

Result<json::Object> erase(Arguments const& arguments, Context& context) {
    CL_TRY_ASSIGN(auto const api, LocalApi::open(arguments.data, context));
    CL_TRY_ASSIGN(std::string const contact, contact_of(*api, arguments));
    std::string const path = "/v1/accounts/" + arguments.account + "/contacts/" + contact;
    json::Object body;
    if (!arguments.request.empty()) {
        body.set("request", arguments.request);
    }
    CL_TRY(ask_json(*api, Method::post, path + "/erase", std::move(body)));
    constexpr int patience_ms = 3'000;
    return ask_certificate(*api, arguments.account, contact, patience_ms);
}

/// A hold is released where it was placed: on the account, or on one contact.
Result<json::Object> release(LocalApi& api, std::string const& path, Arguments const& arguments, bool of_contact) {
    auto released = ask_json(api, Method::post, path + "/" + arguments.matter + "/release", json::Object{});
    if (released || released.error().code != errc::not_found) {
        return released;
    }
    CL_TRY(require_account(api, arguments.account));
    return fail(errc::not_found, of_contact
                                     ? "no hold of that matter is on this contact; one on the account is released without "
                                       "--contact and --number"
                                     : "no hold of that matter is on the account; one on a contact is released with "
                                       "--contact or --number");
}

Result<json::Object> hold(Arguments const& arguments, std::string_view act, Context& context) {
    CL_TRY_ASSIGN(auto const api, LocalApi::open(arguments.data, context));
    std::string path = "/v1/accounts/" + arguments.account;
    bool const of_contact = !arguments.contact.empty() || !arguments.number.empty();
    if (of_contact) {
        CL_TRY_ASSIGN(std::string const contact, contact_of(*api, arguments));
        path += "/contacts/" + contact;
    }
    path += "/holds";
    if (act == "list") {
        return ask_json(*api, Method::get, path);
    }
    if (act == "release") {
        return release(*api, path, arguments, of_contact);
    }
    return ask_json(*api, Method::post, path, json::Object{{"matter", arguments.matter}});
}

int print(Result<json::Object> const& answer) {
    if (!answer) {
        return report(answer.error());
    }
    std::cout << json::write(*answer) << '\n';
    return 0;
}

void add_subject(CLI::App& command, Arguments& arguments, bool required) {
    command.add_option("--data", arguments.data, "The data directory; a server may be running on it")->required();
    command.add_option("--account", arguments.account, "The account")->required();
    CLI::Option_group* const who = command.add_option_group("subject", "Who is meant");
    who->add_option("--contact", arguments.contact, "The contact's id");
    who->add_option("--number", arguments.number, "The contact's number; - reads it from standard input");
    who->require_option(required ? 1 : 0, 1);
}

}  // namespace

void add_erase(CLI::App& cli, Context& context) {
    auto const arguments = std::make_shared<Arguments>();
    CLI::App* const command = cli.add_subcommand(
        "erase", "Erase what opens a person's entries; prints the certificate of erasure. The suppression stays");
    add_subject(*command, *arguments, true);
    command->add_option("--request", arguments->request, "The id of the person's request, kept in the entry");
    command->callback([arguments, &context] { context.exit_code = print(erase(*arguments, context)); });
}

void add_hold(CLI::App& cli, Context& context) {
    CLI::App* const command =
        cli.add_subcommand("hold", "Legal holds: on a contact or on the whole account; they forbid erasure");
    command->require_subcommand(1);
    struct Act {
        char const* name;
        char const* help;
    };
    for (Act const& act :
         {Act{"place", "Place a hold on a contact, or without one on the whole account"},
          Act{"release", "End a hold where it was placed: on a contact, or on the whole account"},
          Act{"list",
              "Show the holds on the account; with a contact those that forbid its erasure, its own and the account's. "
              "Who has holds at all: retention --status held"}}) {
        auto const arguments = std::make_shared<Arguments>();
        CLI::App* const one = command->add_subcommand(act.name, act.help);
        add_subject(*one, *arguments, false);
        std::string const name = act.name;
        if (name != "list") {
            one->add_option("--matter", arguments->matter, "What it is held for, such as the id of a case")->required();
        }
        one->callback([arguments, name, &context] { context.exit_code = print(hold(*arguments, name, context)); });
    }
}

}  // namespace cl::api::app
