#include "api/app/duration.hpp"

#include "ledger/core/limits.hpp"

#include <charconv>

namespace cl::api::app {

namespace {

constexpr Millis day_ms = 24LL * 3'600 * 1'000;

Millis unit(char letter) {
    switch (letter) {
    case 's': return 1'000;
    case 'm': return 60'000;
    case 'h': return 3'600'000;
    case 'd': return day_ms;
    default: return 0;
    }
}

}  // namespace

Result<Millis> parse_duration(std::string_view text) {
    Error const unclear = fail(errc::usage, "a time is a number with s, m, h or d, like 90d");
    Millis const each = text.empty() ? 0 : unit(text.back());
    if (each == 0) {
        return unclear;
    }
    Millis count = 0;
    char const* const end = text.data() + text.size() - 1;
    auto const [read, error] = std::from_chars(text.data(), end, count);
    if (error != std::errc{} || read != end || count < 0 || count > limits::policy_days * day_ms / each) {
        return unclear;
    }
    return count * each;
}

}  // namespace cl::api::app
