// GET /v1/accounts/{account}/retention: until when each contact's record is needed. What a retention run goes through.
#include "ledger/consent/retention.hpp"

#include "api/handlers/handlers.hpp"
#include "api/handlers/query.hpp"
#include "ledger/consent/pack_policy.hpp"

namespace cl::api::handlers {

namespace {

using consent::Retention;

struct Found {
    consent::RetentionOf retention;
    service::CustodyView custody;
    bool opted_in = false;
};

/// Null for nobody.
Result<std::optional<Found>> look(service::Queries& queries, Call const& call, consent::AccountState const& account,
                                  Hash32 const& contact) {
    CL_TRY_ASSIGN(auto const state, queries.state(call.account(), contact));
    if (!state) {
        return std::optional<Found>();
    }
    consent::Pack const* const pack = consent::pack_in_force(account.policies);
    Found found;
    CL_TRY_ASSIGN(found.custody, queries.custody(call.account(), contact));
    found.retention = consent::retention_of(*state, pack != nullptr ? *pack : consent::texting_pack(),
                                            !found.custody.holds.empty(), call.app.clock().now());
    found.opted_in = state->opted_in;
    return std::optional(std::move(found));
}

json::Object render(Hash32 const& contact, Found const& found) {
    json::Object row{{"contact", to_hex(contact)}, {"status", name(found.retention.status)}, {"opted_in", found.opted_in}};
    if (found.retention.last_act) {
        row.set("last_act", format_time(*found.retention.last_act));
        row.set("keep_until", format_time(*found.retention.keep_until));
    }
    json::Array holds;
    for (std::string const& matter : found.custody.holds) {
        holds.emplace_back(matter);
    }
    row.set("holds", std::move(holds));
    if (found.custody.erased_by) {
        row.set("erased_by", *found.custody.erased_by);
    }
    return row;
}

struct Wanted {
    std::optional<Retention> status;  ///< nothing: all
    service::ContactFilter contacts;
};

Result<Wanted> wanted_of(Request const& request) {
    CL_TRY(check_parameters(request, {"status", "limit", "cursor"}));
    Wanted wanted;
    std::string_view const status = request.parameter("status").value_or("due");
    wanted.status = consent::retention_from(status);
    if (!wanted.status && status != "all") {
        return fail(errc::invalid, "Query parameter `status` must be due, in_use, keep, held, erased, nothing or all.");
    }
    CL_TRY_ASSIGN(wanted.contacts.limit, page_limit(request));
    wanted.contacts.cursor = request.parameter("cursor").value_or("");
    return wanted;
}

}  // namespace

void get_retention(Call call) {
    auto wanted = wanted_of(call.request);
    if (!wanted) {
        call.respond(problem(wanted.error()));
        return;
    }
    on_reader(
        std::move(call),
        [wanted = std::move(*wanted)](service::Queries& queries, Call const& asked) -> Result<Response> {
            CL_TRY_ASSIGN(service::AccountView const account, queries.account(asked.account()));
            CL_TRY_ASSIGN(auto const page, queries.contacts(asked.account(), wanted.contacts));
            json::Array data;
            for (service::ContactRow const& row : page.items) {
                CL_TRY_ASSIGN(auto const found, look(queries, asked, *account.state, row.contact));
                if (found && (!wanted.status || found->retention.status == *wanted.status)) {
                    data.emplace_back(render(row.contact, *found));
                }
            }
            return page_response(asked.request, page, std::move(data));
        },
        limits::page_answer_bytes);
}

}  // namespace cl::api::handlers
