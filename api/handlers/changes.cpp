// POST /v1/accounts/{account}/changes.
#include "api/handlers/change_batch.hpp"
#include "api/handlers/change_stream.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/query.hpp"
#include "api/render.hpp"
#include "ledger/core/limits.hpp"

namespace cl::api::handlers {

namespace {

Response one_answer(service::ItemResult const& result, service::ReceiptDetail detail) {
    if (result.problem) {
        return problem(*result.problem);
    }
    Response response = json_response(render(result, detail));
    bool const recorded = result.status == service::ItemStatus::recorded;
    response.status = recorded ? 201 : 200;
    if (!recorded) {
        response.headers.emplace_back("Idempotency-Replayed", "true");
    }
    return response;
}

Response array_answer(service::AppendAnswer const& answer, service::ReceiptDetail detail) {
    Response response;
    response.body = "{\"checkpoint\":";
    json::write_string(answer.checkpoint, response.body);
    response.body += ",\"results\":[";
    for (std::size_t i = 0; i < answer.results.size(); ++i) {
        response.body += i == 0 ? "" : ",";
        json::write(json::Value(render(answer.results[i], detail, i)), response.body);
    }
    response.body += "]}";
    return response;
}

void take_changes(Call call) {
    auto parsed = parse_batch(call.request);
    if (!parsed) {
        call.respond(problem(parsed.error()));
        return;
    }
    ChangeBatch& batch = *parsed;
    if (call.over_rate && !holds_protection(batch.items)) {
        call.respond(call.app.over_rate(call.principal.token));
        return;
    }
    if (batch.form == BatchForm::one && batch.items.front().fault) {
        call.respond(problem(*batch.items.front().fault));
        return;
    }
    call.app.charge(call.principal, batch.items.size());
    // Room for the answer comes first: what is recorded must also be told.
    if (!call.hold->grow(call.request.body.size() + answer_bytes(batch))) {
        respond_busy(call);
        return;
    }
    std::string().swap(call.request.body);
    service::AppendRequest request;
    request.account = call.account();
    request.principal = std::move(call.principal);
    request.idempotency_key = call.request.idempotency_key;
    request.receipt = batch.receipt;
    request.traceparent = call.request.traceparent;
    request.items = std::move(batch.items);
    App const& app = call.app;
    call.app.service().append(std::move(request), [&app, form = batch.form, detail = batch.receipt,
                                                   respond = std::move(call.respond)](Result<service::AppendAnswer> answer) {
        if (!answer) {
            respond(app.failure("an append", answer.error()));
        } else if (form == BatchForm::one) {
            respond(one_answer(answer->results.front(), detail));
        } else {
            respond(array_answer(*answer, detail));
        }
    });
}

}  // namespace

void post_changes(Call call) {
    bool const lines = call.request.content_type == "application/x-ndjson" || call.request.content_type == "application/jsonl";
    on_body(std::move(call), lines ? take_lines : take_changes);
}

}  // namespace cl::api::handlers
