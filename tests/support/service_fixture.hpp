// A data directory in a temporary place, a service over it with a clock and random bytes of the test's own, and short ways to post.
//
// Threads: post and send block, and may be called from several threads; all else belongs to the test's thread.
#pragma once

#include "ledger/log/sqlite_log.hpp"
#include "ledger/service/service_impl.hpp"
#include "tests/common/temp_dir.hpp"
#include "tests/support/failing_store.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/seeded_random.hpp"

#include <future>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cl::test {

namespace svc = cl::service;

template <class T>
T need(Result<T> result) {
    if (!result) {
        throw std::runtime_error(std::string(name(result.error().code)) + ": " + result.error().detail + " " +
                                 result.error().pointer);
    }
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// A posted item from JSON, or what is wrong with it.
inline svc::AppendItem item(std::string_view text) {
    svc::AppendItem made;
    auto change = consent::parse_change(need(json::parse(text, 1'000'000)));
    if (change) {
        made.correlation_id = change->correlation_id;
        made.change = std::move(*change);
    } else {
        made.fault = change.error();
    }
    return made;
}

class ServiceFixture {
public:
    explicit ServiceFixture(std::uint64_t seed = 1) : random(seed) {
        need(svc::init_data_dir(dir(), "ledger.example/test", environment()));
    }
    ~ServiceFixture() { close(); }

    [[nodiscard]] std::filesystem::path dir() const { return temp_ / "data"; }
    [[nodiscard]] svc::Environment environment() {
        return svc::Environment{clock, random, [this](std::string_view line) {
                                    std::lock_guard const lock(mutex_);
                                    lines_.emplace_back(line);
                                }};
    }

    /// Opens the service; with a failing store in between.
    [[nodiscard]] Result<void> try_open(svc::Options const& options = {}) {
        CL_TRY(try_begin(options));
        return service->wait_until_ready();
    }
    /// Does not wait until it is ready.
    [[nodiscard]] Result<void> try_begin(svc::Options const& options = {}) {
        svc::Doors doors = svc::file_doors();
        doors.open_log = [this](svc::DataDir const& at) -> Result<std::unique_ptr<log::LogStore>> {
            CL_TRY_ASSIGN(auto store, log::open_sqlite_log({at.ledger(), at.vault()}));
            return std::unique_ptr<log::LogStore>(std::make_unique<FailingStore>(std::move(store), switches));
        };
        CL_TRY_ASSIGN(service, svc::open_service(dir(), environment(), options, doors));
        return {};
    }
    /// Opens, and defines the account `acme` if it is new.
    void open(svc::Options const& options = {}) {
        need(try_open(options));
        define("acme");
    }
    void define(std::string const& account) {
        auto const answer = post(account, {item(R"({"kind":"account.defined","source":{"record":"def"},"data":{}})")});
        if (answer.results.at(0).problem) throw std::runtime_error(answer.results[0].problem->detail);
    }
    void close() {
        if (service) service->stop();
        service.reset();
    }

    [[nodiscard]] static svc::Principal principal(consent::Role role = consent::Role::admin, std::string account = "*") {
        return svc::Principal{"tok", role, {std::move(account)}};
    }

    [[nodiscard]] Result<svc::AppendAnswer> try_post(svc::AppendRequest request) const {
        std::promise<Result<svc::AppendAnswer>> promise;
        auto future = promise.get_future();
        service->append(std::move(request), [&](Result<svc::AppendAnswer> answer) { promise.set_value(std::move(answer)); });
        return future.get();
    }
    [[nodiscard]] static svc::AppendRequest request(std::string account, std::vector<svc::AppendItem> items,
                                                    std::string key = {}) {
        return svc::AppendRequest{std::move(account), principal(), std::move(key), svc::ReceiptDetail::full, std::move(items)};
    }
    svc::AppendAnswer post(std::string account, std::vector<svc::AppendItem> items, std::string key = {}) const {
        return need(try_post(request(std::move(account), std::move(items), std::move(key))));
    }
    /// One change of `acme`.
    svc::ItemResult post(std::string_view text, std::string key = {}) const {
        return post("acme", {item(text)}, std::move(key)).results.at(0);
    }

    [[nodiscard]] Result<svc::InboundAnswer> try_send(std::string_view text) const {
        svc::InboundRequest request{"acme", principal(consent::Role::writer, "acme"), {}, svc::ReceiptDetail::full};
        request.message = need(consent::parse_inbound(need(json::parse(text, 1'000'000))));
        std::promise<Result<svc::InboundAnswer>> promise;
        auto future = promise.get_future();
        service->inbound(std::move(request), [&](Result<svc::InboundAnswer> answer) { promise.set_value(std::move(answer)); });
        return future.get();
    }
    svc::InboundAnswer send(std::string_view text) const { return need(try_send(text)); }
    /// A message from +15550100123 to the account's number.
    svc::InboundAnswer text(std::string const& body, std::string const& id) const { return send(message(body, id)); }
    [[nodiscard]] static std::string message(std::string const& body, std::string const& id,
                                             std::string const& from = "+15550100123") {
        return R"({"from":")" + from + R"(","to":"+15550199999","body":")" + body + R"(","message_id":")" + id + R"("})";
    }

    /// The state of a number of `acme` now.
    [[nodiscard]] svc::ContactView look(std::string const& phone = "+15550100123") const {
        auto const queries = need(service->make_queries());
        return need(queries->contact("acme", queries->contact_of("acme", phone), std::nullopt, std::nullopt));
    }

    /// Every entry, read from the file.
    [[nodiscard]] std::vector<std::string> entries() const {
        auto const log = need(log::open_log_reader({dir() / "ledger.db", dir() / "vault.db"}));
        std::vector<std::string> all;
        need(log->range(0, need(log->head()).size, [&](Seq, std::string_view bytes) {
            all.emplace_back(bytes);
            return true;
        }));
        return all;
    }
    [[nodiscard]] std::vector<std::string> lines() const {
        std::lock_guard const lock(mutex_);
        return lines_;
    }

    FakeClock clock;
    SeededRandom random;
    std::shared_ptr<StoreSwitches> switches = std::make_shared<StoreSwitches>();
    std::unique_ptr<svc::Service> service;

private:
    TempDir temp_;
    mutable std::mutex mutex_;
    std::vector<std::string> lines_;
};

}  // namespace cl::test
