// `retention`: lists whose record is not needed any more, and erases it when told to. The list is written whole before anybody is erased.
#include "api/app/commands.hpp"
#include "api/app/local_api.hpp"
#include "ledger/core/limits.hpp"

#include <iostream>
#include <memory>
#include <vector>

namespace cl::api::app {

namespace {

struct Arguments {
    std::string data;
    std::string account;
    std::string status = "due";
    std::string output = "-";
    std::string request;
    std::size_t most = limits::retention_run_items;
    bool erase = false;
};

struct Listed {
    std::vector<std::string> contacts;  ///< to be erased: due ones, at most Arguments::most
    std::int64_t rows = 0;
};

std::string joined(json::Object const& row) {
    std::string all;
    json::Value const* const holds = row.find("holds");
    if (holds != nullptr && holds->as_array() != nullptr) {
        for (json::Value const& matter : *holds->as_array()) {
            all += (all.empty() ? "" : " ") + (matter.as_string() == nullptr ? std::string() : *matter.as_string());
        }
    }
    return all;
}

/// Every value is an id, a word or a time: nothing that CSV would have to quote.
void write_row(json::Object const& row, std::ostream& out) {
    out << row.string("contact") << ',' << row.string("status") << ',' << row.string("last_act") << ','
        << row.string("keep_until") << ',' << joined(row) << "\r\n";
}

Result<Listed> list(LocalApi& api, Arguments const& arguments, Progress& progress, std::ostream& out) {
    Listed listed;
    out << "contact,status,last_act,keep_until,holds\r\n";
    std::string cursor;
    for (std::int64_t seen = 0;;) {
        std::vector<std::pair<std::string, std::string>> query{{"status", arguments.status},
                                                               {"limit", std::to_string(limits::retention_page_items)}};
        if (!cursor.empty()) {
            query.emplace_back("cursor", cursor);
        }
        CL_TRY_ASSIGN(json::Object const page,
                      ask_json(api, Method::get, "/v1/accounts/" + arguments.account + "/retention", query, {}));
        json::Value const* const data = page.find("data");
        if (data == nullptr || data->as_array() == nullptr) {
            return fail(errc::io, "the server's answer is not understood");
        }
        for (json::Value const& one : *data->as_array()) {
            if (one.as_object() == nullptr || (arguments.erase && listed.contacts.size() == arguments.most)) {
                continue;
            }
            write_row(*one.as_object(), out);
            ++listed.rows;
            if (arguments.erase) {
                listed.contacts.emplace_back(one.as_object()->string("contact"));
            }
        }
        seen += static_cast<std::int64_t>(limits::retention_page_items);
        progress.show("up to " + std::to_string(seen) + " contacts looked at, " + std::to_string(listed.rows) + " listed");
        cursor = page.string("next_cursor");
        if (cursor.empty() || (arguments.erase && listed.contacts.size() == arguments.most)) {
            return listed;
        }
    }
}

struct Tally {
    std::size_t erased = 0;
    std::size_t kept = 0;
};

/// Each is looked at once more by the server before it is erased: a hold or a new consent since the list was made keeps it.
Tally erase(LocalApi& api, Arguments const& arguments, std::vector<std::string> const& contacts, Progress& progress) {
    Tally tally;
    for (std::string const& contact : contacts) {
        json::Object body;
        if (!arguments.request.empty()) {
            body.set("request", arguments.request);
        }
        auto const done = ask_json(api, Method::post, "/v1/accounts/" + arguments.account + "/contacts/" + contact + "/erase",
                                   {{"if_due", "true"}}, std::move(body));
        if (done) {
            ++tally.erased;
        } else {
            ++tally.kept;
            progress.end();
            std::cerr << "consent-ledger: contact " << contact << " was not erased: " << done.error().detail << '\n';
        }
        progress.show(std::to_string(tally.erased + tally.kept) + " of " + std::to_string(contacts.size()));
    }
    return tally;
}

Result<int> run(Arguments const& arguments, Context& context) {
    if (arguments.erase && (arguments.output == "-" || arguments.status != "due")) {
        return fail(errc::usage, "--erase needs --output FILE, which keeps the list of what was due, and no other --status");
    }
    if (arguments.most == 0 || arguments.most > limits::retention_run_items) {
        return fail(errc::usage, "--max must be 1 to " + std::to_string(limits::retention_run_items));
    }
    CL_TRY_ASSIGN(auto const api, LocalApi::open(arguments.data, context));
    Progress progress;
    Listed listed;
    CL_TRY(write_whole(arguments.output, [&](std::ostream& out) -> Result<void> {
        CL_TRY_ASSIGN(listed, list(*api, arguments, progress, out));
        return {};
    }));
    progress.end();
    if (!arguments.erase) {
        std::cerr << "consent-ledger: " << listed.rows << " contacts listed; nothing was erased\n";
        return 0;
    }
    Tally const tally = erase(*api, arguments, listed.contacts, progress);
    progress.end();
    std::cout << json::write(json::Object{{"due", static_cast<std::int64_t>(listed.contacts.size())},
                                          {"erased", static_cast<std::int64_t>(tally.erased)},
                                          {"not_erased", static_cast<std::int64_t>(tally.kept)}})
              << '\n';
    return tally.kept == 0 ? 0 : 3;
}

}  // namespace

void add_retention(CLI::App& cli, Context& context) {
    auto const arguments = std::make_shared<Arguments>();
    CLI::App* const command = cli.add_subcommand(
        "retention",
        "List the contacts whose record is not needed any more, and erase it with --erase; a server may be running");
    command->add_option("--data", arguments->data, "The data directory")->required();
    command->add_option("--account", arguments->account, "Whose contacts")->required();
    command->add_option("--status", arguments->status, "due (default), in_use, keep, held, erased, nothing or all");
    command->add_option("--output,-o", arguments->output, "Where the list goes, as CSV; - is standard output")
        ->capture_default_str();
    command->add_flag("--erase", arguments->erase, "Erase who is on the list, each after another look; suppressions stay");
    command->add_option("--max", arguments->most, "With --erase: at most so many in one run")->capture_default_str();
    command->add_option("--request", arguments->request, "With --erase: an id that each erasure's entry names");
    command->callback([arguments, &context] {
        auto const code = run(*arguments, context);
        context.exit_code = code ? *code : report(code.error());
    });
}

}  // namespace cl::api::app
