#include "api/net/admin_socket.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>

namespace cl::api::net {

namespace {

namespace asio = boost::asio;

/// The mode of what a bind makes is decided by the process's mask, at that moment.
class PrivateMask {
public:
    PrivateMask() : before_(::umask(0177)) {}
    ~PrivateMask() { ::umask(before_); }
    PrivateMask(PrivateMask const&) = delete;
    PrivateMask& operator=(PrivateMask const&) = delete;

private:
    mode_t const before_;
};

}  // namespace

SocketPath::SocketPath(std::string const& path) : text_(path) {
    if (path.size() < sizeof(sockaddr_un::sun_path)) {
        return;
    }
    std::filesystem::path const whole(path);
    folder_ = ::open(whole.parent_path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    text_ = "/proc/self/fd/" + std::to_string(folder_) + "/" + whole.filename().string();
}

SocketPath::~SocketPath() {
    if (folder_ >= 0) {
        ::close(folder_);
    }
}

Result<void> bind_admin_socket(std::string const& path, AdminAcceptor& acceptor) {
    std::error_code gone;
    auto const there = std::filesystem::symlink_status(path, gone);
    if (std::filesystem::exists(there)) {
        if (!std::filesystem::is_socket(there)) {
            return fail(errc::io, "admin.sock in the data directory is not a socket; move it away");
        }
        std::filesystem::remove(path, gone);
    }
    boost::system::error_code error;
    SocketPath const address(path);
    asio::local::stream_protocol::endpoint const endpoint(address.text());
    acceptor.open(endpoint.protocol(), error);
    if (!error) {
        PrivateMask const mask;
        acceptor.bind(endpoint, error);
    }
    if (!error) {
        acceptor.listen(asio::socket_base::max_listen_connections, error);
    }
    if (error) {
        boost::system::error_code ignored;
        acceptor.close(ignored);
        return fail(errc::io, "cannot listen on the admin socket: " + error.message());
    }
    return {};
}

void remove_admin_socket(std::string const& path) noexcept {
    ::unlink(path.c_str());
}

bool is_administrator(AdminSocket& socket) noexcept {
    ucred peer{};
    socklen_t size = sizeof peer;
    if (::getsockopt(socket.native_handle(), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) {
        return false;
    }
    return peer.uid == ::geteuid() || peer.uid == 0;
}

}  // namespace cl::api::net
