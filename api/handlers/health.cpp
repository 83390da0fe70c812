// Liveness, readiness, and a sign at the door.
#include "api/handlers/handlers.hpp"
#include "api/handlers/query.hpp"

namespace cl::api::handlers {

namespace {

Response plain(std::string_view text) {
    Response response;
    response.content_type = "text/plain; charset=utf-8";
    response.body = text;
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

}  // namespace

void get_livez(Call call) {
    call.respond(plain("ok\n"));
}

void get_readyz(Call call) {
    auto const reason = call.app.service().readiness();
    call.respond(reason ? problem(*reason) : plain("ready\n"));
}

void get_metrics(Call call) {
    App& app = call.app;
    Response response = plain(app.metrics().text(app.service().stats(), !app.service().readiness(), app.memory()->used()));
    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
    call.respond(std::move(response));
}

void get_root(Call call) {
    call.respond(
        plain("consent-ledger\n\n"
              "/checkpoint  the signed head of the log\n"
              "/v1/keys     the key that verifies it\n"
              "/readyz      whether requests can be served\n"
              "/v1/accounts/{account}/changes, /inbound, /contacts/lookup, /findings: with a token\n"));
}

}  // namespace cl::api::handlers
