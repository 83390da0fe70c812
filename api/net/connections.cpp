#include "api/net/connections.hpp"

namespace cl::api::net {

void Connections::add(Connection* connection) {
    open_.insert(connection);
    app_.metrics().connections(open_.size());
}

void Connections::remove(Connection* connection) {
    open_.erase(connection);
    app_.metrics().connections(open_.size());
}

std::string Connections::next_request_id() {
    return std::to_string(started_) + "-" + std::to_string(++requests_);
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
