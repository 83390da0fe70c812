// Who is at the other end, as far as addresses tell. For counting, not for deciding who somebody is.
//
// Threads: pure function, any thread.
#pragma once

#include <string>

namespace cl::api::net {

/// The IPv4 address, of IPv6 the network of 64 bits, in which one host may choose its address; empty for a Unix socket and where the
/// system does not tell.
[[nodiscard]] std::string peer_address(int socket);

}  // namespace cl::api::net
