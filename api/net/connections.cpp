#include "api/net/connections.hpp"

#include "ledger/core/limits.hpp"

namespace cl::api::net {

bool Connections::reserve(std::size_t bytes) noexcept {
    if (bytes > limits::http_bodies_bytes - body_bytes_) {
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
