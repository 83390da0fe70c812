// `retention`: lists whose record is not needed any more, and erases it when told to. The list is written whole before anybody is erased.
#include "api/app/commands.hpp"
#include "api/app/local_api.hpp"
#include "ledger/core/limits.hpp"

#include <chrono>
#include <iostream>
#include <memory>
#include <optional>
#include <thread>
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
    std::string certificates;
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
    std::vector<std::string> erased;
    std::size_t kept = 0;
    std::optional<Error> stopped;  ///< before its end, and why
};

/// One erasure; where the service is busy, again for a while.
Result<void> erase_one(LocalApi& api, Arguments const& arguments, std::string const& contact) {
    constexpr int pause_ms = 200;
    constexpr int patience_ms = 10'000;
    std::string const path = "/v1/accounts/" + arguments.account + "/contacts/" + contact + "/erase";
    for (int waited = 0;; waited += pause_ms) {
        json::Object body;
        if (!arguments.request.empty()) {
            body.set("request", arguments.request);
        }
        auto const done = ask_json(api, Method::post, path, {{"if_due", "true"}}, std::move(body));
        if (done) {
            return {};
        }
        if (done.error().code != errc::busy || waited >= patience_ms) {
            return done.error();
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(pause_ms));
    }
}

/// Each is judged once more when its erasure is recorded: a hold or a new consent since the list was made keeps it. What is no matter of
/// one contact ends the run.
Tally erase(LocalApi& api, Arguments const& arguments, std::vector<std::string> const& contacts, Progress& progress) {
    Tally tally;
    for (std::string const& contact : contacts) {
        auto const done = erase_one(api, arguments, contact);
        if (done) {
            tally.erased.push_back(contact);
        } else if (done.error().code == errc::busy || done.error().code == errc::io) {
            tally.stopped = done.error();
            break;
        } else {
            ++tally.kept;
            progress.end();
            std::cerr << "consent-ledger: contact " << contact << " was not erased: " << done.error().detail << '\n';
        }
        progress.show(std::to_string(tally.erased.size() + tally.kept) + " of " + std::to_string(contacts.size()));
    }
    progress.end();
    return tally;
}

/// A certificate a line, asked for when all is erased, so that the search of the files is over for most.
Result<void> write_certificates(LocalApi& api, Arguments const& arguments, Tally const& tally) {
    if (arguments.certificates.empty()) {
        return {};
    }
    constexpr int patience_ms = 10'000;
    return write_whole(arguments.certificates, [&](std::ostream& out) -> Result<void> {
        int patience = patience_ms;
        for (std::string const& contact : tally.erased) {
            CL_TRY_ASSIGN(json::Object certificate, ask_certificate(api, arguments.account, contact, patience));
            patience = 0;
            out << json::write(std::move(certificate)) << '\n';
        }
        return {};
    });
}

Result<int> run(Arguments const& arguments, Context& context) {
    if (arguments.erase && (arguments.output == "-" || arguments.status != "due")) {
        return fail(errc::usage, "--erase needs --output FILE, which keeps the list of what was due, and no other --status");
    }
    if (!arguments.erase && !arguments.certificates.empty()) {
        return fail(errc::usage, "--certificates is for --erase");
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
    auto const certified = write_certificates(*api, arguments, tally);
    std::cout << json::write(
                     json::Object{{"due", static_cast<std::int64_t>(listed.contacts.size())},
                                  {"erased", static_cast<std::int64_t>(tally.erased.size())},
                                  {"not_erased", static_cast<std::int64_t>(listed.contacts.size() - tally.erased.size())}})
              << '\n';
    if (tally.stopped) {
        return fail(tally.stopped->code, tally.stopped->detail + "; run it again: who was erased is not on the list any more");
    }
    CL_TRY(certified);
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
    command->add_option("--certificates", arguments->certificates,
                        "With --erase: where the certificate of each erasure goes, a line each");
    command->add_option("--request", arguments->request, "With --erase: an id that each erasure's entry names");
    command->callback([arguments, &context] {
        auto const code = run(*arguments, context);
        context.exit_code = code ? *code : report(code.error());
    });
}

}  // namespace cl::api::app
