#include "api/app/commands.hpp"

#include <unistd.h>

#include <iostream>

namespace cl::api::app {

service::Environment Context::environment() {
    return service::Environment{clock, random, [this](std::string_view line) { log.say(line); }};
}

int report(Error const& error) {
    std::cerr << "consent-ledger: " << error.detail << '\n';
    return error.code == errc::usage ? 2 : 3;
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
