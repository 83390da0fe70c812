// A body that is made while it is sent: in chunks (RFC 9112 7.1), or to HTTP/1.0 until the connection's end. What cannot be finished ends with
// the connection, without the last chunk, so that nobody takes it for whole.
//
// Threads: the I/O thread only.
#pragma once

#include "api/net/connections.hpp"

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <string>

namespace cl::api::net {

class Pieces {
public:
    /// `stream` has sent the header; each piece has limits::http_write_ms. `hold` counts the piece that is being sent.
    Pieces(Stream& stream, unsigned version, Hold& hold) : stream_(stream), chunked_(version >= 11), hold_(hold) {}

    /// Sends `first`, then what `rest` gives. True if all of it was sent. Where there is no room for a piece just now, it waits, up to
    /// limits::http_write_ms.
    [[nodiscard]] boost::asio::awaitable<bool> send(std::string const& first, std::shared_ptr<BodySource> const& rest);
    /// Bytes of the body, chunk headers aside.
    [[nodiscard]] std::size_t sent() const noexcept { return sent_; }

private:
    boost::asio::awaitable<bool> write(std::string const& bytes);
    boost::asio::awaitable<bool> write_end();
    boost::asio::awaitable<bool> get(std::shared_ptr<BodySource> const& rest, BodySource::Piece& piece);

    Stream& stream_;
    bool const chunked_;
    Hold& hold_;
    std::size_t sent_ = 0;
};

}  // namespace cl::api::net
