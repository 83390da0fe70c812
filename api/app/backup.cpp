// `consent-ledger backup` and `restore`: what they ask for, and what they say of the outcome.
#include "ledger/service/backup.hpp"

#include "api/app/commands.hpp"

#include <iostream>
#include <memory>
#include <optional>
#include <string>

namespace cl::api::app {
namespace {

struct BackupArguments {
    std::string data;
    std::string to;
    bool with_keys = false;
};

struct RestoreArguments {
    std::string from;
    std::string data;
    std::string keys;
    std::string head;
    bool nothing_since = false;
};

/// One line every percent.
std::function<void(std::string_view, std::int64_t, std::int64_t)> shown_on(Progress& progress) {
    return [&progress, last = std::int64_t{-1}](std::string_view what, std::int64_t done, std::int64_t of) mutable {
        std::int64_t const percent = of > 0 ? done * 100 / of : 100;
        if (percent == last) return;
        last = percent;
        progress.show(std::string(what) + " " + std::to_string(percent) + " %");
    };
}

Result<void> back_up(BackupArguments const& arguments, Clock const& clock) {
    Progress progress;
    service::BackupWish const wish{arguments.data, arguments.to, arguments.with_keys, shown_on(progress)};
    auto const made = service::make_backup(wish, clock);
    progress.end();
    if (!made) return made.error();
    std::cout << "Backed up " << made->entries << (made->entries == 1 ? " entry" : " entries") << " of " << made->origin
              << " to " << arguments.to << ", root " << to_hex(made->root) << ".\n";
    if (!made->with_keys) std::cout << "keys/ is not in it: keep a copy of it somewhere else, or it cannot be served again.\n";
    return {};
}

std::optional<std::filesystem::path> path_or_nothing(std::string const& text) {
    return text.empty() ? std::nullopt : std::optional<std::filesystem::path>(text);
}

/// What the operator has to know before the next start.
void explain(service::RestoreView const& restored) {
    if (restored.continuity == service::Continuity::whole) {
        std::cout << "Nothing was appended after it, as you say: it can be served as before.\n";
        return;
    }
    if (restored.continuity == service::Continuity::behind) {
        std::cout << restored.lost << (restored.lost == 1 ? " entry that was signed is" : " entries that were signed are")
                  << " not in it, or more.\n";
    }
    std::cout
        << "What came after it is lost here: opt-outs, holds, erasures, revoked tokens. Before anything is sent, post the platform's and\n"
           "the providers' records since then again (what is there is a replay), and place and revoke again (docs/operations.md).\n"
           "Start once with: serve --accept-rollback --new-origin NAME, a name that no copy of this ledger ever had. Under the\n"
           "old name it would contradict what it has signed.\n";
}

Result<void> bring_back(RestoreArguments const& arguments) {
    service::RestoreWish const wish{arguments.from, arguments.data, path_or_nothing(arguments.keys),
                                    path_or_nothing(arguments.head), arguments.nothing_since};
    CL_TRY_ASSIGN(auto const restored, service::restore_backup(wish));
    std::cout << "Restored " << restored.backup.entries << (restored.backup.entries == 1 ? " entry" : " entries") << " of "
              << restored.backup.origin << ", backed up at " << format_time(restored.backup.made_at) << ", to "
              << arguments.data << ".\n";
    explain(restored);
    return {};
}

}  // namespace

void add_backup(CLI::App& cli, Context& context) {
    auto arguments = std::make_shared<BackupArguments>();
    CLI::App* command =
        cli.add_subcommand("backup", "Copy the ledger and its vault as of one moment; works beside a running server");
    command->add_option("--data", arguments->data, "The data directory")->required();
    command->add_option("--to", arguments->to, "The backup: a directory that is not there yet, or is empty")->required();
    command->add_flag("--with-keys", arguments->with_keys,
                      "keys/ too. Whoever has the backup can then sign as this ledger, and try numbers");
    command->callback([arguments, &context] {
        if (auto const done = back_up(*arguments, context.clock); !done) context.exit_code = report(done.error());
    });
}

void add_restore(CLI::App& cli, Context& context) {
    auto arguments = std::make_shared<RestoreArguments>();
    CLI::App* command = cli.add_subcommand("restore", "Make a data directory from a backup");
    command->add_option("--from", arguments->from, "The backup")->required();
    command->add_option("--data", arguments->data, "The data directory to make: not there yet, or empty")->required();
    command->add_option("--keys", arguments->keys, "keys/ of the ledger, for a backup without them");
    auto* const head =
        command->add_option("--head", arguments->head,
                            "The file head of the lost directory, if it has survived: tells whether entries are missing");
    command
        ->add_flag("--nothing-since", arguments->nothing_since,
                   "Nothing was appended after the backup (the server had been stopped): go on under the same name")
        ->excludes(head);
    command->callback([arguments, &context] {
        if (auto const done = bring_back(*arguments); !done) context.exit_code = report(done.error());
    });
}

}  // namespace cl::api::app
