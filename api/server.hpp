// The HTTP server: one I/O thread, one coroutine a connection, everything bounded (ledger/core/limits.hpp).
#pragma once

#include "api/app.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace cl::api {

/// What TLS is spoken with, in PEM form. Read at the start and at every SIGHUP.
struct TlsFiles {
    std::string certificate;       ///< with what leads up to its authority, the own one first
    std::string key;               ///< of mode 0600 or less, without a passphrase
    std::string client_ca;         ///< authorities whose client certificates are asked for; empty = none are
    bool client_optional = false;  ///< a client may come without one, but not with a wrong one
};

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;        ///< 0 = any free one
    std::size_t connections = 0;      ///< the most at a time
    bool handle_signals = true;       ///< SIGTERM and SIGINT drain, a second one ends at once; SIGHUP reloads
    std::optional<TlsFiles> tls;      ///< nothing: plain HTTP
    std::function<void()> on_reload;  ///< at SIGHUP, after the TLS files; may be empty; the I/O thread
    std::string admin_socket;         ///< path of the socket for the data directory's administrator (mode 0600); empty = none
};

class Server {
public:
    /// Binds and listens. errc::io with what the system says: the port is taken, the address is not this machine's; errc::usage and
    /// key_missing where the TLS files are not what they should be. A socket that a
    /// killed server left at `admin_socket` is replaced, so the caller must hold the data directory's lock.
    [[nodiscard]] static Result<std::unique_ptr<Server>> listen(App& app, ServerOptions const& options);
    virtual ~Server() = default;

    /// The port that was bound.
    [[nodiscard]] virtual std::uint16_t port() const = 0;
    /// Serves on the calling thread until stop() or a signal, then drains: no new connections, idle ones closed, busy ones answered,
    /// limits::http_drain_ms at most. The service must be stopped after run() returns and before the server is destroyed, because
    /// answers of queued appends still arrive here.
    virtual void run() = 0;
    /// Reads the TLS files again. New connections are made with them; where they are wrong, with the old ones, and the log says why.
    /// Open connections go on. Any thread.
    virtual void reload() = 0;
    /// Begins the drain. Any thread.
    virtual void stop() = 0;
};

}  // namespace cl::api
