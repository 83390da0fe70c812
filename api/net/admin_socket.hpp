// The admin socket: a Unix socket in the data directory (docs/http-api.md "The admin socket"), open to the user that the server runs as, and to
// root. Whoever can open it can read the keys as well, so no token is asked.
//
// Threads: the I/O thread; bind and remove before and after it runs.
#pragma once

#include "ledger/core/error.hpp"

#include <boost/asio/local/stream_protocol.hpp>

#include <string>

namespace cl::api::net {

using AdminAcceptor = boost::asio::local::stream_protocol::acceptor;
using AdminSocket = boost::asio::local::stream_protocol::socket;

/// A socket's address holds 107 bytes of path: a longer one is given by way of its folder's descriptor, for as long as the object lives.
class SocketPath {
public:
    explicit SocketPath(std::string const& path);
    ~SocketPath();
    SocketPath(SocketPath const&) = delete;
    SocketPath& operator=(SocketPath const&) = delete;
    [[nodiscard]] std::string const& text() const noexcept { return text_; }

private:
    int folder_ = -1;
    std::string text_;
};

/// Listens at `path`, mode 0600. What a killed server left there is replaced, if it is a socket. errc::io: a file that is no socket.
[[nodiscard]] Result<void> bind_admin_socket(std::string const& path, AdminAcceptor& acceptor);
/// Takes the name away again, for whoever has bound it.
void remove_admin_socket(std::string const& path) noexcept;
/// True if the other end is run by our own user or by root.
[[nodiscard]] bool is_administrator(AdminSocket& socket) noexcept;

}  // namespace cl::api::net
