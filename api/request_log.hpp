// One line a request, for the operator: what was asked of which route and account, by which token, what came of it and how long it took. Never a
// path, a query, a body or an address: numbers and ids of persons stand there.
//
// Threads: pure functions and plain values, any thread.
#pragma once

#include "api/http.hpp"
#include "api/router.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace cl::api {

/// What is known of a request when it was answered.
struct Answered {
    std::string_view id;           ///< Request::id
    std::string_view traceparent;  ///< as it came; empty = none; told if its trace id can be a random one
    std::string_view token;        ///< the token's id, also of one that was turned away; empty = nobody
    std::string_view account{};    ///< that the route is about, as it was asked for; empty = none
    Route const* route = nullptr;  ///< null: none matched
    Method method = Method::other;
    int status = 0;
    std::string_view problem{};  ///< the code of the problem that was answered; empty = none
    std::size_t bytes_in = 0;
    std::size_t bytes_out = 0;
    std::chrono::nanoseconds taken{};
    std::string_view remote{};    ///< Request::remote, which no line shows
    std::string_view document{};  ///< Response::document
    bool whole = true;            ///< the answer went out to its last byte
};

/// The members of a line, as JSON: {"request":…,"method":…,"route":…,"status":…,…}.
[[nodiscard]] std::string describe(Answered const& answered);

/// What a client may choose as X-Request-Id: 1 to 64 of A-Z a-z 0-9 . _ -; a UUID, or without seven digits in a row, which may be a
/// number: the log shows it.
[[nodiscard]] bool valid_request_id(std::string_view text) noexcept;

}  // namespace cl::api
