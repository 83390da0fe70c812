#include "api/app/notify.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>

namespace cl::api::app {

void notify_manager(std::string_view state) noexcept {
    char const* const name = std::getenv("NOTIFY_SOCKET");
    sockaddr_un address{};
    std::size_t const length = name != nullptr ? std::strlen(name) : 0;
    bool const usable = length > 1 && length < sizeof address.sun_path && (name[0] == '/' || name[0] == '@');
    if (!usable) {
        return;
    }
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name, length);
    if (name[0] == '@') {
        address.sun_path[0] = '\0';  // an abstract name
    }
    int const socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (socket < 0) {
        return;
    }
    auto const size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + length);
    static_cast<void>(
        ::sendto(socket, state.data(), state.size(), MSG_NOSIGNAL, reinterpret_cast<sockaddr const*>(&address), size));
    ::close(socket);
}

}  // namespace cl::api::app
