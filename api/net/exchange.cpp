// Written around two faults of g++ 12 (docs/architecture.md): everything awaited has a name first.
#include "api/net/exchange.hpp"

#include "api/net/message.hpp"
#include "ledger/core/limits.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/read.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <utility>

namespace cl::api::net {

namespace {

namespace asio = boost::asio;
using asio::awaitable;
using std::chrono::steady_clock;

constexpr auto tuple_awaitable = asio::as_tuple(asio::use_awaitable);

std::chrono::milliseconds ms(int value) {
    return std::chrono::milliseconds(value);
}

}  // namespace

bool takes_stream(Route const& route, Request const& request) {
    auto const& types = route.stream_types;
    return route.stream != nullptr && std::find(types.begin(), types.end(), request.content_type) != types.end();
}

std::optional<Response> object_to_stream(Parser const& parser, Hold& hold) {
    // A step's results are about half a megabyte; of a short body that was announced there are besides: itself, its block, what is parsed.
    constexpr std::uint64_t most = limits::stream_work_bytes;
    std::uint64_t const length = std::min(parser.content_length().value_or(most), most);
    std::uint64_t const work = std::min(4 * length + limits::small_answer_bytes, most);
    if (hold.grow(static_cast<std::size_t>(work))) {
        return std::nullopt;
    }
    return problem(fail(errc::busy, {}));
}

Exchange::Exchange(Wire const& wire, std::shared_ptr<BodyStream> body, std::shared_ptr<Hold> hold, std::string head)
    : wire_(wire),
      body_(std::move(body)),
      hold_(std::move(hold)),
      work_bytes_(hold_->bytes()),
      head_(std::move(head)),
      outbox_(std::make_shared<Outbox>(wire.stream, wire.parser.get().version() >= 11, [this] { wrote(); })),
      lines_(body_->cut().first, body_->cut().items),
      change_(wire.stream.get_executor(), steady_clock::time_point::max()),
      retry_(wire.stream.get_executor()),
      watchdog_(wire.stream.get_executor()) {}

awaitable<void> Exchange::run() {
    wire_.stream.expires_never();
    // Not eager: an eager parser that has a whole chunk still waits for the next one before it hands it over.
    wire_.parser.eager(false);
    progress();
    while (!over_ && !gone_ && !stop_ && !wire_.parser.is_done()) {
        if (wire_.shared.draining()) {
            stop_reading(fail(errc::not_ready, "the service is stopping"));
        } else if (reading()) {
            co_await read();
        } else {
            co_await pause();
        }
    }
    if (wire_.parser.is_done() && !gone_) {
        ended_ = true;
        lines_.end();
    }
    step();
    while (!settled()) {
        co_await pause();
    }
    left_ = true;
    retry_.cancel();
    watchdog_.cancel();
    wire_.connection.idle = false;
}

/// An unfinished line is no reason to stop: nothing can be done with it before its end is there.
bool Exchange::reading() const noexcept {
    return lines_.held() < limits::stream_step_bytes && outbox_->held() <= limits::stream_held_bytes;
}

awaitable<void> Exchange::read() {
    in_read_ = true;
    changed();
    auto const result = co_await boost::beast::http::async_read_some(wire_.stream, wire_.buffer, wire_.parser, tuple_awaitable);
    in_read_ = false;
    wire_.connection.idle = false;
    took(std::get<0>(result));
}

void Exchange::took(boost::beast::error_code error) {
    std::string& body = wire_.parser.get().body();
    std::size_t const lines = lines_.lines();
    received_ += body.size();
    lines_.put(body);
    body.clear();
    if (lines_.lines() > lines) {
        progress();
    }
    if (wire_.shared.draining() && !wire_.parser.is_done()) {
        stop_reading(fail(errc::not_ready, "the service is stopping"));
    } else if (error && read_failure(error)) {
        stop_reading(fail(errc::malformed, "Not a valid HTTP/1.1 request."));
    } else if (error) {
        gone_ = true;
    }
    step();
}

void Exchange::stop_reading(Error const& why) {
    stop_ = why;
}

void Exchange::step() {
    if (stepping_ || retrying_ || over_ || gone_ || outbox_->failed()) {
        return;
    }
    if (block_ == nullptr && lines_.has_block()) {
        if (!ripe()) {
            return;
        }
        block_ = std::make_shared<std::string const>(lines_.take_block());
    }
    if (block_ == nullptr) {
        if (stop_) {
            break_off(body_->failure(*stop_));
        } else if (ended_) {
            finish();
        }
        return;
    }
    if (outbox_->held() > limits::stream_held_bytes) {
        return;  // its reader is to read first: changed() comes back here
    }
    if (!hold_->grow(work_bytes_ + outbox_->held())) {
        try_again();
        return;
    }
    stepping_ = true;
    auto const executor = wire_.stream.get_executor();
    body_->take(block_, lines_.lines(), [self = shared_from_this(), executor](Result<std::string> answer) {
        asio::post(executor, [self, answer = std::move(answer)]() mutable { self->stepped(std::move(answer)); });
    });
}

/// A client that sends its lines at once is not answered as if the first few were all.
bool Exchange::ripe() {
    std::size_t const few = body_->cut().first;
    ripe_ = ripe_ || ended_ || stop_ || few == 0 || lines_.lines() > few || lines_.held() >= limits::http_inline_bytes;
    if (!ripe_ && !gathering_) {
        gathering_ = true;
        retry_.expires_after(ms(limits::stream_gather_ms));
        retry_.async_wait([self = shared_from_this()](boost::beast::error_code error) {
            if (!error) {
                self->ripe_ = true;
                self->step();
                self->changed();
            }
        });
    }
    return ripe_;
}

void Exchange::stepped(Result<std::string> answer) {
    stepping_ = false;
    progress();
    if (answer) {
        refused_since_.reset();
        block_.reset();
        begin();
        outbox_->push(std::move(*answer));
        step();
    } else if (answer.error().code == errc::busy) {
        try_again();
    } else {
        break_off(body_->failure(answer.error()));
    }
    changed();
}

/// Waiting a little is better than breaking off in the middle; but not for ever.
void Exchange::try_again() {
    auto const now = steady_clock::now();
    refused_since_ = refused_since_.value_or(now);
    if (now - *refused_since_ > ms(limits::stream_wait_ms)) {
        break_off(body_->failure(fail(errc::busy, {})));
        return;
    }
    retrying_ = true;
    retry_.expires_after(ms(limits::report_retry_ms));
    retry_.async_wait([self = shared_from_this()](boost::beast::error_code) {
        self->retrying_ = false;
        self->step();
        self->changed();
    });
}

void Exchange::begin() {
    if (!begun_) {
        begun_ = true;
        outbox_->push_head(std::move(head_));
    }
}

void Exchange::finish() {
    auto last = body_->finish();
    if (!last) {
        break_off(body_->failure(last.error()));
        return;
    }
    begin();
    outbox_->push(std::move(*last));
    outbox_->push_end();
    over_ = whole_ = true;
}

void Exchange::break_off(Response failure) {
    over_ = true;
    if (!begun_) {
        instead_ = std::move(failure);
        return;
    }
    outbox_->push(body_->last_line(failure));
    outbox_->push_end();
}

bool Exchange::settled() const noexcept {
    return !stepping_ && outbox_->idle() && (over_ || gone_ || outbox_->failed());
}

awaitable<void> Exchange::pause() {
    change_.expires_at(steady_clock::time_point::max());
    auto const result = co_await change_.async_wait(tuple_awaitable);
    static_cast<void>(result);
}

void Exchange::wrote() {
    gone_ = gone_ || outbox_->failed();
    progress();
    step();
    changed();
}

/// Something is different: what is held, who is waited for.
void Exchange::changed() {
    if (left_) {
        return;
    }
    hold_->trade(work_bytes_ + outbox_->held());
    bool const quiet = !stepping_ && block_ == nullptr && outbox_->idle();
    wire_.connection.idle = in_read_ && quiet;
    bool const unwanted = over_ || gone_ || (quiet && wire_.shared.draining());
    if (in_read_ && unwanted && outbox_->idle()) {
        wire_.stream.cancel();  // what still comes is not read any more
    }
    change_.cancel();
}

void Exchange::progress() {
    if (left_) {
        return;
    }
    watchdog_.expires_after(ms(limits::http_body_ms));
    watchdog_.async_wait([self = shared_from_this()](boost::beast::error_code error) {
        if (error || self->left_ || self->watchdog_.expiry() > steady_clock::now()) {
            return;
        }
        if (self->stepping_ || self->retrying_) {
            self->progress();
            return;
        }
        self->gone_ = true;
        self->wire_.stream.close();
        self->change_.cancel();
    });
}

}  // namespace cl::api::net
