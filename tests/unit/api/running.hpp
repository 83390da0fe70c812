// A server on a free port of loopback, over the fake service.
#pragma once

#include "api/server.hpp"
#include "tests/unit/api/fixture.hpp"
#include "tests/unit/api/raw_client.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

namespace cl::api::test {

struct Running : Fixture {
    Running() {
        ServerOptions options;
        options.port = 0;
        options.connections = 64;
        options.handle_signals = false;
        auto made = Server::listen(app, options);
        BOOST_REQUIRE(made.has_value());
        server = std::move(*made);
        thread = std::thread([this] { server->run(); });
    }
    ~Running() {
        server->stop();
        thread.join();
        app.stop();
    }
    std::string say(std::string_view bytes) const { return exchange(server->port(), bytes); }
    // The client has its last byte before the service has let go of what it held for the answer.
    bool nothing_is_held() const {
        auto const until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (app.memory()->used() != 0 && std::chrono::steady_clock::now() < until)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        return app.memory()->used() == 0;
    }

    std::unique_ptr<Server> server;
    std::thread thread;
};

inline int status_of_reply(std::string const& reply) {
    return reply.starts_with("HTTP/1.1 ") ? std::stoi(reply.substr(9, 3)) : 0;
}

}  // namespace cl::api::test
