// What the API says of itself: the OpenAPI document, and a page for each problem, which its `type` leads to.
#include "api/handlers/openapi.hpp"

#include "api/handlers/query.hpp"
#include "api/openapi.hpp"

namespace cl::api::handlers {

void get_openapi(Call call) {
    Response response;
    response.headers.emplace_back("ETag", openapi_etag());
    response.headers.emplace_back("Cache-Control", "no-cache");
    if (names_tag(call.request.if_none_match, openapi_etag())) {
        response.status = 304;
    } else if (!call.hold->grow(openapi_document().size())) {
        respond_busy(call);
        return;
    } else {
        response.body = openapi_document();
    }
    call.respond(std::move(response));
}

void get_problem(Call call) {
    Response response;
    response.content_type = "text/html; charset=utf-8";
    response.body = problem_page(call.variables[0]);
    if (response.body.empty()) {
        call.respond(problem(fail(errc::not_found, "There is no such problem.")));
        return;
    }
    response.headers.emplace_back("Cache-Control", "no-cache");
    response.headers.emplace_back("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    call.respond(std::move(response));
}

}  // namespace cl::api::handlers
