// One connection: requests one after the other until either side has enough.
//
// Threads: the I/O thread only.
#pragma once

#include "api/net/connections.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/generic/stream_protocol.hpp>

namespace cl::api::net {

/// Serves the connection to its end. `shared` outlives it. `peer`: by which door it came. A deadline for each phase: idle, header, body,
/// write.
[[nodiscard]] boost::asio::awaitable<void> serve_connection(boost::asio::generic::stream_protocol::socket socket, Peer peer,
                                                            Connections& shared);

}  // namespace cl::api::net
