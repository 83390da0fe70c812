// What is to be sent on a connection while something else goes on: kept in order and written as fast as its reader reads.
//
// Threads: the I/O thread only.
#pragma once

#include "api/net/connections.hpp"

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <string>

namespace cl::api::net {

class Outbox : public std::enable_shared_from_this<Outbox> {
public:
    /// `chunked`: what is pushed becomes a chunk each (RFC 9112 7.1). `changed` is called when a piece was written or could not be; it
    /// must live until idle(). The stream's own deadlines are not used.
    Outbox(Stream& stream, bool chunked, std::function<void()> changed)
        : stream_(stream), chunked_(chunked), changed_(std::move(changed)) {}

    /// Bytes as they are, before the body.
    void push_head(std::string bytes);
    /// A piece of the body; nothing is done for an empty one.
    void push(std::string bytes);
    /// No more pieces.
    void push_end();

    /// Bytes not yet written.
    [[nodiscard]] std::size_t held() const noexcept { return held_; }
    /// Bytes of the body that were written or given to the system, chunk headers aside.
    [[nodiscard]] std::size_t sent() const noexcept { return sent_; }
    /// Nothing is being written.
    [[nodiscard]] bool idle() const noexcept { return !writing_; }
    /// The other side is gone; what was held was thrown away.
    [[nodiscard]] bool failed() const noexcept { return failed_; }

private:
    void add(std::string bytes);
    void pump();

    Stream& stream_;
    bool const chunked_;
    std::function<void()> const changed_;
    std::deque<std::string> pieces_;
    std::string under_way_;
    std::size_t held_ = 0;
    std::size_t sent_ = 0;
    bool writing_ = false;
    bool failed_ = false;
};

}  // namespace cl::api::net
