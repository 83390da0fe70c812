#include "api/request_log.hpp"

#include "ledger/consent/change_item.hpp"
#include "ledger/core/ascii.hpp"
#include "ledger/core/json.hpp"

#include <algorithm>

namespace cl::api {

namespace {

constexpr std::ptrdiff_t shortest_number = 7;

bool hex_letter(char c) {
    return c >= 'a' && c <= 'f';
}

/// A name that an account can have, and too few digits for a number that somebody has put in its place.
bool may_be_told(std::string_view account) {
    return consent::valid_account(account) && std::count_if(account.begin(), account.end(), ascii::is_digit) < shortest_number;
}

/// The trace id is random (W3C Trace Context 3.2.2.3), so that one without a letter is no such thing, and may be somebody's number.
bool random_trace(std::string_view traceparent) {
    constexpr std::size_t from = 3, length = 32;
    std::string_view const trace = traceparent.substr(std::min(from, traceparent.size()), length);
    return std::any_of(trace.begin(), trace.end(), hex_letter);
}

/// A UUID, or as many hexadecimal digits without its hyphens.
bool uuid(std::string_view text) {
    constexpr std::ptrdiff_t digits = 32;
    auto const hex = [](char c) { return ascii::is_digit(c) || hex_letter(c) || (c >= 'A' && c <= 'F'); };
    bool const named = std::any_of(text.begin(), text.end(), [&](char c) { return hex(c) && !ascii::is_digit(c); });
    return named && std::count_if(text.begin(), text.end(), hex) == digits &&
           std::all_of(text.begin(), text.end(), [&](char c) { return hex(c) || c == '-'; });
}

bool may_hold_number(std::string_view text) {
    std::ptrdiff_t run = 0;
    for (char const c : text) {
        run = ascii::is_digit(c) ? run + 1 : 0;
        if (run == shortest_number) {
            return true;
        }
    }
    return false;
}

}  // namespace

std::string describe(Answered const& answered) {
    auto const microseconds = std::chrono::duration_cast<std::chrono::microseconds>(answered.taken).count();
    json::Object line{{"request", answered.id},
                      {"method", name(answered.method)},
                      {"route", answered.route != nullptr ? answered.route->pattern : "none"},
                      {"status", answered.status},
                      {"bytes_in", static_cast<std::int64_t>(answered.bytes_in)},
                      {"bytes_out", static_cast<std::int64_t>(answered.bytes_out)},
                      {"microseconds", static_cast<std::int64_t>(microseconds)}};
    if (may_be_told(answered.account)) {
        line.set("account", answered.account);
    }
    if (!answered.problem.empty()) {
        line.set("problem", answered.problem);
    }
    if (!answered.token.empty()) {
        line.set("token", answered.token);
    }
    if (random_trace(answered.traceparent)) {
        line.set("traceparent", answered.traceparent);
    }
    return json::write(std::move(line));
}

bool valid_request_id(std::string_view text) noexcept {
    bool const in_form = !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return ascii::is_lower(c) || ascii::is_upper(c) || ascii::is_digit(c) || c == '.' || c == '_' || c == '-';
    });
    return in_form && (uuid(text) || !may_hold_number(text));
}

}  // namespace cl::api
