#include "api/rate_limit.hpp"

#include "ledger/core/json.hpp"

#include <algorithm>

namespace cl::api {

namespace {

constexpr std::int64_t one_request = 1'000;

}  // namespace

std::int64_t RateLimit::level(Bucket const& bucket, Millis steady) const {
    auto const rate = static_cast<std::int64_t>(options_.per_second);
    // After so long any bucket is full, out of the deepest debt.
    Millis const enough = 2 * full() / rate + 1;
    return std::min(full(), bucket.level + std::min(steady - bucket.at, enough) * rate);
}

RateLimit::Bucket& RateLimit::bucket(std::string_view token, Millis steady) {
    auto found = buckets_.find(token);
    if (found == buckets_.end()) {
        if (buckets_.size() >= limits::rate_clients) {
            make_room(steady);
        }
        found = buckets_.emplace(std::string(token), Bucket{full(), steady}).first;
    }
    found->second = Bucket{level(found->second, steady), steady};
    return found->second;
}

void RateLimit::make_room(Millis steady) {
    std::erase_if(buckets_, [&](auto const& one) { return level(one.second, steady) >= full(); });
    if (buckets_.size() < limits::rate_clients) {
        return;
    }
    buckets_.erase(std::max_element(buckets_.begin(), buckets_.end(), [&](auto const& a, auto const& b) {
        return level(a.second, steady) < level(b.second, steady);
    }));
}

bool RateLimit::take(std::string_view token, Millis steady, bool must) {
    if (options_.per_second == 0) {
        return true;
    }
    std::lock_guard const lock(mutex_);
    Bucket& own = bucket(token, steady);
    if (own.level < one_request && !must) {
        return false;
    }
    own.level = std::max(own.level - one_request, -full());
    return true;
}

void RateLimit::charge(std::string_view token, std::size_t items, Millis steady) {
    std::size_t const price = price_of(items);
    if (options_.per_second == 0 || price <= 1) {
        return;
    }
    std::lock_guard const lock(mutex_);
    Bucket& own = bucket(token, steady);
    own.level = std::max(own.level - static_cast<std::int64_t>(price - 1) * one_request, -full());
}

std::int64_t RateLimit::seconds_until(Bucket const& bucket) const {
    std::int64_t const missing = (bucket.level < one_request ? one_request : full()) - bucket.level;
    std::int64_t const a_second = static_cast<std::int64_t>(options_.per_second) * one_request;
    return (missing + a_second - 1) / a_second;
}

void RateLimit::describe(std::string_view token, Response& response, Millis steady) {
    if (options_.per_second == 0) {
        return;
    }
    Bucket now;
    {
        std::lock_guard const lock(mutex_);
        now = bucket(token, steady);
    }
    std::size_t const window = (options_.burst + options_.per_second - 1) / options_.per_second;
    std::int64_t const left = std::max<std::int64_t>(0, now.level) / one_request;
    response.headers.emplace_back("RateLimit-Policy",
                                  "\"default\";q=" + std::to_string(options_.burst) + ";w=" + std::to_string(window));
    response.headers.emplace_back("RateLimit",
                                  "\"default\";r=" + std::to_string(left) + ";t=" + std::to_string(seconds_until(now)));
}

std::int64_t RateLimit::wait(std::string_view token, Millis steady) {
    std::lock_guard const lock(mutex_);
    return std::max<std::int64_t>(1, seconds_until(bucket(token, steady)));
}

Response RateLimit::refusal(std::string_view token, Millis steady) {
    Response response = problem(429, "quota_exceeded", "Too many requests",
                                "This token has used up its requests; send it again after the time in Retry-After.",
                                json::Object{{"violated-policies", json::Array{"default"}}});
    response.headers.emplace_back("Retry-After", std::to_string(wait(token, steady)));
    describe(token, response, steady);
    return response;
}

}  // namespace cl::api
