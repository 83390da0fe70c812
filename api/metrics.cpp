#include "api/metrics.hpp"

#include "api/process_metrics.hpp"

#include <array>
#include <cstdio>
#include <span>

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

/// Milliseconds since 1970 as seconds.
std::string timestamp(Millis time) {
    std::array<char, 32> text{};
    auto const written = std::snprintf(text.data(), text.size(), "%.3f", static_cast<double>(time) / 1'000);
    return std::string(text.data(), written > 0 ? static_cast<std::size_t>(written) : 0);
}

/// The lines of one histogram; `below` is not cumulated, what Prometheus reads is. `labels` of all of them, or empty.
void histogram(std::string& out, std::string const& metric, std::string const& labels, std::span<double const> bounds,
               std::span<std::int64_t const> below, std::int64_t count, double sum) {
    std::string const more = labels.empty() ? labels : labels + ",";
    std::int64_t cumulated = 0;
    for (std::size_t i = 0; i < bounds.size(); ++i) {
        cumulated += below[i];
        line(out, metric + "_bucket", more + "le=\"" + decimal(bounds[i]) + "\"", std::to_string(cumulated));
    }
    line(out, metric + "_bucket", more + "le=\"+Inf\"", std::to_string(count));
    line(out, metric + "_sum", labels, decimal(sum));
    line(out, metric + "_count", labels, std::to_string(count));
}

std::string_view result_name(service::ItemStatus result) {
    switch (result) {
    case service::ItemStatus::recorded: return "recorded";
    case service::ItemStatus::replayed: return "replayed";
    case service::ItemStatus::refused: break;
    }
    return "refused";
}

void write_appends(std::string& out, service::Stats const& stats) {
    head(out, "appends_total", "counter",
         "Changes, messages and entries of the program's own, by kind and by what became of them.");
    for (service::AppendCount const& one : stats.appends) {
        line(out, "appends_total",
             "kind=\"" + std::string(one.kind) + "\",result=\"" + std::string(result_name(one.result)) + "\"",
             std::to_string(one.count));
    }
    service::HistogramCount const& seconds = stats.append_seconds;
    head(out, "append_duration_seconds", "histogram", "From the queue to the disk, by request.");
    histogram(out, "append_duration_seconds", {}, seconds.bounds, seconds.below, seconds.count, seconds.sum);
    service::HistogramCount const& entries = stats.batch_entries;
    head(out, "append_batch_records", "histogram", "Entries that one COMMIT made durable.");
    histogram(out, "append_batch_records", {}, entries.bounds, entries.below, entries.count, entries.sum);
}

void write_chain(std::string& out, service::Stats const& stats) {
    if (!stats.chain) return;
    head(out, "chain_verifications_total", "counter",
         "How often the whole log was verified beside the work, by what came of it.");
    line(out, "chain_verifications_total", "result=\"verified\"", std::to_string(stats.chain->verified));
    line(out, "chain_verifications_total", "result=\"broken\"", std::to_string(stats.chain->broken));
    line(out, "chain_verifications_total", "result=\"unread\"", std::to_string(stats.chain->unread));
    one(out, "chain_verify_last_success_timestamp_seconds", "gauge",
        "When the whole log was last found well; 0: not since the start.", timestamp(stats.chain->last_verified));
    one(out, "chain_verified_entries", "gauge", "Entries under the checkpoint that was confirmed then.",
        std::to_string(stats.chain->last_size));
}

void write_sizes(std::string& out, service::Stats const& stats) {
    head(out, "db_size_bytes", "gauge", "Size of a database with its write-ahead log.");
    line(out, "db_size_bytes", "db=\"ledger\"", std::to_string(stats.ledger_bytes));
    line(out, "db_size_bytes", "db=\"vault\"", std::to_string(stats.vault_bytes));
    line(out, "db_size_bytes", "db=\"state\"", std::to_string(stats.state_bytes));
    head(out, "wal_size_bytes", "gauge", "Size of a database's write-ahead log.");
    line(out, "wal_size_bytes", "db=\"ledger\"", std::to_string(stats.ledger_wal_bytes));
    line(out, "wal_size_bytes", "db=\"vault\"", std::to_string(stats.vault_wal_bytes));
    line(out, "wal_size_bytes", "db=\"state\"", std::to_string(stats.state_wal_bytes));
    one(out, "disk_free_bytes", "gauge", "Free space for us on the data directory's volume.",
        std::to_string(stats.disk_free_bytes));
}

/// Under the names that every exporter uses, without our prefix.
void write_process(std::string& out) {
    ProcessFigures const figures = process_figures();
    auto const figure = [&out](std::string const& metric, std::string_view type, std::string_view help,
                               std::string const& value) {
        out.append("# HELP process_").append(metric).append(" ").append(help).append("\n# TYPE process_");
        out.append(metric).append(" ").append(type).append("\nprocess_").append(metric).append(" ").append(value).append("\n");
    };
    figure("cpu_seconds_total", "counter", "User and system time.", decimal(figures.cpu_seconds));
    figure("resident_memory_bytes", "gauge", "Memory in use.", std::to_string(figures.resident_bytes));
    figure("virtual_memory_bytes", "gauge", "Address space in use.", std::to_string(figures.virtual_bytes));
    figure("open_fds", "gauge", "Open descriptors.", std::to_string(figures.open_fds));
    figure("max_fds", "gauge", "The most open descriptors there may be.", std::to_string(figures.max_fds));
    figure("start_time_seconds", "gauge", "When the process began.",
           timestamp(static_cast<Millis>(figures.start_seconds * 1'000)));
}

}  // namespace

void Metrics::problem(std::string_view code) {
    std::lock_guard const lock(mutex_);
    auto const found = problems_.find(code);
    if (found != problems_.end()) {
        ++found->second;
    } else {
        problems_.emplace(code, 1);
    }
}

void Metrics::write_problems(std::string& out) const {
    head(out, "http_problems_total", "counter", "Requests answered with a problem, by its code.");
    for (auto const& [code, count] : problems_) {
        line(out, "http_problems_total", "problem=\"" + code + "\"", std::to_string(count));
    }
}

void Metrics::exported(std::string_view format, bool whole) {
    std::lock_guard const lock(mutex_);
    ++exports_[{format, whole}];
}

void Metrics::write_exports(std::string& out) const {
    head(out, "exports_total", "counter", "Evidence bundles and reports given out, by format and by whether all of it went.");
    for (auto const& [key, count] : exports_) {
        line(out, "exports_total",
             "format=\"" + std::string(key.first) + "\",result=\"" + (key.second ? "complete" : "broken_off") + "\"",
             std::to_string(count));
    }
}

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
        histogram(out, "http_request_duration_seconds", "route=\"" + std::string(pattern) + "\"", bounds, durations.below,
                  durations.count, durations.sum);
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
    head(out, "build_info", "gauge", "1, with the version and the revision of the sources.");
    line(out, "build_info", "version=\"" + version_ + "\",revision=\"" + revision_ + "\"", "1");
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
    one(out, "head_sequence", "gauge", "seq of the newest entry under the newest checkpoint.", number(stats.size - 1));
    one(out, "idempotent_replays_total", "counter", "Items that were known already.", number(stats.replayed));
    write_appends(out, stats);
    one(out, "last_checkpoint_timestamp_seconds", "gauge", "When the newest checkpoint was signed.",
        timestamp(stats.last_checkpoint));
    one(out, "last_append_timestamp_seconds", "gauge", "When the newest entry was recorded; 0: none since the start.",
        timestamp(stats.last_append));
    write_chain(out, stats);
    write_sizes(out, stats);
    write_process(out);
    one(out, "request_memory_bytes", "gauge", "What requests and answers hold now.", number(memory));
    one(out, "http_connections", "gauge", "Open connections.", number(open_.load(std::memory_order_relaxed)));
    write_tls(out);
    head(out, "rejected_total", "counter", "Requests turned away for their token, its rate, or a webhook's signature.");
    for (std::size_t i = 0; i < rejected_.size(); ++i) {
        line(out, "rejected_total", "reason=\"" + std::string(rejection_names[i]) + "\"",
             number(rejected_[i].load(std::memory_order_relaxed)));
    }
    std::lock_guard const lock(mutex_);
    write_problems(out);
    write_exports(out);
    write_requests(out);
    write_durations(out);
    return out;
}

}  // namespace cl::api
