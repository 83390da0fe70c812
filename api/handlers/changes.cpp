// POST and GET /v1/accounts/{account}/changes.
#include "api/handlers/change_batch.hpp"
#include "api/handlers/changes_csv.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/query.hpp"
#include "api/render.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>

namespace cl::api::handlers {

namespace {

Response one_answer(service::ItemResult const& result, service::ReceiptDetail detail) {
    if (result.problem) {
        return problem(*result.problem);
    }
    Response response = json_response(render(result, detail));
    response.status = result.status == service::ItemStatus::recorded ? 201 : 200;
    return response;
}

Response array_answer(service::AppendAnswer const& answer, service::ReceiptDetail detail) {
    Response response;
    response.body = "{\"checkpoint\":";
    json::write_string(answer.checkpoint, response.body);
    response.body += ",\"results\":[";
    for (std::size_t i = 0; i < answer.results.size(); ++i) {
        response.body += i == 0 ? "" : ",";
        json::write(json::Value(render(answer.results[i], detail)), response.body);
    }
    response.body += "]}";
    return response;
}

Response lines_answer(service::AppendAnswer const& answer, service::ReceiptDetail detail) {
    Response response;
    response.content_type = "application/x-ndjson";
    for (service::ItemResult const& result : answer.results) {
        json::write(json::Value(render(result, detail)), response.body);
        response.body += '\n';
    }
    json::write(json::Value(json::Object{{"checkpoint", answer.checkpoint}}), response.body);
    response.body += '\n';
    return response;
}

Result<service::ChangeFilter> change_filter(Request const& request) {
    CL_TRY(check_parameters(
        request, {"limit", "cursor", "after", "actor", "source", "record", "list", "since", "until", "order"}, {"kind"}));
    service::ChangeFilter filter;
    for (auto const& [name, value] : request.query) {
        if (name == "kind") {
            if (!consent::kind_from(value)) {
                return fail(errc::invalid, "Query parameter `kind` is not a kind of entry.");
            }
            filter.kinds.push_back(value);
        }
    }
    filter.actor = request.parameter("actor").value_or("");
    filter.platform = request.parameter("source").value_or("");
    filter.record = request.parameter("record").value_or("");
    filter.list = request.parameter("list").value_or("");
    filter.cursor = request.parameter("cursor").value_or("");
    CL_TRY_ASSIGN(filter.since, time(request, "since"));
    CL_TRY_ASSIGN(filter.until, time(request, "until"));
    CL_TRY_ASSIGN(filter.after, number(request, "after"));
    CL_TRY_ASSIGN(filter.limit, page_limit(request));
    std::string_view const order = request.parameter("order").value_or(filter.after ? "oldest" : "newest");
    if (order != "newest" && order != "oldest") {
        return fail(errc::invalid, "Query parameter `order` must be `newest` or `oldest`.");
    }
    if (filter.after && order == "newest") {
        return fail(errc::invalid, "`after` reads the log forwards: it cannot be combined with `order=newest`.");
    }
    filter.order = order == "newest" ? service::Order::newest_first : service::Order::oldest_first;
    return filter;
}

Response lines_page(Request const& request, service::Page<service::EntryView> const& page) {
    Response response;
    response.content_type = "application/x-ndjson";
    for (service::EntryView const& view : page.items) {
        response.body += view.bytes;
        response.body += '\n';
    }
    if (!page.next_cursor.empty()) {
        response.headers.emplace_back("Link", next_link(request, page.next_cursor));
    }
    return response;
}

/// An opt-out or a block.
bool protects(service::AppendItem const& item) {
    return item.change && consent::info(item.change->kind).protective;
}

void take_changes(Call call) {
    auto parsed = parse_batch(call.request);
    if (!parsed) {
        call.respond(problem(parsed.error()));
        return;
    }
    ChangeBatch& batch = *parsed;
    if (call.over_rate && !std::any_of(batch.items.begin(), batch.items.end(), protects)) {
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
            respond(form == BatchForm::array ? array_answer(*answer, detail) : lines_answer(*answer, detail));
        }
    });
}

}  // namespace

void post_changes(Call call) {
    on_body(std::move(call), take_changes);
}

void get_changes(Call call) {
    auto filter = change_filter(call.request);
    if (!filter) {
        call.respond(problem(filter.error()));
        return;
    }
    on_reader(
        std::move(call),
        [filter = std::move(*filter)](service::Queries& queries, Call const& asked) -> Result<Response> {
            CL_TRY_ASSIGN(auto const page, queries.changes(asked.account(), filter));
            if (asked.request.accept.find("ndjson") != std::string::npos ||
                asked.request.accept.find("jsonl") != std::string::npos) {
                return lines_page(asked.request, page);
            }
            if (asked.request.accept.find("text/csv") != std::string::npos) {
                return csv_page(asked.request, page);
            }
            json::Array data;
            for (service::EntryView const& view : page.items) {
                CL_TRY_ASSIGN(json::Object one, render(view));
                data.emplace_back(std::move(one));
            }
            return page_response(asked.request, page, std::move(data));
        },
        limits::page_answer_bytes);
}

}  // namespace cl::api::handlers
