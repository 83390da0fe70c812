// What all connections of a server share: the count, and who is idle, so that a drain can close them.
//
// Threads: the I/O thread only.
#pragma once

#include "api/app.hpp"
#include "api/net/stream.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_set>

namespace cl::api::net {

struct Connection {
    Stream& stream;
    bool idle = true;
};

class Connections {
public:
    explicit Connections(App& app) : app_(app) {}

    [[nodiscard]] App& app() noexcept { return app_; }
    [[nodiscard]] std::size_t count() const noexcept { return open_.size(); }
    [[nodiscard]] bool draining() const noexcept { return draining_; }

    void add(Connection* connection);
    void remove(Connection* connection);
    /// An id for a request that came without one: of this run of the server, and counted.
    [[nodiscard]] std::string next_request_id();

    /// No request is begun any more: idle connections are closed now, busy ones after their answer.
    void drain();
    /// Closes every socket.
    void close_all();

private:
    App& app_;
    std::unordered_set<Connection*> open_;
    std::uint64_t requests_ = 0;
    Millis const started_ = app_.clock().now();
    bool draining_ = false;
};

}  // namespace cl::api::net
