#include "api/app.hpp"

#include "ledger/core/limits.hpp"

#include <algorithm>

namespace cl::api {

App::App(service::Service& service, Clock const& clock, std::function<void(std::string_view)> log, Options options)
    : service_(service),
      clock_(clock),
      log_(std::move(log)),
      options_(std::move(options)),
      metrics_(options_.version),
      readers_(service, limits::reader_threads, limits::reader_queue) {}

void App::answered(Answered const& answered) {
    metrics_.answered(answered.route, answered.method, answered.status, answered.taken);
    if (options_.request_log) {
        options_.request_log(describe(answered));
    }
}

namespace {

constexpr std::string_view bearer_scheme = "Bearer ";

bool below_account(std::string_view pattern) {
    return pattern.starts_with("/v1/accounts/{account}");
}

}  // namespace

boost::system::result<App::Admitted, Response> App::admit(Request const& header, Peer peer) const {
    auto match = find_route(all_routes(), header.method, header.path);
    if (!match) {
        return std::move(match).error();
    }
    Access const& access = match->route->access;
    Admitted admitted{std::move(*match), {}};
    if (access.is_public || access.by_signature) {
        return admitted;
    }
    if (peer == Peer::admin_socket) {
        admitted.principal = service::Principal{"cli", consent::Role::admin, {"*"}};
        return admitted;
    }
    if (access.admin_socket_only) {
        return problem(fail(errc::forbidden, "This route is for the admin socket of the data directory alone."));
    }
    if (!header.authorization.starts_with(bearer_scheme)) {
        return problem(fail(errc::unauthorized, "Send the token as `Authorization: Bearer <token>`."));
    }
    auto principal = service_.authenticate(std::string_view(header.authorization).substr(bearer_scheme.size()));
    if (!principal) {
        return problem(principal.error());
    }
    if (std::find(access.roles.begin(), access.roles.end(), principal->role) == access.roles.end()) {
        return problem(fail(errc::forbidden, "A token of this role cannot use this route."));
    }
    if (access.needs_all_accounts && !principal->covers_all()) {
        return problem(fail(errc::forbidden, "This route needs a token for all accounts."));
    }
    if (below_account(admitted.match.route->pattern) && !principal->covers(admitted.match.variables.front())) {
        return problem(fail(errc::forbidden, "The token is not for this account."));
    }
    admitted.principal = std::move(*principal);
    return admitted;
}

void App::handle(Admitted admitted, Request request, Responder respond, std::shared_ptr<Hold> hold) {
    if (!hold) {
        hold = std::make_shared<Hold>(std::make_shared<Memory>(), std::string());
    }
    Handler const handler = admitted.match.route->handler;
    handler(Call{*this, std::move(request), std::move(admitted.match.variables), std::move(admitted.principal),
                 std::move(respond), std::move(hold)});
}

Response App::failure(std::string_view doing, Error const& error) const {
    Response response = problem(error);
    if (response.status == 500) {
        log(std::string(doing) + " failed: " + std::string(name(error.code)) + ": " + error.detail);
    }
    return response;
}

}  // namespace cl::api
