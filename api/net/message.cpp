#include "api/net/message.hpp"

#include "api/request_log.hpp"
#include "ledger/core/ascii.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/core/trace_context.hpp"

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/write.hpp>

#include <algorithm>
#include <sstream>

namespace cl::api::net {

namespace {

Method to_method(http::verb verb) {
    switch (verb) {
    case http::verb::get: return Method::get;
    case http::verb::head: return Method::head;
    case http::verb::post: return Method::post;
    case http::verb::put: return Method::put;
    case http::verb::options: return Method::options;
    default: return Method::other;
    }
}

/// `Application/JSON; charset=utf-8` -> `application/json`.
std::string media_type(std::string_view field) {
    std::string_view bare = field.substr(0, field.find(';'));
    while (bare.ends_with(' ') || bare.ends_with('\t')) {
        bare.remove_suffix(1);
    }
    return ascii::lower(bare);
}

/// draft-ietf-httpapi-idempotency-key-header-07: a structured-field string (RFC 8941 3.3.3), so quoted, `\\"` and `\\\\` escaped, and parameters
/// that mean nothing here. The bare form is common and accepted as it is.
Result<std::string> idempotency_key(std::string_view field) {
    if (!field.starts_with('"')) {
        return std::string(field);
    }
    Error const bad = fail(errc::malformed, "The Idempotency-Key is no structured-field string.");
    std::string key;
    for (std::size_t i = 1; i < field.size(); ++i) {
        char const c = field[i];
        if (c == '"') {
            bool const parameters = i + 1 < field.size() && field[i + 1] == ';';
            return i + 1 == field.size() || parameters ? Result<std::string>(std::move(key)) : Result<std::string>(bad);
        }
        if (c == '\\' && i + 1 < field.size() && (field[i + 1] == '"' || field[i + 1] == '\\')) {
            key.push_back(field[++i]);
        } else if (c == '\\' || c < 0x20 || c > 0x7e) {
            return bad;
        } else {
            key.push_back(c);
        }
    }
    return bad;
}

/// The fields of a CloudEvent in binary mode, in lower case and without their `ce-`.
std::vector<std::pair<std::string, std::string>> event_fields(http::request_header<> const& header) {
    constexpr std::string_view prefix = "ce-";
    std::vector<std::pair<std::string, std::string>> fields;
    for (auto const& field : header) {
        std::string const name = ascii::lower({field.name_string().data(), field.name_string().size()});
        if (name.starts_with(prefix)) {
            fields.emplace_back(name.substr(prefix.size()), std::string(field.value().data(), field.value().size()));
        }
    }
    return fields;
}

/// RFC 9112 6.1 and 6.3: where the last coding is not `chunked`, nobody can say where the body ends, and what follows would be read as another
/// request. No other coding is read here. The parser knows `chunked` alone, and takes any other for a request without a body.
bool framed(http::request_header<> const& header) {
    auto const codings = header.count(http::field::transfer_encoding);
    if (codings == 0) {
        return true;
    }
    return codings == 1 && header.version() >= 11 && boost::beast::iequals(header[http::field::transfer_encoding], "chunked");
}

/// What every answer has.
void set_common(http::response_header<>& message, Response const& response) {
    bool cache_control = false;
    for (auto const& [name, value] : response.headers) {
        message.set(name, value);
        cache_control = cache_control || name == "Cache-Control";
    }
    if (!cache_control) {
        message.set(http::field::cache_control, "no-store");
    }
    message.set("X-Content-Type-Options", "nosniff");
}

}  // namespace

Result<Request> to_request(http::request_header<> const& header) {
    auto const field = [&header](http::field name) {
        auto const value = header[name];
        return std::string_view(value.data(), value.size());
    };
    if (!framed(header)) {
        return fail(errc::malformed, "The only Transfer-Encoding is chunked.");
    }
    Request request;
    request.method = to_method(header.method());
    request.authorization = field(http::field::authorization);
    request.content_type = media_type(field(http::field::content_type));
    request.accept = field(http::field::accept);
    request.if_none_match = field(http::field::if_none_match);
    // Two of them, and a proxy may have decided by the other one (RFC 9110 5.3, RFC 9112 3.2).
    auto const hosts = header.count(http::field::host);
    if (hosts > 1 || header.count(http::field::authorization) > 1) {
        return fail(errc::malformed, "Host or Authorization is given twice.");
    }
    bool const host_needed = header.version() >= 11;
    if ((hosts == 0 && host_needed) || (hosts == 1 && !valid_host(field(http::field::host)))) {
        return fail(errc::malformed, "The Host is missing, or names no host.");
    }
    if (header.count("Idempotency-Key") > 1) {
        return fail(errc::malformed, "The Idempotency-Key is given twice.");
    }
    std::string_view const key(header["Idempotency-Key"].data(), header["Idempotency-Key"].size());
    CL_TRY_ASSIGN(request.idempotency_key, idempotency_key(key));
    request.event = event_fields(header);
    // What is not acceptable is left out, not refused: it is there for whoever reads logs.
    auto const custom = [&header](char const* name) {
        auto const value = header[name];
        return std::string_view(value.data(), value.size());
    };
    if (valid_request_id(custom("X-Request-Id"))) {
        request.id = custom("X-Request-Id");
    }
    if (valid_traceparent(custom("traceparent"))) {
        request.traceparent = custom("traceparent");
    }
    for (std::string_view const name : signature_fields) {
        auto const value = header[boost::beast::string_view(name.data(), name.size())];
        if (!value.empty()) {
            request.signatures.emplace_back(name, std::string(value.data(), value.size()));
        }
    }
    if (header.target().size() > limits::http_target_bytes) {
        return fail(errc::too_large, "The request target is longer than this service reads.");
    }
    CL_TRY(split_target(std::string_view(header.target().data(), header.target().size()), request));
    return request;
}

http::response<http::string_body> to_message(Response response, unsigned version, bool keep_alive, bool head) {
    http::response<http::string_body> message{static_cast<http::status>(response.status), version};
    set_common(message, response);
    message.keep_alive(keep_alive);
    std::size_t const length = response.body.size();
    if (response.status != 304) {
        message.set(http::field::content_type, response.content_type);
        if (response.rest == nullptr) {
            message.content_length(length);
        } else if (version >= 11) {
            message.chunked(true);
        } else {
            message.keep_alive(false);  // HTTP/1.0: the body ends with the connection
        }
    }
    if (!head && response.status != 304 && response.rest == nullptr) {
        message.body() = std::move(response.body);
    }
    return message;
}

std::string head_text(Response response, unsigned version, bool keep_alive) {
    http::response<http::empty_body> message{static_cast<http::status>(response.status), version};
    set_common(message, response);
    message.keep_alive(keep_alive && version >= 11);
    message.set(http::field::content_type, response.content_type);
    if (version >= 11) {
        message.chunked(true);
    }
    std::ostringstream text;
    text << message.base();
    return text.str();
}

std::optional<Response> read_failure(boost::beast::error_code error) {
    if (error.category() != http::make_error_code(http::error::end_of_stream).category()) {
        return std::nullopt;  // the transport's: closed, reset, timed out
    }
    switch (static_cast<http::error>(error.value())) {
    case http::error::end_of_stream:
    case http::error::partial_message: return std::nullopt;
    case http::error::header_limit:
        return problem(431, "header_too_large", "Header too large", "The request's header is larger than this service reads.");
    case http::error::buffer_overflow:
    case http::error::body_limit: return problem(fail(errc::too_large, "The body is larger than this route takes."));
    default: return problem(fail(errc::malformed, "Not a valid HTTP/1.1 request."));
    }
}

}  // namespace cl::api::net
