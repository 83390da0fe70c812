#include "api/server.hpp"

#include "api/net/admin_socket.hpp"
#include "api/net/connections.hpp"
#include "api/net/session.hpp"
#include "api/net/tls.hpp"
#include "ledger/core/limits.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <csignal>
#include <exception>

namespace cl::api {

namespace {

namespace asio = boost::asio;
using asio::awaitable;
using asio::ip::tcp;

constexpr auto tuple_awaitable = asio::as_tuple(asio::use_awaitable);
constexpr auto accept_pause = std::chrono::milliseconds(100);
constexpr auto tick = std::chrono::seconds(1);
constexpr auto drain_poll = std::chrono::milliseconds(20);

class BeastServer final : public Server {
public:
    BeastServer(App& app, ServerOptions const& options)
        : app_(app),
          options_(options),
          shared_(app),
          context_(1),
          acceptor_(context_),
          signals_(context_),
          hangups_(context_) {}
    ~BeastServer() override {
        if (admin_bound_) {
            net::remove_admin_socket(options_.admin_socket);
        }
    }
    BeastServer(BeastServer const&) = delete;
    BeastServer& operator=(BeastServer const&) = delete;

    Result<void> bind() {
        CL_TRY(load_tls());
        boost::system::error_code error;
        auto const address = asio::ip::make_address(options_.address, error);
        if (error) {
            return fail(errc::usage, "the address to listen on is no IP address: " + options_.address);
        }
        tcp::endpoint const endpoint(address, options_.port);
        acceptor_.open(endpoint.protocol(), error);
        if (!error) {
            acceptor_.set_option(asio::socket_base::reuse_address(true), error);
        }
        if (!error) {
            acceptor_.bind(endpoint, error);
        }
        if (!error) {
            acceptor_.listen(asio::socket_base::max_listen_connections, error);
        }
        if (error) {
            return fail(errc::io,
                        "cannot listen on " + options_.address + ":" + std::to_string(options_.port) + ": " + error.message());
        }
        if (!options_.admin_socket.empty()) {
            CL_TRY(net::bind_admin_socket(options_.admin_socket, admin_));
            admin_bound_ = true;
        }
        return {};
    }

    std::uint16_t port() const override {
        boost::system::error_code error;
        auto const endpoint = acceptor_.local_endpoint(error);
        return error ? std::uint16_t{0} : endpoint.port();
    }

    void run() override {
        if (options_.handle_signals) {
            signals_.add(SIGINT);
            signals_.add(SIGTERM);
            spawn(watch_signals());
            hangups_.add(SIGHUP);
            spawn(watch_hangups());
        }
        spawn(accept_loop());
        spawn(keep_time());
        if (admin_.is_open()) {
            spawn(accept_administrators());
        }
        context_.run();
    }

    void reload() override {
        asio::post(context_, [this] { reload_now(); });
    }

    void stop() override {
        asio::post(context_, [this] { begin_drain(); });
    }

private:
    void spawn(awaitable<void> work) {
        asio::co_spawn(context_, std::move(work), [this](std::exception_ptr failure) { report(failure); });
    }

    /// Where it fails, what was loaded before stays in use.
    Result<void> load_tls() {
        if (!options_.tls) {
            return {};
        }
        CL_TRY_ASSIGN(tls_, net::Tls::load(*options_.tls));
        app_.metrics().certificate_expires(tls_->expires());
        if (tls_->expires() <= app_.clock().now()) {
            app_.log("the certificate in " + options_.tls->certificate + " has expired: clients will refuse it");
        }
        return {};
    }

    /// Short reads of small files, seldom: the one time that the I/O thread touches the disk.
    void reload_now() {
        if (auto const loaded = load_tls(); !loaded) {
            app_.log("the TLS files are not taken, what was loaded before stays in use: " + loaded.error().detail);
        } else if (tls_) {
            app_.log("the TLS files were read again, the certificate is valid until " + format_time(tls_->expires()));
        }
        if (options_.on_reload) {
            options_.on_reload();
        }
    }

    awaitable<void> watch_hangups() {
        while (true) {
            auto const signal = co_await hangups_.async_wait(tuple_awaitable);
            if (std::get<0>(signal)) {
                co_return;
            }
            reload_now();
        }
    }

    /// An exception is a bug; it ends its connection, not the service.
    void report(std::exception_ptr const& failure) {
        if (!failure) {
            return;
        }
        try {
            std::rethrow_exception(failure);
        } catch (std::exception const& error) {
            app_.log(std::string("internal error in a connection: ") + error.what());
        } catch (...) {
            app_.log("internal error in a connection");
        }
    }

    awaitable<void> accept_loop() {
        while (acceptor_.is_open()) {
            if (shared_.count() >= options_.connections) {
                co_await pause(accept_pause);
                continue;
            }
            auto [error, socket] = co_await acceptor_.async_accept(tuple_awaitable);
            if (error == asio::error::operation_aborted || error == asio::error::bad_descriptor) {
                co_return;
            }
            if (error) {
                // Out of descriptors, or a client that left: a pause keeps this from becoming a busy loop.
                co_await pause(accept_pause);
                continue;
            }
            boost::system::error_code ignored;
            socket.set_option(tcp::no_delay(true), ignored);
            spawn(net::serve_connection(std::move(socket), tls_, Peer::network, shared_));
        }
    }

    /// Beyond the limit of connections: an administrator gets in when the network is full.
    awaitable<void> accept_administrators() {
        while (admin_.is_open()) {
            auto [error, socket] = co_await admin_.async_accept(tuple_awaitable);
            if (error == asio::error::operation_aborted || error == asio::error::bad_descriptor) {
                co_return;
            }
            bool const welcome = !error && net::is_administrator(socket);
            if (!welcome) {
                co_await pause(accept_pause);
                continue;
            }
            spawn(net::serve_connection(std::move(socket), nullptr, Peer::admin_socket, shared_));
        }
    }

    awaitable<void> pause(std::chrono::milliseconds time) {
        asio::steady_timer timer(context_, time);
        auto const result = co_await timer.async_wait(tuple_awaitable);
        static_cast<void>(result);
    }

    /// Ends with the context.
    awaitable<void> keep_time() {
        for (;;) {
            co_await pause(tick);
            app_.tick();
        }
    }

    awaitable<void> watch_signals() {
        auto const first = co_await signals_.async_wait(tuple_awaitable);
        if (std::get<0>(first)) {
            co_return;
        }
        app_.log("draining: finishing what was begun (a second signal ends at once)");
        begin_drain();
        auto const second = co_await signals_.async_wait(tuple_awaitable);
        if (!std::get<0>(second)) {
            shared_.close_all();
            context_.stop();
        }
    }

    void begin_drain() {
        if (shared_.draining()) {
            return;
        }
        boost::system::error_code ignored;
        acceptor_.close(ignored);
        admin_.close(ignored);
        shared_.drain();
        app_.drain();
        spawn(finish_drain());
    }

    awaitable<void> finish_drain() {
        auto const limit = std::chrono::steady_clock::now() + std::chrono::milliseconds(limits::http_drain_ms);
        while (shared_.count() > 0 && std::chrono::steady_clock::now() < limit) {
            co_await pause(drain_poll);
        }
        shared_.close_all();
        signals_.cancel();
        hangups_.cancel();
        context_.stop();
    }

    App& app_;
    ServerOptions const options_;
    // Before the context: sessions that are still suspended when it goes take leave of `shared_`.
    net::Connections shared_;
    asio::io_context context_;
    tcp::acceptor acceptor_;
    net::AdminAcceptor admin_{context_};
    bool admin_bound_ = false;
    asio::signal_set signals_;
    asio::signal_set hangups_;
    std::shared_ptr<net::Tls> tls_;  // null: plain HTTP
};

}  // namespace

Result<std::unique_ptr<Server>> Server::listen(App& app, ServerOptions const& options) {
    auto server = std::make_unique<BeastServer>(app, options);
    CL_TRY(server->bind());
    return std::unique_ptr<Server>(std::move(server));
}

}  // namespace cl::api
