#include "api/request_log.hpp"

#include "ledger/core/json.hpp"

#include <algorithm>

namespace cl::api {

namespace {

bool lower_hex(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool zeros(std::string_view text) noexcept {
    return text.find_first_not_of('0') == std::string_view::npos;
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

bool valid_traceparent(std::string_view text) noexcept {
    if (text.size() != 55 || !text.starts_with("00-") || text[35] != '-' || text[52] != '-') {
        return false;
    }
    std::string_view const trace = text.substr(3, 32);
    std::string_view const parent = text.substr(36, 16);
    return lower_hex(trace) && lower_hex(parent) && lower_hex(text.substr(53)) && !zeros(trace) && !zeros(parent);
}

}  // namespace cl::api
