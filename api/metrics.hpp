// What the server counts of its requests, and the page that Prometheus reads (text format 0.0.4). A label is a route's pattern, never a path:
// the number of series is bounded by the table of routes.
//
// Threads: any thread.
#pragma once

#include "api/rejection.hpp"
#include "api/router.hpp"
#include "ledger/service/service.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <tuple>

namespace cl::api {

class Metrics {
public:
    Metrics(std::string version, std::string revision) : version_(std::move(version)), revision_(std::move(revision)) {}

    /// A request that was answered. `route` null: none matched. `taken`: from the end of its header to the end of the answer.
    void answered(Route const* route, Method method, int status, std::chrono::nanoseconds taken);
    /// A document that was given out: its format, and whether all of it went.
    void exported(std::string_view format, bool whole);
    /// A request that was turned away before its handler.
    void rejected(Rejection why) noexcept { rejected_[static_cast<std::size_t>(why)].fetch_add(1, std::memory_order_relaxed); }
    /// A request that was answered with a problem of this code (a closed list: api/http.cpp and the router).
    void problem(std::string_view code);
    void connections(std::size_t open) noexcept { open_.store(static_cast<std::int64_t>(open), std::memory_order_relaxed); }

    /// A TLS handshake that was begun: whether it came to a connection.
    void handshake(bool done) noexcept { (done ? handshakes_ : failed_handshakes_).fetch_add(1, std::memory_order_relaxed); }
    /// When the certificate that new connections are shown ends; nothing is encrypted before this was called.
    void certificate_expires(Millis when) noexcept { certificate_expires_.store(when, std::memory_order_relaxed); }

    /// The page. `memory`: what requests and answers hold, in bytes.
    [[nodiscard]] std::string text(service::Stats const& stats, bool ready, std::size_t memory) const;

    /// Upper bounds of the histogram of durations, in seconds.
    static constexpr std::array<double, 12> bounds = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0};

private:
    struct Durations {
        std::array<std::int64_t, bounds.size()> below{};  ///< not cumulated
        std::int64_t count = 0;
        double sum = 0;
    };
    void write_requests(std::string& out) const;
    void write_durations(std::string& out) const;
    void write_tls(std::string& out) const;
    void write_problems(std::string& out) const;
    void write_exports(std::string& out) const;

    std::string const version_;
    std::string const revision_;  ///< of the sources
    mutable std::mutex mutex_;
    std::map<std::tuple<std::string_view, Method, int>, std::int64_t> requests_;  // guarded by mutex_; by pattern
    std::map<std::string, std::int64_t, std::less<>> problems_;                   // guarded by mutex_; by code
    std::map<std::string_view, Durations> durations_;                             // guarded by mutex_
    std::map<std::pair<std::string_view, bool>, std::int64_t> exports_;           // guarded by mutex_; by format, and whole
    std::atomic<std::int64_t> open_{0};
    std::atomic<std::int64_t> handshakes_{0};
    std::atomic<std::int64_t> failed_handshakes_{0};
    std::atomic<Millis> certificate_expires_{0};  // 0 = no TLS
    std::array<std::atomic<std::int64_t>, rejection_names.size()> rejected_{};
};

}  // namespace cl::api
