#include "api/metrics.hpp"

#include <array>
#include <cstdio>

namespace cl::api {

namespace {

constexpr std::string_view prefix = "consent_ledger_";
constexpr std::string_view no_route = "none";

/// The shortest of the forms that a double has, whatever the locale.
std::string decimal(double value) {
    std::array<char, 32> text{};
    auto const written = std::snprintf(text.data(), text.size(), "%.9g", value);
    return std::string(text.data(), written > 0 ? static_cast<std::size_t>(written) : 0);
}

void head(std::string& out, std::string_view metric, std::string_view type, std::string_view help) {
    out.append("# HELP ").append(prefix).append(metric).append(" ").append(help).append("\n# TYPE ");
    out.append(prefix).append(metric).append(" ").append(type).append("\n");
}

void line(std::string& out, std::string_view metric, std::string_view labels, std::string const& value) {
    out.append(prefix).append(metric);
    if (!labels.empty()) {
        out.append("{").append(labels).append("}");
    }
    out.append(" ").append(value).append("\n");
}

void one(std::string& out, std::string_view metric, std::string_view type, std::string_view help, std::string const& value) {
    head(out, metric, type, help);
    line(out, metric, {}, value);
}

}  // namespace

void Metrics::answered(Route const* route, Method method, int status, std::chrono::nanoseconds taken) {
    std::string_view const pattern = route != nullptr ? route->pattern : no_route;
    double const seconds = std::chrono::duration<double>(taken).count();
    std::lock_guard const lock(mutex_);
    ++requests_[{pattern, method, status}];
    Durations& durations = durations_[pattern];
    ++durations.count;
    durations.sum += seconds;
    for (std::size_t i = 0; i < bounds.size(); ++i) {
        if (seconds <= bounds[i]) {
            ++durations.below[i];
            break;
        }
    }
}

void Metrics::write_requests(std::string& out) const {
    head(out, "http_requests_total", "counter", "Requests answered, by the pattern of their route.");
    for (auto const& [key, count] : requests_) {
        auto const& [pattern, method, status] = key;
        line(out, "http_requests_total",
             "method=\"" + std::string(name(method)) + "\",route=\"" + std::string(pattern) + "\",code=\"" +
                 std::to_string(status) + "\"",
             std::to_string(count));
    }
}

void Metrics::write_durations(std::string& out) const {
    head(out, "http_request_duration_seconds", "histogram", "From the end of a request's header to the end of its answer.");
    for (auto const& [pattern, durations] : durations_) {
        std::string const route = "route=\"" + std::string(pattern) + "\"";
        std::int64_t cumulated = 0;
        for (std::size_t i = 0; i < bounds.size(); ++i) {
            cumulated += durations.below[i];
            line(out, "http_request_duration_seconds_bucket", route + ",le=\"" + decimal(bounds[i]) + "\"",
                 std::to_string(cumulated));
        }
        line(out, "http_request_duration_seconds_bucket", route + ",le=\"+Inf\"", std::to_string(durations.count));
        line(out, "http_request_duration_seconds_sum", route, decimal(durations.sum));
        line(out, "http_request_duration_seconds_count", route, std::to_string(durations.count));
    }
}

void Metrics::write_tls(std::string& out) const {
    Millis const expires = certificate_expires_.load(std::memory_order_relaxed);
    if (expires == 0) {
        return;
    }
    head(out, "tls_handshakes_total", "counter", "TLS handshakes that were begun, by whether they came to a connection.");
    line(out, "tls_handshakes_total", "result=\"done\"", std::to_string(handshakes_.load(std::memory_order_relaxed)));
    line(out, "tls_handshakes_total", "result=\"failed\"", std::to_string(failed_handshakes_.load(std::memory_order_relaxed)));
    one(out, "tls_certificate_expires_timestamp_seconds", "gauge", "When the certificate that new connections are shown ends.",
        std::to_string(expires / 1'000));
}

std::string Metrics::text(service::Stats const& stats, bool ready, std::size_t memory) const {
    auto const number = [](auto value) { return std::to_string(value); };
    std::string out;
    head(out, "build_info", "gauge", "1, with the version.");
    line(out, "build_info", "version=\"" + version_ + "\"", "1");
    one(out, "ready", "gauge", "1 if requests can be served, as /readyz says.", ready ? "1" : "0");
    one(out, "head_size", "gauge", "Entries under the newest checkpoint.", number(stats.size));
    head(out, "items_total", "counter", "Changes and messages since the start, by what became of them.");
    line(out, "items_total", "result=\"recorded\"", number(stats.appended));
    line(out, "items_total", "result=\"replayed\"", number(stats.replayed));
    line(out, "items_total", "result=\"refused\"", number(stats.refused));
    one(out, "append_batches_total", "counter", "Group commits since the start.", number(stats.batches));
    one(out, "ignored_senders_total", "counter", "Inbound messages whose sender is no phone number.",
        number(stats.ignored_senders));
    one(out, "queue_items", "gauge", "Items that wait for the writer.", number(stats.queue_items));
    one(out, "last_append_timestamp_seconds", "gauge", "When the newest entry was recorded; 0: none since the start.",
        decimal(static_cast<double>(stats.last_append) / 1'000));
    head(out, "db_size_bytes", "gauge", "Size of a database with its write-ahead log.");
    line(out, "db_size_bytes", "db=\"ledger\"", number(stats.ledger_bytes));
    line(out, "db_size_bytes", "db=\"vault\"", number(stats.vault_bytes));
    line(out, "db_size_bytes", "db=\"state\"", number(stats.state_bytes));
    one(out, "disk_free_bytes", "gauge", "Free space for us on the data directory's volume.", number(stats.disk_free_bytes));
    one(out, "request_memory_bytes", "gauge", "What requests and answers hold now.", number(memory));
    one(out, "http_connections", "gauge", "Open connections.", number(open_.load(std::memory_order_relaxed)));
    write_tls(out);
    head(out, "rejected_total", "counter", "Requests turned away for their token, its rate, or a webhook's signature.");
    for (std::size_t i = 0; i < rejected_.size(); ++i) {
        line(out, "rejected_total", "reason=\"" + std::string(rejection_names[i]) + "\"",
             number(rejected_[i].load(std::memory_order_relaxed)));
    }
    std::lock_guard const lock(mutex_);
    write_requests(out);
    write_durations(out);
    return out;
}

}  // namespace cl::api
