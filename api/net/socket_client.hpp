// A client of the admin socket: requests one after the other over one connection.
//
// Threads: one thread at a time; calls block.
#pragma once

#include "api/http.hpp"

#include <memory>
#include <string>

namespace cl::api::net {

class SocketClient {
public:
    /// Nothing if nobody listens there.
    [[nodiscard]] static std::unique_ptr<SocketClient> connect(std::string const& path);
    virtual ~SocketClient() = default;

    /// Asks and waits for the whole answer. errc::io if the server went away before it had answered: whether it acted is then unknown.
    [[nodiscard]] virtual Result<Response> ask(Request const& request) = 0;
};

}  // namespace cl::api::net
