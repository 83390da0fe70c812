// How many requests each token may make: a bucket of `burst` requests that fills at `per_second`. Large requests cost more, and are charged
// when their items are known: nothing that was read is refused for its price, so a bucket may go into debt, by one burst at most.
//
// Threads: any thread.
#pragma once

#include "api/http.hpp"
#include "ledger/core/clock.hpp"
#include "ledger/core/limits.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace cl::api {

class RateLimit {
public:
    struct Options {
        std::size_t per_second = limits::rate_per_second;  ///< 0 = no limit, and nothing is said of one; at most `most`
        std::size_t burst = limits::rate_burst;            ///< 1 to `most`
    };
    static constexpr std::size_t most = 1'000'000'000;
    explicit RateLimit(Options options) : options_(options) {}

    /// Takes one request. False if there is none left; then nothing is taken, unless it `must` be: an inbound message is never refused.
    [[nodiscard]] bool take(std::string_view token, Millis steady, bool must);
    /// What a request of so many items costs beside the one that was taken (price_of).
    void charge(std::string_view token, std::size_t items, Millis steady);
    /// RateLimit-Policy and RateLimit (draft-ietf-httpapi-ratelimit-headers-10). `t`: until the next request is taken, where none is left;
    /// else until the whole burst is there again.
    void describe(std::string_view token, Response& response, Millis steady);
    /// Seconds until the token may ask again, 1 at least.
    [[nodiscard]] std::int64_t wait(std::string_view token, Millis steady);
    /// 429 `quota_exceeded`, with Retry-After of wait(), and the fields of describe().
    [[nodiscard]] Response refusal(std::string_view token, Millis steady);

    /// Requests that one of so many items counts as: a hundredth of them, rounded up, 1 at least.
    [[nodiscard]] static constexpr std::size_t price_of(std::size_t items) noexcept {
        return items <= items_a_request ? 1 : (items + items_a_request - 1) / items_a_request;
    }

private:
    static constexpr std::size_t items_a_request = 100;
    struct Bucket {
        std::int64_t level = 0;  ///< thousandths of requests that are left; negative = owed
        Millis at = 0;           ///< when that was so
    };
    /// With mutex_ held. Room is made by forgetting buckets that are full, since a new one is as well, or else the fullest.
    Bucket& bucket(std::string_view token, Millis steady);
    void make_room(Millis steady);
    [[nodiscard]] std::int64_t level(Bucket const& bucket, Millis steady) const;
    [[nodiscard]] std::int64_t seconds_until(Bucket const& bucket) const;

    [[nodiscard]] std::int64_t full() const noexcept { return static_cast<std::int64_t>(options_.burst) * 1'000; }

    Options const options_;
    std::mutex mutex_;
    std::map<std::string, Bucket, std::less<>> buckets_;  // guarded by mutex_; at most limits::rate_clients
};

}  // namespace cl::api
