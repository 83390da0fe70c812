// POST /v1/accounts/{account}/inbound.
#include "api/handlers/handlers.hpp"
#include "api/handlers/query.hpp"
#include "api/render.hpp"
#include "ledger/core/limits.hpp"

namespace cl::api::handlers {

namespace {

/// A reply goes out at once or not at all: 47 CFR 64.1200(a)(12) presumes five minutes to be in time.
constexpr Millis reply_within_ms = 5 * 60 * 1000;

Response answer(service::InboundAnswer const& inbound, Millis now) {
    json::Array results;
    bool recorded = false;
    for (service::ItemResult const& result : inbound.results) {
        recorded = recorded || result.status == service::ItemStatus::recorded;
        results.emplace_back(render(result, service::ReceiptDetail::full));
    }
    json::Object body{{"class", consent::name(inbound.cls)}, {"results", std::move(results)}};
    if (inbound.reply_text) {
        body.set("reply", json::Object{{"text", *inbound.reply_text}, {"send_by", format_time(now + reply_within_ms)}});
    }
    Response response = json_response(std::move(body));
    response.status = inbound.ignored ? 202 : (recorded ? 201 : 200);
    if (!recorded && !inbound.results.empty()) {
        response.headers.emplace_back("Idempotency-Replayed", "true");
    }
    return response;
}

void take_message(Call call) {
    auto const checked = check_parameters(call.request, {});
    if (!checked) {
        call.respond(problem(checked.error()));
        return;
    }
    auto const posted = json::parse(call.request.body, limits::http_body_bytes);
    if (!posted) {
        call.respond(problem(posted.error()));
        return;
    }
    auto message = consent::parse_inbound(*posted);
    if (!message) {
        call.respond(problem(message.error()));
        return;
    }
    service::InboundRequest request{call.account(), std::move(call.principal), std::move(*message),
                                    service::ReceiptDetail::full, call.request.traceparent};
    App const& app = call.app;
    call.app.service().inbound(std::move(request), [&app, respond = std::move(call.respond),
                                                    now = call.app.clock().now()](Result<service::InboundAnswer> inbound) {
        if (inbound) {
            for (service::ItemResult const& result : inbound->results) {
                if (result.problem) {
                    respond(problem(*result.problem));
                    return;
                }
            }
        }
        respond(inbound ? answer(*inbound, now) : app.failure("an inbound message", inbound.error()));
    });
}

}  // namespace

void post_inbound(Call call) {
    on_body(std::move(call), take_message);
}

}  // namespace cl::api::handlers
