// A client of the admin socket: requests one after the other over one connection.
//
// Threads: one thread at a time; calls block.
#pragma once

#include "api/http.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace cl::api::net {

class SocketClient {
public:
    /// Nothing if nobody listens there.
    [[nodiscard]] static std::unique_ptr<SocketClient> connect(std::string const& path);
    virtual ~SocketClient() = default;

    /// Asks and waits for the whole answer. errc::io if the server went away before it had answered: whether it acted is then unknown.
    [[nodiscard]] virtual Result<Response> ask(Request const& request) = 0;
    /// The same for a document that is too long to be held: `sink` gets it piece by piece if the status is 2xx; the body of any other answer is in
    /// the response. A failure of `sink` ends the connection and is returned.
    using Sink = std::function<Result<void>(std::string_view)>;
    [[nodiscard]] virtual Result<Response> download(Request const& request, Sink const& sink) = 0;
};

}  // namespace cl::api::net
