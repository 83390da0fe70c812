#include "api/request_log.hpp"

#include "ledger/consent/change_item.hpp"
#include "ledger/core/json.hpp"

#include <algorithm>

namespace cl::api {

namespace {

/// A name that an account can have, and too few digits for a number that somebody has put in its place.
bool may_be_told(std::string_view account) {
    constexpr std::ptrdiff_t shortest_number = 7;
    auto const digit = [](char c) { return c >= '0' && c <= '9'; };
    return consent::valid_account(account) && std::count_if(account.begin(), account.end(), digit) < shortest_number;
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
    if (!answered.traceparent.empty()) {
        line.set("traceparent", answered.traceparent);
    }
    return json::write(std::move(line));
}

bool valid_request_id(std::string_view text) noexcept {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    });
}

}  // namespace cl::api
