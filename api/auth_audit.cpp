#include "api/auth_audit.hpp"

#include "ledger/core/keys.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/core/mac.hpp"

#include <vector>

namespace cl::api {

namespace {

constexpr std::string_view others = "others";  // whoever comes when the table is full
constexpr std::size_t tokens_named = 8;
constexpr std::size_t digest_chars = 16;

bool authenticated(Rejection why) {
    return why == Rejection::forbidden;
}

}  // namespace

int AuthAudit::failed(std::string_view remote, Rejection why, std::string_view token, Millis steady) {
    if (remote.empty()) {
        return 0;
    }
    std::lock_guard const lock(mutex_);
    auto found = addresses_.find(remote);
    if (found == addresses_.end()) {
        bool const full = addresses_.size() >= limits::rate_clients;
        found = addresses_.try_emplace(std::string(full ? others : remote), Counted{steady, {}, 0, {}, 0}).first;
    }
    Counted& counted = found->second;
    ++counted.by_reason[static_cast<std::size_t>(why)];
    if (!token.empty() && !counted.tokens.contains(token)) {
        if (counted.tokens.size() < tokens_named) {
            counted.tokens.emplace(token);
        } else {
            ++counted.more_tokens;
        }
    }
    if (authenticated(why)) {
        return 0;
    }
    ++counted.unauthenticated;
    // Those who share a line in the log do not share the blame.
    if (counted.unauthenticated <= static_cast<std::int64_t>(limits::auth_failures) || found->first == others) {
        return 0;
    }
    Millis const left = counted.since + limits::auth_audit_ms - steady;
    return left <= 0 ? 1 : static_cast<int>((left + 999) / 1'000);
}

void AuthAudit::tick(Millis steady) {
    std::vector<std::string> lines;
    {
        std::lock_guard const lock(mutex_);
        for (auto at = addresses_.begin(); at != addresses_.end();) {
            if (steady - at->second.since < limits::auth_audit_ms) {
                ++at;
                continue;
            }
            lines.push_back(describe(at->first, at->second));
            at = addresses_.erase(at);
        }
    }
    for (std::string const& line : lines) {
        log_(line);
    }
}

void AuthAudit::flush() {
    std::lock_guard const lock(mutex_);
    for (auto const& [remote, counted] : addresses_) {
        log_(describe(remote, counted));
    }
    addresses_.clear();
}

std::string AuthAudit::describe(std::string_view remote, Counted const& counted) const {
    std::string line = "rejected";
    if (remote == others) {
        line += " from=others";
    } else if (options_.addresses) {
        line += " address=" + std::string(remote);
    } else {
        line += " from=" + to_hex(hmac(Digest::sha256, options_.key.view(), remote)).substr(0, digest_chars);
    }
    for (std::size_t i = 0; i < counted.by_reason.size(); ++i) {
        if (counted.by_reason[i] > 0) {
            line += " " + std::string(rejection_names[i]) + "=" + std::to_string(counted.by_reason[i]);
        }
    }
    std::string separator = " tokens=";
    for (std::string const& token : counted.tokens) {
        line += separator + token;
        separator = ",";
    }
    if (counted.more_tokens > 0) {
        line += ",…";
    }
    return line;
}

}  // namespace cl::api
