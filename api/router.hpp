// The table of routes: method, path, who may call it, how large its body may be, and the handler. 404, 405, 401, 403 and 413 fall out
// of the table, in one place, before a body is read.
//
// Threads: immutable after construction, any thread.
#pragma once

#include "api/http.hpp"
#include "api/memory.hpp"
#include "ledger/service/requests.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cl::api {

class App;

/// What a handler gets: the request, the path's variables in order, and who asks (nobody on public routes).
struct Call {
    App& app;
    Request request;
    std::vector<std::string> variables;
    service::Principal principal;
    Responder respond;
    std::shared_ptr<Hold> hold;  ///< what the request holds of the app's memory
    bool over_rate = false;      ///< OverRate::judged, and the token's rate is used up

    [[nodiscard]] std::string const& account() const { return variables.front(); }
};

using Handler = void (*)(Call call);
/// Begins to take a body while it arrives, or says why not. Of the call, `request.body` is empty, and nobody is to respond.
using StreamOpener = boost::system::result<std::shared_ptr<BodyStream>, Response> (*)(Call call);

/// What becomes of a request whose token has used up its rate. An opt-out or a block is never refused for it (docs/tokens.md "Rates").
enum class OverRate : std::uint8_t {
    refused,
    taken,   ///< what a contact has said
    judged,  ///< the body is read, and taken if it holds an opt-out or a block; the handler decides
};

/// Who may call a route.
struct Access {
    bool is_public = false;
    bool needs_all_accounts = false;       ///< the token must be for `*` (entry bundles)
    std::span<consent::Role const> roles;  ///< for a route below /v1/accounts/{account}: of a token that covers the account
    bool admin_socket_only = false;        ///< not for the network, whatever the token
    bool by_signature = false;             ///< no token: the handler checks the signature of what was posted before all else
    OverRate over_rate = OverRate::refused;
};

struct Route {
    Method method;
    std::string_view pattern;  ///< `/v1/accounts/{account}/changes`; a final `*` takes the rest of the path
    Access access;
    std::size_t body_limit;  ///< 0 = a body is refused
    Handler handler;
    std::span<std::string_view const> body_types = {};  ///< media types that a body may have (415 otherwise)
    StreamOpener stream = nullptr;                      ///< for a body of one of `stream_types`, which has no limit as a whole
    std::span<std::string_view const> stream_types = {};
};

/// A route, and what its pattern's variables stood for.
struct Match {
    Route const* route = nullptr;
    std::vector<std::string> variables;
};

/// The account that a route is about; empty where it is about none.
[[nodiscard]] std::string_view account_of(Match const& match) noexcept;

/// The route of a method and path; otherwise 404, or 405 with Allow; for `*` what the server answers to OPTIONS as a whole (RFC 9110 9.3.7).
[[nodiscard]] boost::system::result<Match, Response> find_route(std::span<Route const> routes, Method method,
                                                                std::string_view path);

/// All routes of the service.
[[nodiscard]] std::span<Route const> all_routes() noexcept;

/// Called by result::value() on a response nobody looked at: a bug.
[[noreturn]] void throw_exception_from_error(Response const& response, boost::source_location const& where);

}  // namespace cl::api
