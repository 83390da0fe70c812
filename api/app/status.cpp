// `status`: what is in a data directory, who serves it, and whether it is well. Works beside a running server, which is asked.
#include "api/app/commands.hpp"
#include "api/net/socket_client.hpp"
#include "ledger/core/json.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/core/note.hpp"
#include "ledger/service/data_dir.hpp"

#include <iomanip>
#include <iostream>
#include <memory>

namespace cl::api::app {

namespace {

constexpr int needs_attention = 4;

struct Arguments {
    std::string data;
    bool json = false;
};

/// One check as it is shown; `reason` empty: it is well.
struct Shown {
    std::string name;
    std::string reason;
};

/// What the directory, or the server on it, says of itself.
struct Told {
    std::vector<Shown> checks;
    std::vector<std::string> warnings{};
    std::string verified{};  ///< when the server last verified the whole log; empty = not yet
    std::int64_t verified_entries = 0;
};

/// An error text in the place of a check where it does not answer.
Told ask_server(std::string const& data) {
    auto const client = net::SocketClient::connect(service::DataDir{data}.admin_socket());
    if (!client) {
        return {{{"server", "it does not answer on admin.sock"}}};
    }
    Request request;
    request.method = Method::get;
    request.path = "/readyz";
    request.query.emplace_back("verbose", "1");
    auto const answer = client->ask(request);
    auto const body = answer ? json::parse(answer->body, limits::http_body_bytes) : Result<json::Value>(answer.error());
    json::Object const* const object = body ? body->as_object() : nullptr;
    json::Value const* const checks = object != nullptr ? object->find("checks") : nullptr;
    if (checks == nullptr || checks->as_array() == nullptr) {
        return {{{"server", "it does not say whether it is ready"}}};
    }
    Told all;
    for (json::Value const& one : *checks->as_array()) {
        if (json::Object const* const check = one.as_object()) {
            all.checks.push_back({std::string(check->string("name")), std::string(check->string("reason"))});
        }
    }
    json::Value const* const verified = object->find("verified");
    if (verified != nullptr && verified->as_object() != nullptr) {
        json::Value const* const entries = verified->as_object()->find("entries");
        all.verified = verified->as_object()->string("at");
        all.verified_entries = entries != nullptr && entries->as_int() != nullptr ? *entries->as_int() : 0;
    }
    json::Value const* const warnings = object->find("warnings");
    if (warnings != nullptr && warnings->as_array() != nullptr) {
        for (json::Value const& one : *warnings->as_array()) {
            all.warnings.push_back(one.as_string() != nullptr ? *one.as_string() : std::string());
        }
    }
    return all;
}

/// A server answers on its socket also where its lock was removed, so that the lock names nobody.
Told told_of(std::string const& data, service::DirStatus const& status) {
    Told all;
    if (status.server_pid != 0 || net::SocketClient::connect(service::DataDir{data}.admin_socket())) {
        all = ask_server(data);
    } else {
        for (service::Check const& check : status.checks) {
            all.checks.push_back({std::string(check.name), check.failure ? check.failure->detail : std::string()});
        }
    }
    if (status.unreadable) {
        all.checks.push_back({"ledger", "it cannot be read: " + status.unreadable->detail});
    }
    return all;
}

void print_json(service::DirStatus const& status, Told const& told, bool well) {
    json::Array list;
    for (Shown const& check : told.checks) {
        json::Object one{{"name", check.name}, {"ok", check.reason.empty()}};
        if (!check.reason.empty()) {
            one.set("reason", check.reason);
        }
        list.emplace_back(std::move(one));
    }
    json::Object out{
        {"schema_version", 1},
        {"version", CL_VERSION},
        {"ok", well},
        {"checks", std::move(list)},
        {"bytes", json::Object{{"ledger", status.ledger_bytes}, {"vault", status.vault_bytes}, {"state", status.state_bytes}}},
        {"disk_free_bytes", status.disk_free_bytes}};
    if (!status.unreadable) {
        out.set("origin", status.origin);
        out.set("entries", status.size);
        out.set("root", to_hex(status.root));
        out.set("key", status.vkey);
    }
    if (!told.warnings.empty()) {
        out.set("warnings", json::Array(told.warnings.begin(), told.warnings.end()));
    }
    if (!told.verified.empty()) {
        out.set("verified", json::Object{{"at", told.verified}, {"entries", told.verified_entries}});
    }
    if (status.last_recorded) {
        out.set("last_recorded", format_time(*status.last_recorded));
    }
    if (status.server_pid > 0) {
        out.set("server_pid", status.server_pid);
    }
    std::cout << json::write(std::move(out)) << '\n';
}

std::string served_by(int pid) {
    if (pid < 0) return "a process that has not said its id";
    return pid > 0 ? "process " + std::to_string(pid) : "nobody";
}

void print_text(service::DirStatus const& status, Told const& told) {
    auto const row = [](std::string_view name) -> std::ostream& { return std::cout << std::left << std::setw(15) << name; };
    if (!status.unreadable) {
        row("origin") << status.origin << '\n';
        row("entries") << status.size << '\n';
        row("last recorded") << (status.last_recorded ? format_time(*status.last_recorded) : "never") << '\n';
        row("root") << to_hex(status.root) << '\n';
        row("key") << status.vkey << '\n';
    }
    row("served by") << served_by(status.server_pid) << '\n';
    row("bytes") << "ledger " << status.ledger_bytes << ", vault " << status.vault_bytes << ", state " << status.state_bytes
                 << ", free " << status.disk_free_bytes << '\n';
    if (!told.verified.empty()) {
        row("verified") << told.verified << ", " << told.verified_entries << " entries\n";
    }
    row("version") << "consent-ledger " << CL_VERSION << ", format 1\n";
    for (Shown const& check : told.checks) {
        row(check.name) << (check.reason.empty() ? "ok" : "NOT WELL: " + check.reason) << '\n';
    }
    for (std::string const& warning : told.warnings) {
        row("warning") << warning << '\n';
    }
    row("to back up")
        << "consent-ledger backup --data DIR --to NEW, beside the server too; keep keys/ apart (docs/operations.md)\n";
}

int show(Arguments const& arguments) {
    auto const status = service::read_status(arguments.data);
    if (!status) {
        return report(status.error());
    }
    auto const told = told_of(arguments.data, *status);
    bool well = true;
    for (Shown const& check : told.checks) {
        well = well && check.reason.empty();
    }
    if (arguments.json) {
        print_json(*status, told, well);
    } else {
        print_text(*status, told);
    }
    return well ? 0 : needs_attention;
}

}  // namespace

void add_status(CLI::App& cli, Context& context) {
    auto arguments = std::make_shared<Arguments>();
    CLI::App* command = cli.add_subcommand(
        "status", "What is in a data directory and whether it is well (exit 0, else 4); works beside a running server");
    command->add_option("--data", arguments->data, "The data directory")->required();
    command->add_flag("--json", arguments->json, "One JSON object");
    command->callback([arguments, &context] { context.exit_code = show(*arguments); });
}

}  // namespace cl::api::app
