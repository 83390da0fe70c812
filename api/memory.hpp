// The memory that requests and answers may hold together (ledger/core/limits.hpp): bodies as they arrive, answers before they are made
// and until they are sent. What does not fit is refused with 503 before anything is done, so that memory is bounded by a number.
//
// Threads: any thread; a Hold belongs to one request and may go from thread to thread with it.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace cl::api {

class Memory {
public:
    [[nodiscard]] std::size_t used() const;

private:
    friend class Hold;
    /// What the requests of one token hold, and what of their announced bodies is still to come.
    struct Token {
        std::size_t held = 0;
        std::size_t coming = 0;
    };
    /// With mutex_ held: may a hold of `from` bytes become one of `to`?
    [[nodiscard]] bool allows(std::string const& token, std::size_t from, std::size_t to) const;
    void change(std::string const& token, std::size_t from, std::size_t to);
    void expect(std::string const& token, std::size_t from, std::size_t to);

    mutable std::mutex mutex_;
    std::size_t used_ = 0;                           // guarded by mutex_
    std::unordered_map<std::string, Token> tokens_;  // guarded by mutex_
};

/// What one request holds; given back with the object.
///
/// Rules: a small hold (limits::http_body_bytes or less) may use the whole pool, a larger one three quarters of it, so that a STOP gets
/// in beside announced batches; all holds of one token together at most limits::http_principal_bytes, and a quarter more for small
/// ones, but a single request is never refused for its token's share alone. An announced body takes nothing of the pool until it
/// arrives; but it is only begun while its token's requests, with what they still expect, need no more than half of the share, so that
/// what was begun can also be answered.
class Hold {
public:
    /// `token`: who asks; empty on public routes, which share one part.
    Hold(std::shared_ptr<Memory> memory, std::string token) : memory_(std::move(memory)), token_(std::move(token)) {}
    ~Hold() { trade(0); }
    Hold(Hold const&) = delete;
    Hold& operator=(Hold const&) = delete;

    /// A body of `bytes` is to come: false if it should not be begun now. At most once, and before anything is held.
    [[nodiscard]] bool announce(std::size_t bytes);
    /// Holds at least `bytes`, or says that there is no room and stays as it is.
    [[nodiscard]] bool grow(std::size_t bytes);
    /// Holds exactly `bytes`, room or no room: the memory is in use already. Nothing is expected any more.
    void trade(std::size_t bytes);
    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

private:
    std::shared_ptr<Memory> memory_;
    std::string token_;
    std::size_t bytes_ = 0;
    std::size_t coming_ = 0;
};

}  // namespace cl::api
