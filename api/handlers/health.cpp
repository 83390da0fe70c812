// Liveness and readiness.
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

json::Object verified(service::ChainStats const& chain) {
    return {{"at", format_time(chain.last_verified)}, {"entries", chain.last_size}};
}

/// What a check says to anybody: as its problem would.
Response all_checks(std::vector<service::Check> const& checks, std::vector<std::string> const& warnings,
                    std::optional<service::ChainStats> const& chain) {
    json::Array list;
    bool ready = true;
    for (service::Check const& check : checks) {
        json::Object one{{"name", check.name}, {"ok", !check.failure}};
        if (check.failure) {
            one.set("reason", public_detail(*check.failure));
        }
        ready = ready && !check.failure;
        list.emplace_back(std::move(one));
    }
    json::Object told{{"ready", ready}, {"checks", std::move(list)}};
    if (!warnings.empty()) {
        told.set("warnings", json::Array(warnings.begin(), warnings.end()));
    }
    if (chain && chain->verified > 0) {
        told.set("verified", verified(*chain));
    }
    Response response = json_response(std::move(told));
    if (!ready) {
        response.status = 503;
        response.headers.emplace_back("Retry-After", "1");
    }
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

}  // namespace

void get_livez(Call call) {
    call.respond(plain("ok\n"));
}

void get_readyz(Call call) {
    if (call.request.parameter("verbose")) {
        auto const& service = call.app.service();
        call.respond(all_checks(service.checks(), call.app.warnings(), service.stats().chain));
        return;
    }
    auto const reason = call.app.service().readiness();
    call.respond(reason ? problem(*reason) : plain("ready\n"));
}

void get_metrics(Call call) {
    App& app = call.app;
    Response response = plain(app.metrics().text(app.service().stats(), !app.service().readiness(), app.memory()->used()));
    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
    call.respond(std::move(response));
}

}  // namespace cl::api::handlers
