// One connection: requests one after the other until either side has enough.
//
// Threads: the I/O thread only.
#pragma once

#include "api/net/connections.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace cl::api::net {

/// Serves the connection to its end. `shared` outlives it. A deadline for each phase: idle, header, body, write.
[[nodiscard]] boost::asio::awaitable<void> serve_connection(boost::asio::ip::tcp::socket socket, Connections& shared);

}  // namespace cl::api::net
