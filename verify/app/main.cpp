// consent-verify: proves that a ledger is as it was written, and lists what its rules object to. Reads, never writes, except for the pin.
// The report goes to stdout, everything else to stderr.
#include "ledger/core/clock.hpp"
#include "verify/app/arguments.hpp"
#include "verify/report.hpp"
#include "verify/verify.hpp"

#include <unistd.h>

#include <cstdio>
#include <exception>
#include <string>

namespace {

/// Writes "verified 120,000 of 1,000,000" over itself, a few times a second, where somebody is watching.
class Progress {
public:
    explicit Progress(cl::Clock const& clock) : clock_(clock) {}
    void operator()(std::int64_t done, std::int64_t total) {
        cl::Millis const now = clock_.steady();
        if (now - shown_at_ < 200) {
            return;
        }
        shown_at_ = now;
        shown_ = true;
        std::string const of = total > 0 ? " of " + std::to_string(total) : "";
        std::fprintf(stderr, "\rverified %s%s entries", std::to_string(done).c_str(), of.c_str());
    }
    void clear() const {
        if (shown_) {
            std::fputs("\r\033[K", stderr);
        }
    }

private:
    cl::Clock const& clock_;
    cl::Millis shown_at_ = 0;
    bool shown_ = false;
};

bool print(std::string const& text) {
    return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
}

int run(int argc, char const* const* argv) {
    using cl::verify::Exit;
    int code = 0;
    auto arguments = cl::verify::parse_arguments(argc, argv, code);
    if (!arguments) {
        return code;
    }
    if (arguments->list_checks) {
        return print(cl::verify::list_checks()) ? 0 : static_cast<int>(Exit::incomplete);
    }
    cl::SystemClock const clock;
    Progress progress(clock);
    if (!arguments->quiet && ::isatty(STDERR_FILENO) == 1) {
        arguments->options.progress = [&progress](std::int64_t done, std::int64_t total) { progress(done, total); };
    }
    auto const report = cl::verify::verify(arguments->options, clock);
    progress.clear();
    bool const printed = print(arguments->json ? to_json(report) : to_text(report, arguments->quiet));
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
