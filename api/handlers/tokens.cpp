// POST /v1/tokens, over the admin socket alone: a secret that goes over a network has been seen by it.
#include "api/handlers/handlers.hpp"
#include "api/handlers/query.hpp"
#include "ledger/consent/kinds.hpp"
#include "ledger/core/limits.hpp"

namespace cl::api::handlers {

namespace {

struct Wanted {
    std::string account;
    consent::Role role{};
};

Result<Wanted> parse(Request const& request) {
    CL_TRY(check_parameters(request, {}));
    CL_TRY_ASSIGN(json::Value const posted, json::parse(request.body, limits::http_body_bytes));
    json::Object const* const body = posted.as_object();
    if (body == nullptr) {
        return fail(errc::invalid, "the body must be an object");
    }
    for (json::Member const& member : *body) {
        if (member.name != "account" && member.name != "role") {
            return fail(errc::invalid, "unknown member", json::pointer_join("", member.name));
        }
    }
    auto const role = consent::role_from(body->string("role"));
    if (!role) {
        return fail(errc::invalid, "must be writer, sender, auditor or admin", "/role");
    }
    return Wanted{std::string(body->string("account")), *role};
}

}  // namespace

void post_token(Call call) {
    auto wanted = parse(call.request);
    if (!wanted) {
        call.respond(problem(wanted.error()));
        return;
    }
    // It waits for the writer, so not on the I/O thread.
    on_reader(std::move(call), [wanted = std::move(*wanted)](service::Queries&, Call const& asked) -> Result<Response> {
        auto token = asked.app.service().create_token(wanted.account, wanted.role);
        if (!token) {
            Error error = std::move(token).error();
            if (error.code == errc::invalid) {
                error.pointer = "/account";
            }
            return error;
        }
        Response response = json_response(json::Object{{"id", token->id}, {"token", token->text}});
        response.status = 201;
        return response;
    });
}

}  // namespace cl::api::handlers
