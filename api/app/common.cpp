#include "api/app/commands.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>

namespace cl::api::app {

service::Environment Context::environment() {
    return service::Environment{clock, random, [this](std::string_view line) { log.say(line); }};
}

int report(Error const& error) {
    std::cerr << "consent-ledger: " << error.detail << '\n';
    return error.code == errc::usage ? 2 : 3;
}

namespace {

Result<void> write_to(std::ostream& out, std::function<Result<void>(std::ostream&)> const& write) {
    CL_TRY(write(out));
    out.flush();
    return out ? Result<void>{} : fail(errc::io, "the output could not be written");
}

}  // namespace

Result<void> write_whole(std::string const& output, std::function<Result<void>(std::ostream&)> const& write) {
    if (output == "-") {
        return write_to(std::cout, write);
    }
    std::filesystem::path const target = output;
    std::filesystem::path part = target;
    part += ".part";
    std::ofstream out(part, std::ios::binary | std::ios::trunc);
    if (!out) {
        return fail(errc::io, "cannot write " + part.string() + ": " + std::strerror(errno));
    }
    auto const written = write_to(out, write);
    out.close();
    std::error_code error;
    if (!written) {
        std::filesystem::remove(part, error);
        return written;
    }
    std::filesystem::rename(part, target, error);
    return error ? Result<void>(fail(errc::io, "cannot name the output " + target.string() + ": " + error.message()))
                 : Result<void>{};
}

Progress::Progress() : terminal_(::isatty(STDERR_FILENO) == 1) {}

void Progress::show(std::string_view text) {
    if (terminal_) {
        std::cerr << "\r\033[K" << text << std::flush;
        shown_ = true;
    }
}

void Progress::end() {
    if (shown_) {
        std::cerr << '\n';
        shown_ = false;
    }
}

}  // namespace cl::api::app
