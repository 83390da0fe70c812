// Written around two faults of g++ 12 (docs/architecture.md): everything awaited has a name first.
#include "api/net/stream.hpp"

#include "ledger/core/limits.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <openssl/err.h>
#include <openssl/sslerr.h>

#include <string>
#include <string_view>

namespace cl::api::net {

namespace {

namespace asio = boost::asio;
using asio::awaitable;

constexpr auto tuple_awaitable = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t linger_chunk = 8'192;
constexpr std::size_t linger_bytes = 262'144;
constexpr auto linger_time = std::chrono::seconds(2);

/// The problem `malformed`, as a whole answer: there is no request yet that an answer could be made for.
std::string speak_tls() {
    constexpr std::string_view problem =
        R"({"code":"malformed","detail":"This port speaks TLS: ask it with https://","status":400,)"
        R"("title":"The request is not well-formed","type":"/problems/malformed"})";
    return "HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json\r\nContent-Length: " +
           std::to_string(problem.size()) + "\r\nConnection: close\r\n\r\n" + std::string(problem);
}

bool plain_http(boost::system::error_code error) {
    return error.category() == asio::error::get_ssl_category() &&
           ERR_GET_REASON(static_cast<unsigned long>(error.value())) == SSL_R_HTTP_REQUEST;
}

}  // namespace

awaitable<Handshake> Stream::handshake() {
    if (!tls_) {
        co_return Handshake::none_needed;
    }
    plain_.expires_after(std::chrono::milliseconds(limits::tls_handshake_ms));
    auto const [error] = co_await tls_->async_handshake(asio::ssl::stream_base::server, tuple_awaitable);
    if (!error) {
        encrypted_ = true;
        co_return Handshake::done;
    }
    if (plain_http(error)) {
        std::string const answer = speak_tls();
        auto const hint = asio::buffer(answer);
        auto const result = co_await asio::async_write(plain_, hint, tuple_awaitable);
        static_cast<void>(result);
    }
    co_return Handshake::failed;
}

awaitable<void> Stream::close_gently() {
    plain_.expires_after(linger_time);
    if (encrypted_) {
        // Fails where the client is still sending: the rest is then read as it is.
        auto const result = co_await tls_->async_shutdown(tuple_awaitable);
        static_cast<void>(result);
    }
    boost::system::error_code ignored;
    plain_.socket().shutdown(asio::socket_base::shutdown_send, ignored);
    std::array<char, linger_chunk> rest;
    std::size_t total = 0;
    while (!ignored && total < linger_bytes) {
        auto const into = asio::buffer(rest);
        auto const [error, read] = co_await plain_.async_read_some(into, tuple_awaitable);
        total += read;
        if (error || read == 0) {
            break;
        }
    }
    plain_.close();
}

}  // namespace cl::api::net
