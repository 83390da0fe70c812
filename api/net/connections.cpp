#include "api/net/connections.hpp"

namespace cl::api::net {

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
