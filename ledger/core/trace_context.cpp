#include "ledger/core/trace_context.hpp"

#include <algorithm>

namespace cl {

namespace {

bool lower_hex(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool zeros(std::string_view text) noexcept {
    return text.find_first_not_of('0') == std::string_view::npos;
}

}  // namespace

bool valid_traceparent(std::string_view text) noexcept {
    if (text.size() != 55 || !text.starts_with("00-") || text[35] != '-' || text[52] != '-') {
        return false;
    }
    std::string_view const trace = text.substr(3, 32);
    std::string_view const parent = text.substr(36, 16);
    return lower_hex(trace) && lower_hex(parent) && lower_hex(text.substr(53)) && !zeros(trace) && !zeros(parent);
}

}  // namespace cl
