#include "api/net/peer_address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>

namespace cl::api::net {

namespace {

constexpr std::size_t host_part = 8;  // bytes of an IPv6 address

std::string text(int family, void const* address) {
    std::array<char, INET6_ADDRSTRLEN> out{};
    return ::inet_ntop(family, address, out.data(), out.size()) == nullptr ? std::string() : std::string(out.data());
}

}  // namespace

std::string peer_address(int socket) {
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    if (::getpeername(socket, reinterpret_cast<sockaddr*>(&peer), &size) != 0) {
        return {};
    }
    if (peer.ss_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &peer, sizeof v4);
        return text(AF_INET, &v4.sin_addr);
    }
    if (peer.ss_family != AF_INET6) {
        return {};
    }
    sockaddr_in6 v6{};
    std::memcpy(&v6, &peer, sizeof v6);
    if (IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr)) {
        return text(AF_INET, std::next(std::begin(v6.sin6_addr.s6_addr), 12));
    }
    std::fill(std::next(std::begin(v6.sin6_addr.s6_addr), host_part), std::end(v6.sin6_addr.s6_addr), std::uint8_t{0});
    return text(AF_INET6, &v6.sin6_addr) + "/64";
}

}  // namespace cl::api::net
