// Written around two faults of g++ 12 (docs/architecture.md): no owning temporaries, braced lists or `?:` in an expression with
// co_await; everything awaited has a name first.
#include "api/net/session.hpp"

#include "api/net/body.hpp"
#include "api/net/exchange.hpp"
#include "api/net/message.hpp"
#include "api/net/peer_address.hpp"
#include "api/net/pieces.hpp"
#include "ledger/core/limits.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

#include <algorithm>
#include <chrono>
#include <memory>

namespace cl::api::net {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::awaitable;

constexpr auto tuple_awaitable = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t read_chunk = 8'192;

std::chrono::milliseconds ms(int value) {
    return std::chrono::milliseconds(value);
}

/// Hands the request to the app and resumes with its answer on this connection's executor, whichever thread answers.
template <class Token>
auto async_handle(App& app, App::Admitted& admitted, Request& request, std::shared_ptr<Hold> const& hold, Token&& token) {
    auto initiate = [&app, &admitted, &request, &hold](auto handler) {
        asio::any_io_executor const executor = asio::get_associated_executor(handler);
        struct Waiting {
            decltype(handler) resume;
            asio::executor_work_guard<asio::any_io_executor> work;
        };
        auto waiting = std::make_shared<Waiting>(Waiting{std::move(handler), asio::make_work_guard(executor)});
        auto const respond = [waiting, executor](Response response) {
            asio::post(executor, [waiting, response = std::move(response)]() mutable {
                auto resume = std::move(waiting->resume);
                waiting->work.reset();
                resume(std::move(response));
            });
        };
        app.handle(std::move(admitted), std::move(request), respond, hold);
    };
    return asio::async_initiate<Token, void(Response)>(std::move(initiate), token);
}

class Session {
public:
    Session(Socket socket, std::shared_ptr<Tls> const& tls, Peer peer, Connections& shared)
        : remote_(peer_address(socket.native_handle())), stream_(std::move(socket), tls), peer_(peer), shared_(shared) {
        shared_.add(&connection_);
    }
    ~Session() { shared_.remove(&connection_); }
    Session(Session const&) = delete;
    Session& operator=(Session const&) = delete;

    awaitable<void> run() {
        Handshake const handshake = co_await stream_.handshake();
        if (handshake != Handshake::none_needed) {
            shared_.app().metrics().handshake(handshake == Handshake::done);
        }
        bool again = handshake != Handshake::failed;
        while (again && !shared_.draining()) {
            again = co_await one_request();
        }
        co_await stream_.close_gently();
    }

private:
    /// True if another request may follow.
    awaitable<bool> one_request() {
        bool const came = co_await wait_for_bytes();
        if (!came) {
            co_return false;
        }
        Parser parser;
        parser.header_limit(static_cast<std::uint32_t>(limits::http_header_bytes));
        parser.body_limit(boost::none);  // each route has its own, and a stream has none
        stream_.expires_after(ms(limits::http_header_ms));
        auto const [error, read] = co_await http::async_read_header(stream_, buffer_, parser, tuple_awaitable);
        begin(parser.get().version(), parser.get().method());
        if (error) {
            std::optional<Response> failure = read_failure(error);
            co_return co_await refuse(failure);
        }
        auto request = to_request(parser.get());
        if (!request) {
            std::optional<Response> failure = problem(request.error());
            co_return co_await refuse(failure);
        }
        note(*request);
        auto admitted = shared_.app().admit(*request, peer_);
        if (!admitted) {
            if (auto const match = find_route(all_routes(), request->method, request->path)) {
                about(*match);
            }
            Response refusal = std::move(admitted).error();
            token_ = refusal.token;
            co_return co_await refuse_kindly(parser, refusal);
        }
        about(admitted->match);
        token_ = admitted->principal.token;
        auto const hold = std::make_shared<Hold>(shared_.app().memory(), admitted->principal.token);
        bool const streamed = takes_stream(*route_, *request);
        auto objection = object_to_coding(parser);
        if (!objection) {
            objection = streamed ? object_to_stream(parser, *hold) : object_to_body(parser, *route_, *request, *hold);
        }
        if (objection) {
            co_return co_await refuse_kindly(parser, *objection);
        }
        if (streamed) {
            co_return co_await exchange(parser, *admitted, *request, hold);
        }
        bool const complete = co_await read_body(parser, admitted->match.route->body_limit, *hold);
        if (!complete) {
            co_return false;
        }
        request->body = std::move(parser.get().body());
        bytes_in_ = request->body.size();
        bool const keep_alive = parser.get().keep_alive();
        stream_.expires_never();
        Response response = co_await async_handle(shared_.app(), *admitted, *request, hold, asio::use_awaitable);
        // The answer takes the request's place in the budget until it is sent, however slowly its reader reads.
        hold->trade(response.body.size());
        bool const stay = keep_alive && !shared_.draining();
        co_return co_await write(response, stay, hold.get());
    }

    /// What is told of the request when it has been answered.
    void begin(unsigned version, http::verb method) {
        begun_ = std::chrono::steady_clock::now();
        version_ = version;
        head_ = method == http::verb::head;
        route_ = nullptr;
        method_ = Method::other;
        id_ = shared_.next_request_id();
        token_.clear();
        account_.clear();
        traceparent_.clear();
        bytes_in_ = 0;
    }

    void about(Match const& match) {
        route_ = match.route;
        account_ = account_of(match);
    }

    void note(Request& request) {
        if (request.id.empty()) {
            request.id = id_;
        }
        id_ = request.id;
        request.remote = remote_;
        traceparent_ = request.traceparent;
        method_ = request.method;
    }

    void tell(int status, std::string_view code, std::size_t bytes, std::string_view document = {}, bool whole = true) {
        auto const taken = std::chrono::steady_clock::now() - begun_;
        shared_.app().answered({id_, traceparent_, token_, account_, route_, method_, status, code, bytes_in_, bytes, taken,
                                remote_, head_ ? std::string_view{} : document, whole});
    }

    /// Between requests: the connection may be closed at any time without loss.
    awaitable<bool> wait_for_bytes() {
        if (buffer_.size() > 0) {
            co_return true;  // a pipelined request
        }
        connection_.idle = true;
        stream_.expires_after(ms(limits::http_idle_ms));
        auto const [error, read] = co_await stream_.async_read_some(buffer_.prepare(read_chunk), tuple_awaitable);
        connection_.idle = false;
        buffer_.commit(read);
        co_return !error && read > 0;
    }

    /// A body is read as it comes: one that is compressed would be taken for lines that are none.
    static std::optional<Response> object_to_coding(Parser const& parser) {
        auto const [first, last] = parser.get().equal_range(http::field::content_encoding);
        bool const plain =
            std::all_of(first, last, [](auto const& field) { return beast::iequals(field.value(), "identity"); });
        bool const has_body = parser.chunked() || parser.content_length().value_or(0) > 0;
        if (plain || !has_body) {
            return std::nullopt;
        }
        return problem(415, "unsupported_media_type", "Unsupported media type", "Send the body without a Content-Encoding.");
    }

    /// Decides about the body by its header alone: not wanted, too large, of a foreign type, or no room for it now.
    std::optional<Response> object_to_body(Parser const& parser, Route const& route, Request const& request, Hold& hold) {
        auto const length = parser.content_length();
        bool const has_body = parser.chunked() || (length && *length > 0);
        if (route.body_limit == 0) {
            return has_body ? std::optional(problem(fail(errc::malformed, "This route takes no body."))) : std::nullopt;
        }
        if (length && *length > route.body_limit) {
            return problem(fail(errc::too_large,
                                "The body is larger than this route takes (" + std::to_string(route.body_limit) + " bytes)."));
        }
        if (has_body &&
            std::find(route.body_types.begin(), route.body_types.end(), request.content_type) == route.body_types.end()) {
            return problem(415, "unsupported_media_type", "Unsupported media type",
                           "Send the body as " + std::string(route.body_types.front()) + ".");
        }
        // Taken as it arrives; but where there is no room for it now, the client need not begin.
        if (length && !hold.announce(static_cast<std::size_t>(*length))) {
            return no_room();
        }
        return std::nullopt;
    }

    /// Answers the body while it arrives.
    awaitable<bool> exchange(Parser& parser, App::Admitted& admitted, Request& request, std::shared_ptr<Hold> const& hold) {
        auto body = shared_.app().open_stream(std::move(admitted), std::move(request));
        if (!body) {
            Response refusal = std::move(body).error();
            co_return co_await refuse_kindly(parser, refusal);
        }
        bool const wanted = co_await say_go_on(parser);
        if (!wanted) {
            co_return false;
        }
        bool const keep_alive = parser.get().keep_alive() && version_ >= 11 && !shared_.draining();
        Response head;
        head.content_type = "application/x-ndjson";
        head.headers.emplace_back("X-Request-Id", id_);
        shared_.app().describe_rate(token_, head);
        Exchange::Wire const wire{stream_, buffer_, parser, connection_, shared_};
        auto const running = std::make_shared<Exchange>(wire, *body, hold, head_text(head, version_, keep_alive));
        co_await running->run();
        bytes_in_ = running->received();
        if (running->instead()) {
            bool const stay = keep_alive && parser.is_done();
            co_return co_await write(*running->instead(), stay);
        }
        if (running->sent() > 0) {
            tell(head.status, {}, running->sent());
        }
        co_return keep_alive && running->whole();
    }

    static Response no_room() { return problem(fail(errc::busy, {})); }

    /// To a client that asks first (RFC 9110 10.1.1: not to one of HTTP/1.0, nor where no body follows). False if it is gone.
    awaitable<bool> say_go_on(Parser& parser) {
        stream_.expires_after(ms(limits::http_body_ms));
        bool const may_ask = version_ >= 11 && !parser.is_done();
        if (may_ask && beast::iequals(parser.get()[http::field::expect], "100-continue")) {
            http::response<http::empty_body> go_on{http::status::continue_, version_};
            auto const [error, written] = co_await http::async_write(stream_, go_on, tuple_awaitable);
            co_return !error;
        }
        co_return true;
    }

    awaitable<bool> read_body(Parser& parser, std::size_t limit, Hold& hold) {
        bool const wanted = co_await say_go_on(parser);
        if (!wanted) {
            co_return false;
        }
        parser.eager(true);
        while (!parser.is_done()) {
            auto const [error, read] = co_await http::async_read_some(stream_, buffer_, parser, tuple_awaitable);
            if (error) {
                std::optional<Response> failure = read_failure(error);
                co_await refuse(failure);
                co_return false;
            }
            std::size_t const size = parser.get().body().size();
            // A chunked body has no length to object to beforehand.
            if (limit > 0 && size > limit) {
                std::optional<Response> failure = problem(fail(errc::too_large, "The body is larger than this route takes."));
                co_await refuse(failure);
                co_return false;
            }
            if (!hold.grow(size)) {
                std::optional<Response> failure = no_room();
                co_await refuse(failure);
                co_return false;
            }
        }
        co_return true;
    }

    /// Answers, if there is an answer, and ends the connection: what follows on it cannot be understood.
    awaitable<bool> refuse(std::optional<Response>& response) {
        if (response) {
            co_await write(*response, false);
        }
        co_return false;
    }

    /// A request that was understood but not wanted: the connection lives on if no body is under way.
    awaitable<bool> refuse_kindly(Parser& parser, Response& response) {
        auto const length = parser.content_length();
        bool const bodiless = !parser.chunked() && (!length || *length == 0);
        bool const keep_alive = bodiless && parser.get().keep_alive() && !shared_.draining();
        co_return co_await write(response, keep_alive);
    }

    /// `hold`: what a body that is made while it is sent takes its room from.
    awaitable<bool> write(Response& response, bool keep_alive, Hold* hold = nullptr) {
        int const status = response.status;
        std::string const code = response.problem;
        std::string_view const document = response.document;
        std::size_t bytes = response.body.size();
        response.headers.emplace_back("X-Request-Id", id_);
        if (response.token.empty() && response.status != 429) {
            shared_.app().describe_rate(token_, response);
        }
        std::shared_ptr<BodySource> const rest = response.rest;
        std::string first;
        if (rest != nullptr) {
            first = std::move(response.body);
        }
        auto message = to_message(std::move(response), version_, keep_alive, head_);
        stream_.expires_after(ms(limits::http_write_ms));
        beast::error_code error;
        bool whole = true;
        if (head_ || rest != nullptr) {
            http::response_serializer<http::string_body> serializer{message};
            auto const result = co_await http::async_write_header(stream_, serializer, tuple_awaitable);
            error = std::get<0>(result);
            if (!error && !head_) {
                Pieces pieces(stream_, version_, *hold);
                whole = co_await pieces.send(first, rest);
                keep_alive = whole && message.keep_alive();
                bytes = pieces.sent();
            }
        } else {
            auto const result = co_await http::async_write(stream_, message, tuple_awaitable);
            error = std::get<0>(result);
        }
        whole = whole && !error;
        tell(status, code, bytes, document, whole);
        co_return !error && keep_alive;
    }

    std::string const remote_;
    Stream stream_;
    Peer const peer_;
    Connections& shared_;
    Connection connection_{stream_};
    beast::flat_buffer buffer_{limits::http_header_bytes + read_chunk + 65'536};
    unsigned version_ = 11;
    bool head_ = false;
    // Of the request that is being answered
    std::chrono::steady_clock::time_point begun_;
    Route const* route_ = nullptr;
    Method method_ = Method::other;
    std::string id_;
    std::string traceparent_;
    std::string token_;
    std::string account_;
    std::size_t bytes_in_ = 0;
};

}  // namespace

awaitable<void> serve_connection(Socket socket, std::shared_ptr<Tls> tls, Peer peer, Connections& shared) {
    Session session(std::move(socket), tls, peer, shared);
    co_await session.run();
}

}  // namespace cl::api::net
