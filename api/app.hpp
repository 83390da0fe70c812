// What the handlers work with: the service, reader threads for look-ups, and the decision whether a request may go on. Knows no sockets.
#pragma once

#include "api/auth_audit.hpp"
#include "api/feed.hpp"
#include "api/http.hpp"
#include "api/memory.hpp"
#include "api/metrics.hpp"
#include "api/providers/unpinned.hpp"
#include "api/providers/webhooks.hpp"
#include "api/rate_limit.hpp"
#include "api/reader_pool.hpp"
#include "api/request_log.hpp"
#include "api/router.hpp"
#include "ledger/core/clock.hpp"
#include "ledger/service/service.hpp"

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace cl::api {

/// By which door a connection came: whoever can open the data directory's admin socket is its administrator.
enum class Peer : std::uint8_t { network, admin_socket };

class App {
public:
    struct Options {
        std::string version{};
        std::string revision{};  ///< of the sources
        /// A line for each request, request_log.hpp; empty = none. Any thread.
        std::function<void(std::string_view)> request_log{};
        providers::Webhooks webhooks{};
        /// Where what a provider asks the operator is left.
        std::filesystem::path confirmations{};
        RateLimit::Options rate{};
        AuthAudit::Options audit{};
    };
    /// `service` and `clock` outlive the app.
    App(service::Service& service, Clock const& clock, std::function<void(std::string_view)> log, Options options);
    App(service::Service& service, Clock const& clock, std::function<void(std::string_view)> log)
        : App(service, clock, std::move(log), Options{}) {}

    /// A request whose header was read: its route and caller, or the response that ends it. Called before the body is read. Over the
    /// admin socket no token is needed: the caller is the administrator of all accounts, named `cli`. The one place where tokens, roles,
    /// accounts and rates are looked at. What is turned away is counted, and told of in the log (auth_audit.hpp).
    struct Admitted {
        Match match;
        service::Principal principal;
        bool over_rate = false;  ///< the body is read all the same, and what is in it decides (OverRate::judged)
    };
    [[nodiscard]] boost::system::result<Admitted, Response> admit(Request const& header, Peer peer = Peer::network);

    /// Runs the handler, if the token is still in force now that the body is there. `respond` is called exactly once, from some thread,
    /// later or at once. An answer that is made while it is sent ends when the token does. `hold`: what the request holds of memory();
    /// null where nobody counts.
    void handle(Admitted admitted, Request request, Responder respond, std::shared_ptr<Hold> hold = nullptr);

    /// Begins a request whose body is taken while it arrives. Precondition: its route has a stream.
    [[nodiscard]] boost::system::result<std::shared_ptr<BodyStream>, Response> open_stream(Admitted admitted, Request request);
    /// A request of so many items is charged as more than one of the token's (rate_limit.hpp).
    void charge(service::Principal const& principal, std::size_t items);
    /// 429: the token has used up its rate.
    [[nodiscard]] Response over_rate(std::string_view token);
    /// The same where there is no header any more: the seconds until it may ask again.
    [[nodiscard]] std::int64_t refuse_rate(std::string_view token);
    /// Says in an answer to this token what it may still ask. Nothing for nobody's and for the admin socket.
    void describe_rate(std::string_view token, Response& response);
    /// False as soon as the token of a request under way was revoked or has expired.
    [[nodiscard]] bool in_force(service::Principal const& principal) const;
    /// To be called about once a second. Says in the log what warnings() says, once the service is ready, and again after use().
    void tick();

    /// The problem for a client; where the fault is the service's own, the log says what it was while `doing` something.
    [[nodiscard]] Response failure(std::string_view doing, Error const& error) const;

    [[nodiscard]] service::Service& service() noexcept { return service_; }
    [[nodiscard]] Clock const& clock() const noexcept { return clock_; }
    [[nodiscard]] ReaderPool& readers() noexcept { return readers_; }
    [[nodiscard]] std::shared_ptr<Memory> const& memory() const noexcept { return memory_; }
    void log(std::string_view line) const { log_(line); }
    [[nodiscard]] Metrics& metrics() noexcept { return metrics_; }
    /// Those in force; whoever began with them may go on with them.
    [[nodiscard]] std::shared_ptr<providers::Webhooks const> webhooks() const;
    /// Puts others in force, for deliveries to come.
    void use(providers::Webhooks webhooks);
    /// A delivery that a certificate which is not pinned may have signed: counted, and told of in the log (unpinned.hpp).
    void unproven(std::string_view account, std::string_view certificate, std::string_view remote);
    /// What the operator should see to, while all is well otherwise. For anybody to read: no account is named.
    [[nodiscard]] std::vector<std::string> warnings() const;
    [[nodiscard]] std::filesystem::path const& confirmations() const noexcept { return options_.confirmations; }
    /// Counts a request that was answered, and logs it where that is wanted.
    void answered(Answered const& answered);
    [[nodiscard]] Feed& feed() noexcept { return feed_; }
    /// The server is about to end: who waits is answered now.
    void drain() { feed_.release(); }
    /// Ends the reader threads; what they were asked is answered first.
    void stop() {
        feed_.stop();
        readers_.stop();
        audit_.flush();
    }

private:
    [[nodiscard]] boost::system::result<service::Principal, Response> authenticate(Request const& header);
    [[nodiscard]] Response unauthorized(Request const& header, Rejection why, std::string_view token, Error const& error);
    service::Service& service_;
    Clock const& clock_;
    std::function<void(std::string_view)> log_;
    Options const options_;
    mutable std::mutex webhooks_mutex_;
    std::shared_ptr<providers::Webhooks const> webhooks_;  // guarded by webhooks_mutex_
    providers::Unpinned unpinned_;
    std::atomic<bool> warned_ = false;
    Metrics metrics_;
    RateLimit rate_;
    AuthAudit audit_;
    std::shared_ptr<Memory> const memory_ = std::make_shared<Memory>();
    ReaderPool readers_;
    Feed feed_;
};

}  // namespace cl::api
