// One connection's bytes, over TCP, TLS and the admin socket alike, so that what speaks HTTP is compiled once and asks nobody which it is.
//
// Threads: the I/O thread only. One read and one write may be under way at a time.
#pragma once

#include "api/net/tls.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/basic_stream.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>

namespace cl::api::net {

using Socket = boost::asio::generic::stream_protocol::socket;

/// What became of a handshake.
enum class Handshake : std::uint8_t { none_needed, done, failed };

/// An AsyncReadStream and AsyncWriteStream of Asio.
class Stream {
    using Plain = boost::beast::basic_stream<boost::asio::generic::stream_protocol>;
    /// Of a longer sequence the first ones are written; the caller comes back with the rest, as after any short write. A header is one for
    /// each of its fields, and is to leave in one piece.
    using Buffers = std::array<boost::asio::const_buffer, 48>;

public:
    using executor_type = Plain::executor_type;

    /// `tls` null: nothing is encrypted.
    Stream(Socket socket, std::shared_ptr<Tls> const& tls) : plain_(std::move(socket)) {
        if (tls) {
            tls_.emplace(plain_, tls->context());
        }
    }
    Stream(Stream const&) = delete;
    Stream& operator=(Stream const&) = delete;

    [[nodiscard]] executor_type get_executor() noexcept { return plain_.get_executor(); }

    template <class Token>
    auto async_read_some(boost::asio::mutable_buffer buffer, Token&& token) {
        return boost::asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(
            [this](auto handler, boost::asio::mutable_buffer into) {
                if (tls_) {
                    tls_->async_read_some(into, std::move(handler));
                } else {
                    plain_.async_read_some(into, std::move(handler));
                }
            },
            token, buffer);
    }
    template <class ConstBuffers, class Token>
    auto async_write_some(ConstBuffers const& buffers, Token&& token) {
        Buffers const first = first_of(buffers);
        return boost::asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(
            [this](auto handler, Buffers const& from) {
                if (tls_) {
                    tls_->async_write_some(from, std::move(handler));
                } else {
                    plain_.async_write_some(from, std::move(handler));
                }
            },
            token, first);
    }

    /// At once where nothing is encrypted; else within limits::tls_handshake_ms. A client that speaks plain HTTP to a TLS port is told so.
    [[nodiscard]] boost::asio::awaitable<Handshake> handshake();
    /// Says that nothing more is coming (TLS: close_notify), reads a bounded rest, and closes. RFC 9112 9.6: a close with unread input
    /// may cost the client its answer.
    [[nodiscard]] boost::asio::awaitable<void> close_gently();

    /// The deadline of what is begun after this.
    void expires_after(std::chrono::milliseconds time) { plain_.expires_after(time); }
    void expires_never() { plain_.expires_never(); }
    /// Ends what is under way; the connection can still be used.
    void cancel() { plain_.cancel(); }
    /// At once, whatever is under way.
    void close() { plain_.close(); }

private:
    template <class ConstBuffers>
    static Buffers first_of(ConstBuffers const& buffers) {
        Buffers first;
        std::size_t count = 0;
        auto const end = boost::asio::buffer_sequence_end(buffers);
        for (auto one = boost::asio::buffer_sequence_begin(buffers); one != end && count < first.size(); ++one) {
            boost::asio::const_buffer const buffer = *one;
            if (buffer.size() > 0) {
                first[count++] = buffer;
            }
        }
        return first;
    }

    Plain plain_;
    std::optional<boost::asio::ssl::stream<Plain&>> tls_;  // over plain_, whose deadlines hold for both
    bool encrypted_ = false;                               // the handshake is done
};

}  // namespace cl::api::net
