// The commands of `consent-ledger`, a file each. Each returns the program's exit code: 0 done, 2 usage, 3 could not finish.
//
// Threads: the main thread.
#pragma once

#include "api/app/log_sink.hpp"
#include "ledger/core/clock.hpp"
#include "ledger/core/error.hpp"
#include "ledger/core/random.hpp"
#include "ledger/service/service.hpp"

#include <CLI/CLI.hpp>

#include <functional>
#include <iosfwd>
#include <string>

namespace cl::api::app {

/// Of the sources that this program was made of; `unknown` where they have no history. Written by the build.
extern char const* const source_revision;

/// What every command works with.
struct Context {
    SystemClock clock;
    SystemRandom random;
    LogSink log{clock};
    int exit_code = 0;

    /// Warnings and progress of the service go to standard error, a line each.
    [[nodiscard]] service::Environment environment();
};

/// Each adds its subcommand to `cli`; when it is chosen, it runs and sets context.exit_code.
void add_init(CLI::App& cli, Context& context);
void add_serve(CLI::App& cli, Context& context);
void add_token(CLI::App& cli, Context& context);
void add_import(CLI::App& cli, Context& context);
void add_export(CLI::App& cli, Context& context);
void add_bundle(CLI::App& cli, Context& context);
void add_erase(CLI::App& cli, Context& context);
void add_hold(CLI::App& cli, Context& context);
void add_retention(CLI::App& cli, Context& context);
void add_backup(CLI::App& cli, Context& context);
void add_restore(CLI::App& cli, Context& context);
void add_report(CLI::App& cli, Context& context);
void add_status(CLI::App& cli, Context& context);

/// Prints `consent-ledger: <what went wrong>` and says which exit code it means.
[[nodiscard]] int report(Error const& error);

/// Has `write` write to standard output (`-`) or to a file of mode 0600, which has its name only when it is whole: nobody must take half an
/// export for an export. errc::io.
[[nodiscard]] Result<void> write_whole(std::string const& output, std::function<Result<void>(std::ostream&)> const& write);

/// A line that rewrites itself on a terminal, and nothing elsewhere.
class Progress {
public:
    Progress();
    void show(std::string_view text);
    void end();

private:
    bool const terminal_;
    bool shown_ = false;
};

}  // namespace cl::api::app
