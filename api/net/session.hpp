// One connection: requests one after the other until either side has enough.
//
// Threads: the I/O thread only.
#pragma once

#include "api/net/connections.hpp"

#include <boost/asio/awaitable.hpp>

#include <memory>

namespace cl::api::net {

/// Serves the connection to its end. `shared` outlives it. `peer`: by which door it came; `tls`: null where nothing is encrypted. A
/// deadline for each phase: handshake, idle, header, body, write.
[[nodiscard]] boost::asio::awaitable<void> serve_connection(Socket socket, std::shared_ptr<Tls> tls, Peer peer,
                                                            Connections& shared);

}  // namespace cl::api::net
