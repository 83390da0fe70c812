#include "verify/app/judged.hpp"

namespace cl::verify {

std::optional<std::string> take_judging(std::string const& at, std::string const& fail_on, Options& options) {
    if (!at.empty()) {
        auto const time = parse_rfc3339(at);
        if (!time) {
            return "--at: not an RFC 3339 time with an offset, such as 2026-11-23T18:15:00Z";
        }
        options.at = *time;
    }
    auto const severity = fail_on_from(fail_on);
    if (!severity) {
        return "--fail-on: not one of info, low, medium, high, critical, never";
    }
    options.fail_on = *severity;
    return std::nullopt;
}

}  // namespace cl::verify
