// Written around two faults of g++ 12 (docs/architecture.md): everything awaited has a name first.
#include "api/net/pieces.hpp"

#include "ledger/core/limits.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/chunk_encode.hpp>

#include <chrono>
#include <utility>

namespace cl::api::net {

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::awaitable;

constexpr auto tuple_awaitable = asio::as_tuple(asio::use_awaitable);

/// Resumes on the connection's executor, whichever thread has made the piece.
template <class Token>
auto async_next(std::shared_ptr<BodySource> const& rest, Token&& token) {
    auto initiate = [&rest](auto handler) {
        asio::any_io_executor const executor = asio::get_associated_executor(handler);
        struct Waiting {
            decltype(handler) resume;
            asio::executor_work_guard<asio::any_io_executor> work;
        };
        auto waiting = std::make_shared<Waiting>(Waiting{std::move(handler), asio::make_work_guard(executor)});
        rest->next([waiting, executor](Result<BodySource::Piece> piece) {
            asio::post(executor, [waiting, piece = std::move(piece)]() mutable {
                auto resume = std::move(waiting->resume);
                waiting->work.reset();
                resume(std::move(piece));
            });
        });
    };
    return asio::async_initiate<Token, void(Result<BodySource::Piece>)>(std::move(initiate), token);
}

}  // namespace

awaitable<bool> Pieces::send(std::string const& first, std::shared_ptr<BodySource> const& rest) {
    bool sent = co_await write(first);
    BodySource::Piece piece;
    while (sent && !piece.last) {
        stream_.expires_never();
        bool const came = co_await get(rest, piece);
        if (!came) {
            co_return false;
        }
        hold_.trade(piece.bytes.size());
        sent = co_await write(piece.bytes);
    }
    if (!sent) {
        co_return false;
    }
    co_return co_await write_end();
}

awaitable<bool> Pieces::write(std::string const& bytes) {
    if (bytes.empty()) {
        co_return true;  // an empty chunk would end the body
    }
    stream_.expires_after(std::chrono::milliseconds(limits::http_write_ms));
    asio::const_buffer const buffer(bytes.data(), bytes.size());
    boost::beast::error_code error;
    if (chunked_) {
        auto const chunk = http::make_chunk(buffer);
        auto const result = co_await asio::async_write(stream_, chunk, tuple_awaitable);
        error = std::get<0>(result);
    } else {
        auto const result = co_await asio::async_write(stream_, buffer, tuple_awaitable);
        error = std::get<0>(result);
    }
    sent_ += bytes.size();
    co_return !error;
}

awaitable<bool> Pieces::write_end() {
    if (!chunked_) {
        co_return true;
    }
    stream_.expires_after(std::chrono::milliseconds(limits::http_write_ms));
    auto const end = http::make_chunk_last();
    auto const result = co_await asio::async_write(stream_, end, tuple_awaitable);
    co_return !std::get<0>(result);
}

awaitable<bool> Pieces::get(std::shared_ptr<BodySource> const& rest, BodySource::Piece& piece) {
    for (int waited = 0; waited <= limits::http_write_ms; waited += limits::report_retry_ms) {
        Result<BodySource::Piece> next = co_await async_next(rest, asio::use_awaitable);
        if (next) {
            piece = std::move(*next);
            co_return true;
        }
        if (next.error().code != errc::busy) {
            co_return false;
        }
        asio::steady_timer pause(stream_.get_executor());
        pause.expires_after(std::chrono::milliseconds(limits::report_retry_ms));
        co_await pause.async_wait(tuple_awaitable);
    }
    co_return false;
}

}  // namespace cl::api::net
