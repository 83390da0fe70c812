// `bundle`: an evidence bundle, by the route of the API, whether a server runs or not.
#include "api/app/commands.hpp"
#include "api/app/local_api.hpp"
#include "ledger/core/clock.hpp"
#include "ledger/core/json.hpp"

#include <iostream>
#include <memory>
#include <optional>
#include <utility>

namespace cl::api::app {

namespace {

struct Arguments {
    std::string data;
    std::string account;
    std::string output;
    std::string contact;
    std::string number;
    std::string list;
    std::string since;
    std::string until;
    bool whole = false;
    bool redacted = false;
    std::optional<std::int64_t> issued;
};

/// What is said of when, before anything is opened.
Result<void> check_range(Arguments const& arguments) {
    for (auto const& [name, text] : {std::pair("--since", &arguments.since), std::pair("--until", &arguments.until)}) {
        if (!text->empty() && !parse_rfc3339(*text)) {
            return fail(errc::usage, std::string(name) + " must be a time like 2026-01-31T00:00:00Z");
        }
    }
    auto const since = parse_rfc3339(arguments.since);
    auto const until = parse_rfc3339(arguments.until);
    bool const backwards = since && until && *since >= *until;
    return backwards ? Result<void>(fail(errc::usage, "--until must be later than --since")) : Result<void>();
}

/// The scope as the API takes it. errc::usage where not exactly one is given.
Result<json::Object> body_of(Arguments const& arguments) {
    json::Object scope;
    int given = 0;
    auto const take = [&](bool wanted, char const* kind, std::initializer_list<std::pair<char const*, std::string>> members) {
        if (!wanted) {
            return;
        }
        ++given;
        scope.set("kind", kind);
        for (auto const& [name, value] : members) {
            if (!value.empty()) {
                scope.set(name, value);
            }
        }
    };
    take(!arguments.contact.empty(), "contact", {{"contact", arguments.contact}});
    take(!arguments.number.empty(), "contact", {{"phone", arguments.number}});
    take(!arguments.list.empty(), "list", {{"list", arguments.list}});
    bool const range = !arguments.since.empty() || !arguments.until.empty();
    take(range, "range", {{"since", arguments.since}, {"until", arguments.until}});
    take(arguments.whole, "account", {});
    if (given + (arguments.issued ? 1 : 0) != 1) {
        return fail(errc::usage,
                    "say what the bundle is of: --contact, --number, --list, --since and --until, --all, or --issued");
    }
    json::Object body{{"openings", arguments.redacted ? "redacted" : "full"}};
    if (arguments.issued) {
        body.set("issued", *arguments.issued);
    } else {
        body.set("scope", std::move(scope));
    }
    return body;
}

std::string megabytes(std::size_t bytes) {
    constexpr std::size_t tenth = 104'858;
    std::size_t const tenths = bytes / tenth;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " MiB";
}

Result<void> make(Arguments& arguments, Context& context) {
    CL_TRY(check_range(arguments));
    CL_TRY(body_of(arguments));  // what cannot be meant is said before anything is opened
    arguments.number = number_from(arguments.number);
    CL_TRY_ASSIGN(json::Object body, body_of(arguments));
    CL_TRY_ASSIGN(auto const api, LocalApi::open(arguments.data, context));
    Request request;
    request.method = Method::post;
    request.path = "/v1/accounts/" + arguments.account + "/exports";
    request.content_type = "application/json";
    json::write(json::Value(std::move(body)), request.body);
    Progress progress;
    progress.show("finding what belongs to it");
    std::string issued;
    auto const written = write_whole(arguments.output, [&](std::ostream& out) -> Result<void> {
        std::size_t bytes = 0;
        std::size_t steps = 0;
        CL_TRY_ASSIGN(Response const response, api->download(std::move(request), [&](std::string_view piece) -> Result<void> {
            out << piece;
            bytes += piece.size();
            ++steps;
            progress.show(bytes == 0 ? "measuring, step " + std::to_string(steps) : megabytes(bytes) + " written");
            return out ? Result<void>{} : fail(errc::io, "the bundle could not be written");
        }));
        if (response.status / 100 != 2) {
            return problem_error(response);
        }
        for (auto const& [name, value] : response.headers) {
            if (name == "Export-Issued") issued = value;
        }
        return {};
    });
    progress.end();
    CL_TRY(written);
    std::cerr << "issued by entry " << issued << "; the same bundle again: --issued " << issued << '\n';
    return {};
}

}  // namespace

void add_bundle(CLI::App& cli, Context& context) {
    auto const arguments = std::make_shared<Arguments>();
    CLI::App* const command = cli.add_subcommand(
        "bundle",
        "Make an evidence bundle: a zip that proves itself, and an entry that says it was issued; works beside a running server");
    command->add_option("--data", arguments->data, "The data directory; a server may be running on it")->required();
    command->add_option("--account", arguments->account, "The account")->required();
    command->add_option("--output,-o", arguments->output, "The zip")->required();
    command->add_option("--contact", arguments->contact, "Of one contact, by id");
    command->add_option("--number", arguments->number, "Of the contact of this number; - reads it from standard input");
    command->add_option("--list", arguments->list, "Of everybody who was ever on this list");
    command->add_option("--since", arguments->since, "Of what was recorded at or after this RFC 3339 time");
    command->add_option("--until", arguments->until, "Of what was recorded before this time");
    command->add_flag("--all", arguments->whole, "Of the whole account");
    command->add_option("--issued", arguments->issued, "One again that was issued, by the seq of its entry");
    command->add_flag("--redacted", arguments->redacted,
                      "Without numbers, names, texts and evidence: the same entries and proofs");
    command->callback([arguments, &context] {
        auto const done = make(*arguments, context);
        if (!done) {
            context.exit_code = report(done.error());
        }
    });
}

}  // namespace cl::api::app
