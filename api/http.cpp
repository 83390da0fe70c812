#include "api/http.hpp"

#include "ledger/core/json.hpp"
#include "ledger/core/sha256.hpp"

#include <boost/url/authority_view.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>

namespace cl::api {

namespace {

struct Known {
    errc code;
    int status;
    std::string_view title;
    std::string_view always = {};  ///< instead of the error's own detail, which may quote a file or SQLite
};

constexpr std::string_view stopped = "Nothing can be recorded until a restart; the operator's log says why.";

// docs/http-api.md "Problems". Whatever is not here is the service's own fault: 500, and the detail stays in the log.
constexpr Known known[] = {
    {errc::malformed, 400, "The request is not well-formed"},
    {errc::idempotency_required, 400, "An idempotency key is required"},
    {errc::unauthorized, 401, "No valid token"},
    {errc::forbidden, 403, "The token does not allow this"},
    {errc::not_found, 404, "Not found"},
    {errc::refused_by_policy, 409, "Refused by the account's policy"},
    {errc::hold, 409, "A legal hold forbids this"},
    {errc::too_large, 413, "Too large"},
    {errc::invalid, 422, "The request is not acceptable"},
    {errc::idempotency_conflict, 422, "The idempotency key was used with another body"},
    {errc::phi_suspected, 422, "Health information is suspected"},
    {errc::busy, 503, "The service is busy", "Too much is under way; try again in a moment."},
    {errc::not_ready, 503, "The service is not ready"},
    {errc::writer_stopped, 503, "The service has stopped writing", stopped},
    {errc::clock_jump, 503, "The service has stopped writing", stopped},
};

Known const* find(errc code) noexcept {
    for (Known const& row : known) {
        if (row.code == code) {
            return &row;
        }
    }
    return nullptr;
}

json::Object problem_object(int status, std::string_view code, std::string_view title, std::string_view detail) {
    json::Object object;
    object.set("type", "/problems/" + std::string(code));
    object.set("title", title);
    object.set("status", status);
    object.set("code", code);
    if (!detail.empty()) {
        object.set("detail", detail);
    }
    return object;
}

json::Object problem_object(Error const& error) {
    Known const* row = find(error.code);
    if (row == nullptr) {
        return problem_object(500, "internal", "Internal error", "The service could not answer; the operator's log says why.");
    }
    json::Object object =
        problem_object(row->status, name(error.code), row->title, row->always.empty() ? error.detail : row->always);
    if (!error.pointer.empty() || error.code == errc::invalid) {
        object.set("errors", json::Array{json::Object{{"pointer", error.pointer}, {"detail", error.detail}}});
    }
    return object;
}

}  // namespace

std::string_view name(Method method) noexcept {
    switch (method) {
    case Method::get: return "GET";
    case Method::head: return "HEAD";
    case Method::post: return "POST";
    case Method::put: return "PUT";
    case Method::options: return "OPTIONS";
    case Method::other: break;
    }
    return "other";
}

std::string_view Request::signature(std::string_view name) const {
    auto const found = std::find_if(signatures.begin(), signatures.end(), [&](auto const& one) { return one.first == name; });
    return found == signatures.end() ? std::string_view{} : std::string_view(found->second);
}

std::optional<std::string_view> Request::parameter(std::string_view name) const {
    for (auto const& [key, value] : query) {
        if (key == name) {
            return value;
        }
    }
    return std::nullopt;
}

std::string public_detail(Error const& error) {
    Known const* row = find(error.code);
    if (row == nullptr) {
        return "The operator's log says why.";
    }
    return row->always.empty() ? error.detail : std::string(row->always);
}

int status_of(errc code) noexcept {
    Known const* row = find(code);
    return row == nullptr ? 500 : row->status;
}

std::string problem_body(Error const& error) {
    return json::write(problem_object(error));
}

Response problem(Error const& error) {
    Response response;
    response.status = status_of(error.code);
    response.content_type = "application/problem+json";
    response.body = problem_body(error);
    response.problem = find(error.code) != nullptr ? name(error.code) : "internal";
    if (response.status == 401) {
        response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"consent-ledger\", error=\"invalid_token\"");
    }
    if (error.code == errc::idempotency_required) {
        response.headers.emplace_back("Link", "</openapi.json>; rel=\"describedby\"");
    }
    if (response.status == 503) {
        response.headers.emplace_back("Retry-After", "1");
    }
    return response;
}

Response problem(int status, std::string_view code, std::string_view title, std::string_view detail, json::Object const& more) {
    Response response;
    response.status = status;
    response.content_type = "application/problem+json";
    json::Object object = problem_object(status, code, title, detail);
    for (json::Member const& member : more) {
        object.set(member.name, member.value);
    }
    response.body = json::write(std::move(object));
    response.problem = code;
    return response;
}

std::string entity_tag(std::string_view body) {
    return '"' + to_hex(sha256({body})) + '"';
}

bool names_tag(std::string_view if_none_match, std::string_view tag) noexcept {
    constexpr std::string_view blank = " \t";
    while (!if_none_match.empty()) {
        // No tag that is made here has a comma in it.
        auto const comma = if_none_match.find(',');
        std::string_view one = if_none_match.substr(0, comma);
        if_none_match = comma == std::string_view::npos ? std::string_view{} : if_none_match.substr(comma + 1);
        one.remove_prefix(std::min(one.find_first_not_of(blank), one.size()));
        one = one.substr(0, one.find_last_not_of(blank) + 1);
        if (one.starts_with("W/")) {
            one.remove_prefix(2);
        }
        if (one == tag || one == "*") {
            return true;
        }
    }
    return false;
}

namespace {

bool web_host(boost::urls::url_view const& url) {
    bool const web = url.scheme_id() == boost::urls::scheme::http || url.scheme_id() == boost::urls::scheme::https;
    return web && url.has_authority() && !url.has_userinfo() && !url.encoded_host().empty();
}

Result<boost::urls::url_view> parse_target(std::string_view target) {
    if (target.starts_with('/')) {
        if (auto const url = boost::urls::parse_origin_form(target)) {
            return *url;
        }
        return fail(errc::malformed, "The request target is not a valid path and query.");
    }
    auto const url = boost::urls::parse_absolute_uri(target);
    if (url && web_host(*url)) {
        return *url;
    }
    return fail(errc::malformed, "The request target must be an absolute path, or a URI of http or https.");
}

}  // namespace

bool valid_host(std::string_view field) noexcept {
    auto const authority = boost::urls::parse_authority(field);
    return authority && !authority->has_userinfo() && !authority->encoded_host().empty();
}

Result<void> split_target(std::string_view target, Request& request) {
    if (target == "*" && request.method == Method::options) {
        request.path = target;
        return {};
    }
    CL_TRY_ASSIGN(boost::urls::url_view const url, parse_target(target));
    request.path.clear();
    for (auto const& segment : url.segments()) {
        // An encoded slash inside a segment must not make a second segment: routes are matched on the decoded text.
        if (segment.find('/') != std::string::npos || segment.find('\0') != std::string::npos) {
            return fail(errc::malformed, "The request target holds an encoded slash or NUL.");
        }
        request.path += '/';
        request.path += segment;
    }
    if (request.path.empty()) {
        request.path = "/";
    }
    request.raw_query = std::string(url.encoded_query());
    request.query.clear();
    for (auto const& parameter : url.params()) {
        request.query.emplace_back(parameter.key, parameter.value);
    }
    return {};
}

}  // namespace cl::api
