// GET /v1/accounts/{account}/lists.
#include "api/handlers/handlers.hpp"
#include "api/handlers/query.hpp"

namespace cl::api::handlers {

namespace {

json::Object render(service::ListView const& list) {
    json::Object object{{"list", list.id}, {"defined", list.definition.has_value()}};
    if (!list.definition) {
        return object;
    }
    object.set("seq", list.definition->seq);
    if (!list.definition->purpose.empty()) {
        object.set("purpose", list.definition->purpose);
    }
    if (list.definition->level_required != Level::none) {
        object.set("level_required", name(list.definition->level_required));
    }
    if (!list.definition->opt_out_of.empty()) {
        object.set("opt_out_of", list.definition->opt_out_of);
    }
    return object;
}

}  // namespace

void get_lists(Call call) {
    on_reader(
        std::move(call),
        [](service::Queries& queries, Call const& asked) -> Result<Response> {
            CL_TRY(check_parameters(asked.request, {"limit", "cursor"}));
            CL_TRY_ASSIGN(std::size_t const limit, page_limit(asked.request));
            std::string_view const cursor = asked.request.parameter("cursor").value_or("");
            CL_TRY_ASSIGN(auto const page, queries.lists(asked.account(), limit, cursor));
            json::Array data;
            for (service::ListView const& list : page.items) {
                data.emplace_back(render(list));
            }
            return page_response(asked.request, page, std::move(data));
        },
        limits::page_answer_bytes);
}

}  // namespace cl::api::handlers
