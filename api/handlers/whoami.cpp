// GET /v1/whoami: what a token is, for a page or a program that was handed one.
#include "api/handlers/handlers.hpp"
#include "api/handlers/query.hpp"

namespace cl::api::handlers {

void get_whoami(Call call) {
    auto const checked = check_parameters(call.request, {});
    if (!checked) {
        call.respond(problem(checked.error()));
        return;
    }
    json::Array accounts;
    for (std::string const& account : call.principal.accounts) {
        accounts.emplace_back(account);
    }
    call.respond(json_response(json::Object{{"token", call.principal.token},
                                            {"role", consent::name(call.principal.role)},
                                            {"accounts", std::move(accounts)},
                                            {"origin", call.app.service().origin()}}));
}

}  // namespace cl::api::handlers
