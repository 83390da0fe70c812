#include "api/app/commands.hpp"

#include <fcntl.h>
#include <sys/stat.h>
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

/// Only its owner may read it, whatever the mask: what is written by commands holds numbers.
bool make_private(std::filesystem::path const& path) {
    int const file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    bool const made = file >= 0 && ::fchmod(file, S_IRUSR | S_IWUSR) == 0;
    if (file >= 0) ::close(file);
    return made;
}

}  // namespace

Result<void> write_whole(std::string const& output, std::function<Result<void>(std::ostream&)> const& write) {
    if (output == "-") {
        return write_to(std::cout, write);
    }
    std::filesystem::path const target = output;
    std::filesystem::path part = target;
    part += ".part";
    if (!make_private(part)) {
        return fail(errc::io, "cannot write " + part.string() + ": " + std::strerror(errno));
    }
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
