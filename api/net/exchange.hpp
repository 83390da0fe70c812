// A body of lines that is answered while it arrives: reading, recording and sending go on beside each other.
//
// Memory: one block is being recorded, about one more is read ahead, and results wait for a reader that is slower than its own sending: up to
// limits::stream_held_bytes, so that a client that sends everything before it reads anything is served. Beyond that nothing more is read.
//
// Deadlines: limits::http_body_ms without any progress ends the connection. Progress is a whole line that came, a piece of the answer
// that went, a block that was recorded; while the service has the block nobody is blamed.
//
// Threads: the I/O thread only.
#pragma once

#include "api/line_blocks.hpp"
#include "api/net/body.hpp"
#include "api/net/connections.hpp"
#include "api/net/outbox.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace cl::api::net {

/// True for a body that is answered while it arrives.
[[nodiscard]] bool takes_stream(Route const& route, Request const& request);
/// Such a body is as long as it likes, but needs room to work in: takes it, or says that there is none.
[[nodiscard]] std::optional<Response> object_to_stream(Parser const& parser, Hold& hold);

class Exchange : public std::enable_shared_from_this<Exchange> {
public:
    /// The connection's; all outlive the exchange, or end with the server's context.
    struct Wire {
        Stream& stream;
        boost::beast::flat_buffer& buffer;
        Parser& parser;  ///< has read the header
        Connection& connection;
        Connections const& shared;
    };
    /// `head`: the header of the answer as it is sent. `hold` holds what blocks in the making take.
    Exchange(Wire const& wire, std::shared_ptr<BodyStream> body, std::shared_ptr<Hold> hold, std::string head);

    /// To the end: all answered and sent, broken off, or the connection gone. What was given to the service has been answered by then.
    [[nodiscard]] boost::asio::awaitable<void> run();

    /// Nothing was sent: the response that is to be sent instead.
    [[nodiscard]] std::optional<Response>& instead() noexcept { return instead_; }
    /// All was read and answered: the connection may serve another request.
    [[nodiscard]] bool whole() const noexcept { return whole_ && !outbox_->failed(); }
    [[nodiscard]] std::size_t received() const noexcept { return received_; }
    [[nodiscard]] std::size_t sent() const noexcept { return outbox_->sent(); }

private:
    // Reading
    [[nodiscard]] bool reading() const noexcept;
    [[nodiscard]] boost::asio::awaitable<void> read();
    void took(boost::beast::error_code error);
    void stop_reading(Error const& why);

    // Recording
    void step();
    void stepped(Result<std::string> answer);
    void try_again();
    [[nodiscard]] bool ripe();

    // Answering
    void begin();
    void finish();
    void break_off(Response failure);

    // Waiting
    [[nodiscard]] boost::asio::awaitable<void> pause();
    [[nodiscard]] bool settled() const noexcept;
    void wrote();
    void changed();
    void progress();

    Wire const wire_;
    std::shared_ptr<BodyStream> const body_;
    std::shared_ptr<Hold> const hold_;
    std::size_t const work_bytes_;
    std::string head_;
    std::shared_ptr<Outbox> outbox_;
    LineBlocks lines_;
    std::shared_ptr<std::string const> block_;  ///< being recorded, or waiting for it
    std::optional<Error> stop_;                 ///< no more is read, and why
    std::optional<Response> instead_;
    std::optional<std::chrono::steady_clock::time_point> refused_since_;
    boost::asio::steady_timer change_;
    boost::asio::steady_timer retry_;
    boost::asio::steady_timer watchdog_;
    std::size_t received_ = 0;
    bool in_read_ = false;
    bool ended_ = false;     ///< the body is whole
    bool gone_ = false;      ///< the other side is
    bool stepping_ = false;  ///< the service has the block
    bool retrying_ = false;
    bool gathering_ = false;
    bool ripe_ = false;   ///< the first block may be taken
    bool begun_ = false;  ///< the header is on its way
    bool over_ = false;   ///< nothing more is added to the answer
    bool whole_ = false;
    bool left_ = false;  ///< run() has ended
};

}  // namespace cl::api::net
