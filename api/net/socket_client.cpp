#include "api/net/socket_client.hpp"

#include "api/net/admin_socket.hpp"
#include "ledger/core/limits.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/url/encode.hpp>
#include <boost/url/rfc/pchars.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

namespace cl::api::net {

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;

/// Path and query, encoded.
std::string target_of(Request const& request) {
    std::string target = boost::urls::encode(request.path, boost::urls::pchars + '/');
    char separator = '?';
    for (auto const& [name, value] : request.query) {
        target += separator + boost::urls::encode(name, boost::urls::unreserved_chars) + '=' +
                  boost::urls::encode(value, boost::urls::unreserved_chars);
        separator = '&';
    }
    return target;
}

http::verb verb_of(Method method) {
    switch (method) {
    case Method::get: return http::verb::get;
    case Method::head: return http::verb::head;
    case Method::post: return http::verb::post;
    case Method::put: return http::verb::put;
    case Method::other: break;
    }
    return http::verb::unknown;
}

class UnixClient final : public SocketClient {
public:
    explicit UnixClient(std::string const& path) : socket_(context_) {
        SocketPath const address(path);
        socket_.connect(asio::local::stream_protocol::endpoint(address.text()), error_);
    }
    [[nodiscard]] bool connected() const noexcept { return !error_; }

    Result<Response> ask(Request const& request) override {
        http::request<http::string_body> message(verb_of(request.method), target_of(request), 11);
        message.set(http::field::host, "admin.sock");
        if (!request.content_type.empty()) {
            message.set(http::field::content_type, request.content_type);
        }
        if (!request.idempotency_key.empty()) {
            message.set("Idempotency-Key", request.idempotency_key);
        }
        message.body() = request.body;
        message.prepare_payload();
        http::response_parser<http::string_body> parser;
        parser.body_limit(limits::http_memory_bytes);
        http::write(socket_, message, error_);
        if (error_ == asio::error::broken_pipe || error_ == asio::error::connection_reset) {
            error_ = {};  // refused before the body was read: the answer is there all the same
        }
        if (!error_) {
            http::read(socket_, buffer_, parser, error_);
        }
        if (error_) {
            return fail(errc::io, "the server went away before it had answered: " + error_.message());
        }
        Response response;
        response.status = static_cast<int>(parser.get().result_int());
        response.content_type = std::string(parser.get()[http::field::content_type]);
        response.body = std::move(parser.get().body());
        return response;
    }

private:
    asio::io_context context_;
    asio::local::stream_protocol::socket socket_;
    boost::beast::flat_buffer buffer_;
    boost::system::error_code error_;
};

}  // namespace

std::unique_ptr<SocketClient> SocketClient::connect(std::string const& path) {
    auto client = std::make_unique<UnixClient>(path);
    return client->connected() ? std::move(client) : nullptr;
}

}  // namespace cl::api::net
