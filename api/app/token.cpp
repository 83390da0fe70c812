// `token`: what an operator does about tokens, by the routes of the API.
#include "api/app/commands.hpp"
#include "api/app/duration.hpp"
#include "api/app/local_api.hpp"
#include "ledger/consent/kinds.hpp"
#include "ledger/core/json.hpp"
#include "ledger/core/limits.hpp"

#include <iomanip>
#include <iostream>
#include <memory>
#include <optional>

namespace cl::api::app {

namespace {

struct Arguments {
    std::string data;
    std::string account;
    std::string role;
    std::string id;
    std::string expires;
    std::string overlap = "7d";
    bool json = false;
};

/// A time, or how long from now.
Result<void> set_expiry(json::Object& body, std::string const& text, Clock const& clock) {
    if (text.empty()) {
        return {};
    }
    Millis const now = clock.now();
    auto time = parse_rfc3339(text);
    if (!time) {
        auto const life = parse_duration(text);
        if (!life) {
            return fail(errc::usage, "--expires must be a time like 2027-01-31T00:00:00Z, or how long from now, like 90d");
        }
        time = now + *life;
    }
    if (*time <= now) {
        return fail(errc::usage, "--expires must be a time to come; it is " + format_time(now) + " now");
    }
    body.set("expires", format_time(*time));
    return {};
}

int print_secret(Result<json::Object> const& token) {
    if (!token) {
        return report(token.error());
    }
    std::cerr << "consent-ledger: token " << token->string("id") << ", shown this once:\n";
    std::cout << token->string("token") << '\n';
    return 0;
}

Result<json::Object> create(Arguments const& arguments, Context& context) {
    if (!consent::role_from(arguments.role)) {
        return fail(errc::usage, "--role must be writer, sender, auditor or admin");
    }
    json::Object body{{"account", arguments.account}, {"role", arguments.role}};
    CL_TRY(set_expiry(body, arguments.expires, context.clock));
    CL_TRY_ASSIGN(auto const api, LocalApi::open(arguments.data, context));
    return ask_json(*api, Method::post, "/v1/tokens", std::move(body));
}

Result<json::Object> rotate(Arguments const& arguments, Context& context) {
    auto const overlap = parse_duration(arguments.overlap);
    if (!overlap || *overlap > limits::token_overlap_ms) {
        return fail(errc::usage,
                    "--overlap must be a number with s, m, h or d, like 7d, and at most 30d; 0s ends the old token at once");
    }
    json::Object body{{"overlap_seconds", *overlap / 1'000}};
    CL_TRY(set_expiry(body, arguments.expires, context.clock));
    CL_TRY_ASSIGN(auto const api, LocalApi::open(arguments.data, context));
    return ask_json(*api, Method::post, "/v1/tokens/" + arguments.id + "/rotate", std::move(body));
}

int revoke(Arguments const& arguments, Context& context) {
    auto const api = LocalApi::open(arguments.data, context);
    if (!api) {
        return report(api.error());
    }
    auto const token = ask_json(**api, Method::post, "/v1/tokens/" + arguments.id + "/revoke", json::Object{});
    if (!token) {
        return report(token.error());
    }
    std::cout << json::write(*token) << '\n';
    return 0;
}

std::string joined(json::Value const* accounts) {
    std::string text;
    if (accounts == nullptr || accounts->as_array() == nullptr) {
        return text;
    }
    for (json::Value const& account : *accounts->as_array()) {
        text += (text.empty() ? "" : ",") + (account.as_string() == nullptr ? std::string() : *account.as_string());
    }
    return text;
}

void print_row(json::Object const& token) {
    auto const cell = [&token](std::string_view name) {
        std::string_view const text = token.string(name);
        return std::string(text.empty() ? "-" : text);
    };
    std::cout << std::left << std::setw(14) << cell("id") << std::setw(9) << cell("role") << std::setw(20)
              << joined(token.find("accounts")) << ' ';
    for (char const* const time : {"created_at", "expires_at", "revoked_at", "last_used_at"}) {
        std::cout << std::setw(26) << cell(time);
    }
    std::cout << '\n';
}

/// Each token of a page to `print`; the cursor of the next page.
using Query = std::vector<std::pair<std::string, std::string>>;
Result<std::string> show_page(LocalApi& api, std::string const& path, Query query, bool as_json, bool& first) {
    CL_TRY_ASSIGN(json::Object const page, ask_json(api, Method::get, path, std::move(query), {}));
    json::Value const* const data = page.find("data");
    if (data == nullptr || data->as_array() == nullptr) {
        return fail(errc::io, "the server answered with no list of tokens");
    }
    for (json::Value const& one : *data->as_array()) {
        if (one.as_object() == nullptr) {
            continue;
        }
        if (as_json) {
            std::cout << (first ? "\n" : ",\n") << json::write(one);
        } else {
            print_row(*one.as_object());
        }
        first = false;
    }
    return std::string(page.string("next_cursor"));
}

int list(Arguments const& arguments, Context& context) {
    auto const api = LocalApi::open(arguments.data, context);
    if (!api) {
        return report(api.error());
    }
    if (arguments.json) {
        std::cout << '[';
    } else {
        print_row(json::Object{{"id", "ID"},
                               {"role", "ROLE"},
                               {"accounts", json::Array{"ACCOUNT"}},
                               {"created_at", "CREATED"},
                               {"expires_at", "EXPIRES"},
                               {"revoked_at", "REVOKED"},
                               {"last_used_at", "LAST USED"}});
    }
    std::string cursor;
    bool first = true;
    do {
        std::string const path = arguments.account.empty() ? "/v1/tokens" : "/v1/accounts/" + arguments.account + "/tokens";
        Query query{{"limit", std::to_string(limits::page_items)}};
        if (!cursor.empty()) {
            query.emplace_back("cursor", cursor);
        }
        auto next = show_page(**api, path, std::move(query), arguments.json, first);
        if (!next) {
            return report(next.error());
        }
        cursor = std::move(*next);
    } while (!cursor.empty());
    std::cout << (arguments.json ? "\n]\n" : "");
    return 0;
}

CLI::App* add_act(CLI::App& command, char const* name, char const* help, Arguments& arguments) {
    CLI::App* const act = command.add_subcommand(name, help);
    act->add_option("--data", arguments.data, "The data directory; a server may be running on it")->required();
    return act;
}

constexpr char const* expires_help = "When it ends: a time, or how long from now, like 90d";

}  // namespace

void add_token(CLI::App& cli, Context& context) {
    CLI::App* const command = cli.add_subcommand("token", "Tokens for the HTTP API");
    command->require_subcommand(1);
    auto const arguments = std::make_shared<Arguments>();
    CLI::App* const make = add_act(*command, "create", "Make a token; prints it alone on standard output, once", *arguments);
    make->add_option("--account", arguments->account, "The account it is for (defined if it is new), or * for all")->required();
    make->add_option("--role", arguments->role, "writer, sender, auditor or admin")->required();
    make->add_option("--expires", arguments->expires, expires_help);
    make->callback([arguments, &context] { context.exit_code = print_secret(create(*arguments, context)); });

    CLI::App* const turn = add_act(
        *command, "rotate", "Make a token in the place of another one; prints it alone on standard output, once", *arguments);
    turn->add_option("id", arguments->id, "The id of the token that goes")->required();
    turn->add_option("--overlap", arguments->overlap, "For how long that one is taken still, at most 30d")
        ->capture_default_str();
    turn->add_option("--expires", arguments->expires, expires_help);
    turn->callback([arguments, &context] { context.exit_code = print_secret(rotate(*arguments, context)); });

    CLI::App* const end = add_act(*command, "revoke", "End a token now; its next request is refused", *arguments);
    end->add_option("id", arguments->id, "The token's id")->required();
    end->callback([arguments, &context] { context.exit_code = revoke(*arguments, context); });

    CLI::App* const show = add_act(*command, "list", "Show the tokens, and when each was used last", *arguments);
    show->add_option("--account", arguments->account, "Those of this account alone");
    show->add_flag("--json", arguments->json, "An array of objects");
    show->callback([arguments, &context] { context.exit_code = list(*arguments, context); });
}

}  // namespace cl::api::app
