#include "api/app.hpp"

#include "api/bearer.hpp"
#include "ledger/consent/change_item.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>

namespace cl::api {

namespace {

/// The first check is the writer's: it is up once all entries were read. What else is not well keeps no account from being known.
bool knows_accounts(service::Service const& service) {
    auto const checks = service.checks();
    return !checks.empty() && !checks.front().failure;
}

}  // namespace

App::App(service::Service& service, Clock const& clock, std::function<void(std::string_view)> log, Options options)
    : service_(service),
      clock_(clock),
      log_(std::move(log)),
      options_(std::move(options)),
      webhooks_(std::make_shared<providers::Webhooks const>(options_.webhooks)),
      metrics_(options_.version, options_.revision),
      rate_(options_.rate),
      audit_(options_.audit, log_),
      readers_(service, limits::reader_threads, limits::reader_queue),
      feed_(service, readers_) {}

std::shared_ptr<providers::Webhooks const> App::webhooks() const {
    std::lock_guard const lock(webhooks_mutex_);
    return webhooks_;
}

void App::use(providers::Webhooks webhooks) {
    auto next = std::make_shared<providers::Webhooks const>(std::move(webhooks));
    std::lock_guard const lock(webhooks_mutex_);
    webhooks_.swap(next);
    unpinned_.forget();
    warned_ = false;
}

void App::tick() {
    audit_.tick(clock_.steady());
    if (warned_ || !knows_accounts(service_)) {
        return;
    }
    warned_ = true;
    for (std::string const& warning : warnings()) {
        log_("warning: " + warning);
    }
}

std::vector<std::string> App::warnings() const {
    std::vector<std::string> all = unpinned_.warnings();
    auto const hooks = webhooks();
    // While accounts are still being read, none is missed.
    if (hooks->size() == 0 || !knows_accounts(service_)) {
        return all;
    }
    auto const lost = hooks->without_account([this](std::string_view account) { return service_.knows_account(account); });
    if (!lost.empty()) {
        all.push_back(lost);
    }
    return all;
}

void App::unproven(std::string_view account, std::string_view certificate, std::string_view remote) {
    metrics_.rejected(Rejection::certificate);
    static_cast<void>(audit_.failed(remote, Rejection::certificate, {}, clock_.steady()));
    if (unpinned_.note(account, certificate, clock_.steady())) {
        log_("webhooks: account " + std::string(account) +
             ": a delivery asks for a certificate that is not pinned, or not in force: " + std::string(certificate) +
             "; it is answered 503 and sent again: fetch, check and pin it (docs/webhooks/aws.md)");
    }
}

void App::answered(Answered const& answered) {
    if (!answered.problem.empty()) {
        metrics_.problem(answered.problem);
    }
    metrics_.answered(answered.route, answered.method, answered.status, answered.taken);
    if (!answered.document.empty()) {
        metrics_.exported(answered.document, answered.whole);
    }
    bool const unsigned_delivery =
        answered.route != nullptr && answered.route->access.by_signature && (answered.status == 401 || answered.status == 403);
    if (unsigned_delivery) {
        metrics_.rejected(Rejection::signature);
        static_cast<void>(audit_.failed(answered.remote, Rejection::signature, {}, clock_.steady()));
    }
    if (options_.request_log) {
        options_.request_log(describe(answered));
    }
}

namespace {

constexpr std::string_view realm = "Bearer realm=\"consent-ledger\"";
constexpr std::string_view administrator = "cli";  // no token has this id
constexpr std::string_view below_an_account = "/v1/accounts/{account}";

Rejection rejection_of(service::AuthFault fault) {
    switch (fault) {
    case service::AuthFault::malformed: return Rejection::malformed;
    case service::AuthFault::expired: return Rejection::expired;
    case service::AuthFault::revoked: return Rejection::revoked;
    case service::AuthFault::unknown:
    case service::AuthFault::not_ready: break;
    }
    return Rejection::unknown;
}

/// What the token may not do, or nothing.
std::optional<Error> out_of_scope(service::Principal const& principal, Match const& match) {
    Access const& access = match.route->access;
    if (std::find(access.roles.begin(), access.roles.end(), principal.role) == access.roles.end()) {
        return fail(errc::forbidden, "A token of this role cannot use this route.");
    }
    if (access.needs_all_accounts && !principal.covers_all()) {
        return fail(errc::forbidden, "This route needs a token for all accounts.");
    }
    std::string_view const account = account_of(match);
    if (!account.empty() && !principal.covers(account)) {
        return fail(errc::forbidden, "The token is not for this account.");
    }
    return std::nullopt;
}

/// RFC 6750 3: without credentials no error is named.
void set_challenge(Response& response, std::string challenge) {
    std::erase_if(response.headers, [](auto const& header) { return header.first == "WWW-Authenticate"; });
    response.headers.emplace_back("WWW-Authenticate", std::move(challenge));
}

/// An answer that ends with its token.
class Guarded final : public BodySource {
public:
    Guarded(App const& app, service::Principal principal, std::shared_ptr<BodySource> inner)
        : app_(app), principal_(std::move(principal)), inner_(std::move(inner)) {}

    void next(std::function<void(Result<Piece>)> done) override {
        if (!app_.in_force(principal_)) {
            done(fail(errc::unauthorized, "the token is no longer in force"));
            return;
        }
        inner_->next(std::move(done));
    }

private:
    App const& app_;
    service::Principal const principal_;
    std::shared_ptr<BodySource> const inner_;
};

}  // namespace

Response App::unauthorized(Request const& header, Rejection why, std::string_view token, Error const& error) {
    metrics_.rejected(why);
    int const wait = audit_.failed(header.remote, why, token, clock_.steady());
    if (wait == 0) {
        Response response = problem(error);
        response.token = token;
        if (why == Rejection::missing) {
            set_challenge(response, std::string(realm));
        }
        return response;
    }
    Response response = problem(429, "abnormal_usage_detected", "Too many failed authentications",
                                "Too many requests without a valid token came from this address; a valid token is taken.");
    response.token = token;
    response.headers.emplace_back("Retry-After", std::to_string(wait));
    return response;
}

boost::system::result<service::Principal, Response> App::authenticate(Request const& header) {
    if (header.authorization.empty()) {
        return unauthorized(header, Rejection::missing, {},
                            fail(errc::unauthorized, "Send the token as `Authorization: Bearer <token>`."));
    }
    auto const token = bearer_token(header.authorization);
    if (!token) {
        return unauthorized(header, Rejection::malformed, {},
                            fail(errc::unauthorized, "Send the token as `Authorization: Bearer <token>`."));
    }
    auto principal = service_.authenticate(*token);
    if (principal) {
        return std::move(*principal);
    }
    service::AuthRefusal const& refusal = principal.error();
    if (refusal.fault == service::AuthFault::not_ready) {
        return problem(refusal.error);
    }
    return unauthorized(header, rejection_of(refusal.fault), refusal.token, refusal.error);
}

boost::system::result<App::Admitted, Response> App::admit(Request const& header, Peer peer) {
    auto match = find_route(all_routes(), header.method, header.path);
    if (!match) {
        return std::move(match).error();
    }
    Access const& access = match->route->access;
    Admitted admitted{std::move(*match), {}, false};
    if (access.is_public || access.by_signature) {
        return admitted;
    }
    if (peer == Peer::admin_socket) {
        admitted.principal = service::Principal{std::string(administrator), consent::Role::admin, {"*"}};
        return admitted;
    }
    if (access.admin_socket_only) {
        return problem(fail(errc::forbidden, "This route is for the admin socket of the data directory alone."));
    }
    auto principal = authenticate(header);
    if (!principal) {
        return std::move(principal).error();
    }
    if (!rate_.take(principal->token, clock_.steady(), access.over_rate == OverRate::taken)) {
        if (access.over_rate == OverRate::refused) {
            return over_rate(principal->token);
        }
        admitted.over_rate = true;
    }
    if (auto const objection = out_of_scope(*principal, admitted.match)) {
        metrics_.rejected(Rejection::forbidden);
        static_cast<void>(audit_.failed(header.remote, Rejection::forbidden, principal->token, clock_.steady()));
        Response response = problem(*objection);
        set_challenge(response, std::string(realm) + ", error=\"insufficient_scope\"");
        response.token = principal->token;
        describe_rate(principal->token, response);
        return response;
    }
    if (admitted.match.route->pattern.starts_with(below_an_account) && !consent::valid_account(admitted.match.variables[0])) {
        Response response = problem(fail(errc::not_found, "There is no such account."));
        response.token = principal->token;
        describe_rate(principal->token, response);
        return response;
    }
    admitted.principal = std::move(*principal);
    return admitted;
}

bool App::in_force(service::Principal const& principal) const {
    bool const has_token = !principal.token.empty() && principal.token != administrator;
    return !has_token || service_.in_force(principal.token);
}

void App::charge(service::Principal const& principal, std::size_t items) {
    if (principal.token != administrator) {
        rate_.charge(principal.token, items, clock_.steady());
    }
}

Response App::over_rate(std::string_view token) {
    metrics_.rejected(Rejection::rate);
    Response response = rate_.refusal(token, clock_.steady());
    response.token = token;
    return response;
}

std::int64_t App::refuse_rate(std::string_view token) {
    metrics_.rejected(Rejection::rate);
    return rate_.wait(token, clock_.steady());
}

void App::describe_rate(std::string_view token, Response& response) {
    if (!token.empty() && token != administrator) {
        rate_.describe(token, response, clock_.steady());
    }
}

void App::handle(Admitted admitted, Request request, Responder respond, std::shared_ptr<Hold> hold) {
    if (!hold) {
        hold = std::make_shared<Hold>(std::make_shared<Memory>(), std::string());
    }
    if (!in_force(admitted.principal)) {
        respond(unauthorized(request, Rejection::revoked, admitted.principal.token,
                             fail(errc::unauthorized, "The token was revoked, or has expired, while the request was read.")));
        return;
    }
    Handler const handler = admitted.match.route->handler;
    auto guard = [this, principal = admitted.principal, respond = std::move(respond)](Response response) {
        if (response.rest) {
            response.rest = std::make_shared<Guarded>(*this, principal, std::move(response.rest));
        }
        respond(std::move(response));
    };
    handler(Call{*this, std::move(request), std::move(admitted.match.variables), std::move(admitted.principal),
                 std::move(guard), std::move(hold), admitted.over_rate});
}

boost::system::result<std::shared_ptr<BodyStream>, Response> App::open_stream(Admitted admitted, Request request) {
    StreamOpener const open = admitted.match.route->stream;
    return open(Call{*this,
                     std::move(request),
                     std::move(admitted.match.variables),
                     std::move(admitted.principal),
                     {},
                     {},
                     admitted.over_rate});
}

Response App::failure(std::string_view doing, Error const& error) const {
    Response response = problem(error);
    if (response.status == 500) {
        log(std::string(doing) + " failed: " + std::string(name(error.code)) + ": " + error.detail);
    }
    return response;
}

}  // namespace cl::api
