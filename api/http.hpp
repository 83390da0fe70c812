// A request and a response as the handlers see them: no sockets, no Beast, so that a handler is tested by calling it.
//
// Threads: plain values; a Responder may be called from any thread, exactly once.
#pragma once

#include "ledger/core/error.hpp"
#include "ledger/core/json.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cl::api {

enum class Method : std::uint8_t { get, head, post, put, options, other };

/// `GET` …; `other` for the rest.
[[nodiscard]] std::string_view name(Method method) noexcept;

/// Header fields that a provider's webhook is signed with, in lower case.
inline constexpr std::string_view signature_fields[] = {"x-twilio-signature",
                                                        "telnyx-signature-ed25519",
                                                        "telnyx-timestamp",
                                                        "x-plivo-signature-v2",
                                                        "x-plivo-signature-v2-nonce",
                                                        "x-plivo-signature-v3",
                                                        "x-plivo-signature-v3-nonce",
                                                        "x-sinch-webhook-signature",
                                                        "x-sinch-webhook-signature-nonce",
                                                        "x-sinch-webhook-signature-timestamp",
                                                        "x-sinch-webhook-signature-algorithm"};

/// Header fields that a handler looks at; everything else of the request stays at the edge.
struct Request {
    Method method = Method::other;
    std::string path;                                        ///< percent-decoded, without the query
    std::vector<std::pair<std::string, std::string>> query;  ///< decoded, in order
    std::string raw_query;                                   ///< as it came: what some providers sign
    std::string authorization;
    std::string content_type;  ///< media type alone, lower case, no parameters
    std::string accept;
    std::string idempotency_key;
    std::string if_none_match;
    std::string remote;       ///< the address that it came from, of IPv6 the network of 64 bits; empty on the admin socket
    std::string id;           ///< X-Request-Id where the client sent an acceptable one, else given by the server
    std::string traceparent;  ///< W3C Trace Context; empty where there is none, or none that is valid
    std::vector<std::pair<std::string, std::string>> signatures;  ///< the fields of `signature_fields` that are there
    std::vector<std::pair<std::string, std::string>>
        event;  ///< the fields `ce-…` of a CloudEvent in binary mode, without `ce-`
    std::string body;

    /// The query parameter of that name; the first one.
    [[nodiscard]] std::optional<std::string_view> parameter(std::string_view name) const;
    /// One of `signature_fields`, or empty.
    [[nodiscard]] std::string_view signature(std::string_view name) const;
};

/// More of a body than is held at once: asked for piece by piece, while the pieces before are sent.
class BodySource {
public:
    virtual ~BodySource() = default;
    struct Piece {
        std::string bytes;  ///< may be empty
        bool last = false;
    };
    /// Calls `done` exactly once, from some thread; not called again before that. errc::busy: try again later. After any other
    /// failure the body cannot be finished.
    virtual void next(std::function<void(Result<Piece>)> done) = 0;
};

struct Response;

/// A body of lines that is taken while it arrives and answered while it is taken; LineBlocks cuts it into blocks of whole lines.
class BodyStream {
public:
    virtual ~BodyStream() = default;
    /// How blocks are cut: the arguments of LineBlocks. How many lines there are, up to and beyond `first`, makes a difference to the answer;
    /// whoever gives the blocks waits a moment for that before the first one.
    struct Cut {
        std::size_t first = 0;
        std::size_t items = 0;
    };
    [[nodiscard]] virtual Cut cut() const = 0;
    /// Takes a block; `lines`: that have come so far, in this block and behind it. Calls `done` exactly once, from some thread or at once, with lines of the answer; not called again before that.
    /// errc::busy: nothing was done, and the same block may be given again. After any other failure the stream is over.
    virtual void take(std::shared_ptr<std::string const> const& block, std::size_t lines,
                      std::function<void(Result<std::string>)> done) = 0;
    /// The answer's last line, when all blocks were taken; or what is wrong with the request where there was none.
    [[nodiscard]] virtual Result<std::string> finish() = 0;
    /// A failure as a response; the log says what is the service's own fault.
    [[nodiscard]] virtual Response failure(Error const& why) const = 0;
    /// The same as the last line of an answer that has begun.
    [[nodiscard]] virtual std::string last_line(Response const& failure) const = 0;
};

struct Response {
    int status = 200;
    std::string content_type = "application/json";
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
    std::shared_ptr<BodySource> rest{};  ///< what follows `body`; null where that is all
    std::string problem{};               ///< the `code` of a problem; empty for any other answer
    std::string token{};                 ///< id of the token that is turned away with this, for the log; not sent
    std::string_view document{};         ///< an export, and its format as the metrics name it; a constant
};

using Responder = std::function<void(Response)>;

/// RFC 9457: `type` /problems/<code>, `title`, `status`, `detail`, `code`, and `errors` with the JSON pointer. 401 carries
/// WWW-Authenticate, 503 Retry-After.
[[nodiscard]] Response problem(Error const& error);
/// The same where the status says more than an errc does (405, 408, 415, 429, 431 …): `code` names it, `more` are extension members.
[[nodiscard]] Response problem(int status, std::string_view code, std::string_view title, std::string_view detail,
                               json::Object const& more = {});
/// What a problem says to the client: never more than its own request and the state of the service.
[[nodiscard]] std::string public_detail(Error const& error);
/// The HTTP status of a failure; for results inside a batch.
[[nodiscard]] int status_of(errc code) noexcept;
/// The problem as JSON, to stand inside a batch's result.
[[nodiscard]] std::string problem_body(Error const& error);

/// A strong entity tag of a body: a quoted digest of its bytes (RFC 9110 8.8.3).
[[nodiscard]] std::string entity_tag(std::string_view body);
/// Whether an If-None-Match field names the tag, or is `*` (RFC 9110 13.1.2, weak comparison).
[[nodiscard]] bool names_tag(std::string_view if_none_match, std::string_view tag) noexcept;

/// Splits a request target into path and query, percent-decoding both: an absolute path, or a whole http(s) URI, whose host counts
/// instead of the field Host (RFC 9112 3.2.1 and 3.2.2), or for OPTIONS `*` (3.2.4), which becomes the path. errc::malformed for any other
/// form, a bad escape, a NUL.
[[nodiscard]] Result<void> split_target(std::string_view target, Request& request);
/// Whether the field Host names a host, with or without a port (RFC 9110 7.2). An empty one names none.
[[nodiscard]] bool valid_host(std::string_view field) noexcept;

}  // namespace cl::api
