#include "api/net/connections.hpp"

#include "ledger/core/limits.hpp"

namespace cl::api::net {

bool Connections::reserve(std::size_t bytes) noexcept {
    // A quarter is kept for ordinary bodies: announced batches must not keep a STOP out.
    std::size_t const pool = bytes > limits::http_body_bytes ? limits::http_bodies_bytes / 4 * 3 : limits::http_bodies_bytes;
    if (body_bytes_ > pool || bytes > pool - body_bytes_) {
        return false;
    }
    body_bytes_ += bytes;
    return true;
}

void Connections::drain() {
    draining_ = true;
    for (Connection* connection : open_) {
        if (connection->idle) {
            connection->stream.cancel();
        }
    }
}

void Connections::close_all() {
    for (Connection* connection : open_) {
        connection->stream.close();
    }
}

}  // namespace cl::api::net
