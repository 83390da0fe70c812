// consent-verify: proves that a ledger is as it was written, and lists what its rules object to. Reads, never writes, except for the pin.
// The report goes to stdout, everything else to stderr.
#include "ledger/core/clock.hpp"
#include "verify/app/arguments.hpp"
#include "verify/app/progress.hpp"
#include "verify/app/reconcile_command.hpp"
#include "verify/app/rules_command.hpp"
#include "verify/bundle/archive.hpp"
#include "verify/bundle/verify_bundle.hpp"
#include "verify/report.hpp"
#include "verify/verify.hpp"

#include <cstdio>
#include <exception>
#include <string>
#include <string_view>

namespace {

bool print(std::string const& text) {
    return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
}

std::string rendered(cl::verify::Report const& report, cl::verify::Arguments const& arguments) {
    using cl::verify::Format;
    switch (arguments.format) {
    case Format::json: return to_json(report);
    case Format::sarif: return to_sarif(report, CL_VERSION);
    case Format::junit: return to_junit(report);
    case Format::github: return to_github(report);
    case Format::text: break;
    }
    return to_text(report, arguments.quiet);
}

int run(int argc, char const* const* argv) {
    using cl::verify::Exit;
    if (argc > 1 && std::string_view(argv[1]) == "reconcile") {
        return cl::verify::run_reconcile(argc - 1, argv + 1);
    }
    if (argc > 1 && std::string_view(argv[1]) == "rules") {
        return cl::verify::run_rules(argc - 1, argv + 1);
    }
    int code = 0;
    auto arguments = cl::verify::parse_arguments(argc, argv, code);
    if (!arguments) {
        return code;
    }
    if (arguments->list_checks) {
        return print(cl::verify::list_checks()) ? 0 : static_cast<int>(Exit::incomplete);
    }
    cl::SystemClock const clock;
    cl::verify::Progress progress(clock);
    if (!arguments->quiet && cl::verify::Progress::watched()) {
        arguments->options.progress = [&progress](std::int64_t done, std::int64_t total) {
            progress.show([=] {
                return "verified " + std::to_string(done) + (total > 0 ? " of " + std::to_string(total) : "") + " entries";
            });
        };
    }
    bool const bundle = cl::verify::bundle::is_bundle(arguments->options.source);
    auto const report =
        bundle ? cl::verify::bundle::verify(arguments->options, clock) : cl::verify::verify(arguments->options, clock);
    progress.clear();
    bool const printed = print(rendered(report, *arguments));
    Exit const exit = exit_code(report);
    // A report that nobody could read is no pass.
    return static_cast<int>(!printed && exit != Exit::tampering ? Exit::incomplete : exit);
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (std::exception const& failure) {
        std::fprintf(stderr, "consent-verify: could not finish: %s\n", failure.what());
        return static_cast<int>(cl::verify::Exit::incomplete);
    }
}
