// Between Beast's messages and our own Request and Response.
//
// Threads: pure functions, any thread.
#pragma once

#include "api/http.hpp"

#include <boost/beast/core/error.hpp>
#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include <optional>

namespace cl::api::net {

namespace http = boost::beast::http;

/// The header of a request; the body is still to come. errc::malformed where the target is none.
[[nodiscard]] Result<Request> to_request(http::request_header<> const& header);

/// The message to send. `head`: the length is told, the body is not sent. A response with a rest becomes its header alone, chunked.
[[nodiscard]] http::response<http::string_body> to_message(Response response, unsigned version, bool keep_alive, bool head);

/// The header of an answer whose body is sent piece by piece, as text: chunked, or up to the connection's end for HTTP/1.0.
[[nodiscard]] std::string head_text(Response response, unsigned version, bool keep_alive);

/// What to answer to a failed read, or nothing where the connection can only be closed (end of stream, time-out, reset).
[[nodiscard]] std::optional<Response> read_failure(boost::beast::error_code error);

}  // namespace cl::api::net
