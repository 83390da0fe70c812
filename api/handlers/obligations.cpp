// GET /v1/accounts/{account}/obligations: what must still be done, and by when.
#include "api/handlers/handlers.hpp"
#include "api/handlers/query.hpp"
#include "ledger/consent/change_item.hpp"

#include <algorithm>

namespace cl::api::handlers {

namespace {

using Status = service::ObligationFilter::Status;

/// The rule that an overdue one breaks: where the duty comes from.
std::string_view rule_of(std::string_view kind) {
    return kind == "review" ? "CL-015" : "CL-040";
}

json::Object render(state::ObligationRow const& row, Millis now) {
    Millis const until = row.closed_at.value_or(now);
    json::Object object{{"seq", row.seq},
                        {"contact", to_hex(row.contact)},
                        {"kind", row.kind},
                        {"status", row.closed_at ? "closed" : "open"},
                        {"opened_at", format_time(row.opened_at)},
                        {"due_at", format_time(row.due_at)},
                        {"age_seconds", std::max<Millis>(0, until - row.opened_at) / 1'000},
                        {"overdue", until > row.due_at}};
    if (!row.list.empty()) {
        object.set("list", row.list);
    }
    if (!row.assignee.empty()) {
        object.set("assignee", row.assignee);
    }
    if (row.closed_at) {
        object.set("closed_at", format_time(*row.closed_at));
        object.set("closed_by", row.changed_by);
    }
    if (consent::RuleInfo const* rule = consent::find_rule(rule_of(row.kind))) {
        object.set("rule", rule->id);
        object.set("citation", rule->citation);
    }
    return object;
}

Result<Status> status_parameter(Request const& request) {
    std::string_view const status = request.parameter("status").value_or("open");
    if (status == "open") {
        return Status::open;
    }
    if (status == "closed") {
        return Status::closed;
    }
    if (status == "all") {
        return Status::all;
    }
    return fail(errc::invalid, "Query parameter `status` must be `open`, `closed` or `all`.");
}

Result<service::ObligationFilter> obligation_filter(Request const& request) {
    CL_TRY(check_parameters(request, {"status", "kind", "assignee", "due_before", "contact", "limit", "cursor"}));
    service::ObligationFilter filter;
    CL_TRY_ASSIGN(filter.status, status_parameter(request));
    filter.kind = request.parameter("kind").value_or("");
    if (request.parameter("kind") && filter.kind != "remove_from_list" && filter.kind != "review") {
        return fail(errc::invalid, "Query parameter `kind` must be `remove_from_list` or `review`.");
    }
    if (auto const assignee = request.parameter("assignee")) {
        if (!assignee->empty() && !consent::valid_id(*assignee)) {
            return fail(errc::invalid, "Query parameter `assignee` must be an id, or empty for what nobody has.");
        }
        filter.assignee = std::string(*assignee);
    }
    CL_TRY_ASSIGN(filter.due_before, time(request, "due_before"));
    CL_TRY(take_page(request, filter));
    return filter;
}

}  // namespace

void get_obligations(Call call) {
    auto filter = obligation_filter(call.request);
    if (!filter) {
        call.respond(problem(filter.error()));
        return;
    }
    on_reader(
        std::move(call),
        [filter = std::move(*filter)](service::Queries& queries, Call const& asked) -> Result<Response> {
            CL_TRY_ASSIGN(auto const page, queries.obligations(asked.account(), filter));
            Millis const now = asked.app.clock().now();
            json::Array data;
            for (state::ObligationRow const& row : page.items) {
                data.emplace_back(render(row, now));
            }
            return page_response(asked.request, page, std::move(data));
        },
        limits::page_answer_bytes);
}

}  // namespace cl::api::handlers
