// GET /v1/accounts/{account}/contacts and …/lists/{list}/contacts: the All Contacts list, and who is on a list.
#include "api/handlers/handlers.hpp"
#include "api/handlers/query.hpp"
#include "ledger/consent/change_item.hpp"

namespace cl::api::handlers {

namespace {

using Status = service::ContactFilter::Status;

json::Object render(service::ContactRow const& row) {
    json::Object object{{"contact", to_hex(row.contact)},
                        {"opted_in", row.opted_in},
                        {"blocked", row.blocked},
                        {"erased", row.erased},
                        {"level", name(row.level)},
                        {"lists", static_cast<std::int64_t>(row.lists)},
                        {"obligations", static_cast<std::int64_t>(row.obligations)},
                        {"first_seq", row.first_seq},
                        {"last_seq", row.last_seq}};
    if (row.membership) {
        json::Object membership{{"level", name(row.membership->level)}, {"seq", row.membership->seq}};
        if (row.membership->added_at) {
            membership.set("added_at", format_time(*row.membership->added_at));
        }
        object.set("membership", std::move(membership));
    }
    return object;
}

Result<Status> status_parameter(Request const& request) {
    std::string_view const text = request.parameter("status").value_or("all");
    struct Named {
        std::string_view name;
        Status status;
    };
    constexpr Named all[] = {{"all", Status::all},
                             {"opted_in", Status::opted_in},
                             {"opted_out", Status::opted_out},
                             {"blocked", Status::blocked},
                             {"erased", Status::erased}};
    for (Named const& one : all) {
        if (one.name == text) {
            return one.status;
        }
    }
    return fail(errc::invalid, "Query parameter `status` must be all, opted_in, opted_out, blocked or erased.");
}

Result<service::ContactFilter> contact_filter(Request const& request) {
    CL_TRY(check_parameters(request, {"status", "level", "limit", "cursor"}));
    service::ContactFilter filter;
    CL_TRY_ASSIGN(filter.status, status_parameter(request));
    if (auto const level = request.parameter("level")) {
        auto const least = level_from(*level);
        if (!least) {
            return fail(errc::invalid, "Query parameter `level` must be none, conversational, informational or promotional.");
        }
        filter.at_least = *least;
    }
    CL_TRY_ASSIGN(filter.limit, page_limit(request));
    filter.cursor = request.parameter("cursor").value_or("");
    return filter;
}

void answer_contacts(Call call, std::string list) {
    auto filter = contact_filter(call.request);
    if (!filter) {
        call.respond(problem(filter.error()));
        return;
    }
    filter->list = std::move(list);
    on_reader(
        std::move(call),
        [filter = std::move(*filter)](service::Queries& queries, Call const& asked) -> Result<Response> {
            CL_TRY_ASSIGN(auto const page, queries.contacts(asked.account(), filter));
            json::Array data;
            for (service::ContactRow const& row : page.items) {
                data.emplace_back(render(row));
            }
            return page_response(asked.request, page, std::move(data));
        },
        limits::page_answer_bytes);
}

}  // namespace

void get_contacts(Call call) {
    answer_contacts(std::move(call), {});
}

void get_list_contacts(Call call) {
    std::string list = call.variables[1];
    if (!consent::valid_id(list)) {
        call.respond(problem(fail(errc::not_found, "There is no such list.")));
        return;
    }
    answer_contacts(std::move(call), std::move(list));
}

}  // namespace cl::api::handlers
