#include "api/net/socket_client.hpp"

#include "api/net/admin_socket.hpp"
#include "ledger/core/limits.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/url/encode.hpp>
#include <boost/url/rfc/pchars.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

#include <vector>

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
    case Method::options: return http::verb::options;
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
        send(request);
        http::response_parser<http::string_body> parser;
        parser.body_limit(limits::http_memory_bytes);
        if (!error_) {
            http::read(socket_, buffer_, parser, error_);
        }
        if (error_) {
            return gone();
        }
        Response response = head_of(parser.get());
        response.body = std::move(parser.get().body());
        return response;
    }

    Result<Response> download(Request const& request, Sink const& sink) override {
        send(request);
        http::response_parser<http::buffer_body> parser;
        parser.body_limit(boost::none);
        if (!error_) {
            http::read_header(socket_, buffer_, parser, error_);
        }
        if (error_) {
            return gone();
        }
        Response response = head_of(parser.get());
        bool const good = response.status / 100 == 2;
        std::vector<char> some(piece_bytes);
        while (!parser.is_done()) {
            auto& body = parser.get().body();
            body.data = some.data();
            body.size = some.size();
            http::read(socket_, buffer_, parser, error_);
            if (error_ == http::error::need_buffer) {
                error_ = {};
            }
            if (error_) {
                return gone();
            }
            std::string_view const piece(some.data(), some.size() - body.size);
            if (good) {
                auto const taken = sink(piece);
                if (!taken) {
                    socket_.close(error_);
                    return taken.error();
                }
            } else if (response.body.size() + piece.size() <= limits::small_answer_bytes) {
                response.body += piece;
            }
        }
        return response;
    }

private:
    static constexpr std::size_t piece_bytes = 65'536;

    /// error_ says whether it went.
    void send(Request const& request) {
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
        http::write(socket_, message, error_);
        if (error_ == asio::error::broken_pipe || error_ == asio::error::connection_reset) {
            error_ = {};  // refused before the body was read: the answer is there all the same
        }
    }

    template <class Message>
    static Response head_of(Message const& message) {
        Response response;
        response.status = static_cast<int>(message.result_int());
        response.content_type = std::string(message[http::field::content_type]);
        for (auto const& field : message) {
            response.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
        }
        return response;
    }

    Error gone() const { return fail(errc::io, "the server went away before it had answered: " + error_.message()); }

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
