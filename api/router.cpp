#include "api/router.hpp"

#include <stdexcept>

namespace cl::api {

namespace {

std::string_view next_segment(std::string_view& rest) {
    rest.remove_prefix(1);  // the slash
    auto const end = rest.find('/');
    std::string_view segment = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end);
    return segment;
}

std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path) {
    std::vector<std::string> variables;
    while (!pattern.empty() && !path.empty()) {
        std::string_view const whole = path;
        std::string_view const want = next_segment(pattern);
        std::string_view const have = next_segment(path);
        if (want == "*") {
            variables.emplace_back(whole.substr(1));
            return variables;
        }
        if (want.starts_with('{')) {
            if (have.empty()) {
                return std::nullopt;
            }
            variables.emplace_back(have);
        } else if (want != have) {
            return std::nullopt;
        }
    }
    if (!pattern.empty() || !path.empty()) {
        return std::nullopt;
    }
    return variables;
}

std::string_view method_name(Method method) {
    switch (method) {
    case Method::get: return "GET, HEAD";
    case Method::post: return "POST";
    case Method::put: return "PUT";
    case Method::head:
    case Method::options:
    case Method::other: break;
    }
    return "";
}

Response about_the_server() {
    Response response;
    response.content_type = "text/plain";
    response.headers.emplace_back("Allow", "GET, HEAD, POST, PUT, OPTIONS");
    return response;
}

}  // namespace

std::string_view account_of(Match const& match) noexcept {
    bool const about_one = match.route->pattern.starts_with("/v1/accounts/{account}");
    return about_one ? std::string_view(match.variables.front()) : std::string_view{};
}

boost::system::result<Match, Response> find_route(std::span<Route const> routes, Method method, std::string_view path) {
    if (path == "*") {
        return about_the_server();
    }
    Method const wanted = method == Method::head ? Method::get : method;
    std::string allowed;
    std::string_view owner;
    // A linear search: the table is short, and every row is looked at only until it differs.
    for (Route const& route : routes) {
        auto variables = match(route.pattern, path);
        if (!variables || (!owner.empty() && route.pattern != owner)) {
            continue;
        }
        owner = route.pattern;
        if (route.method == wanted) {
            return Match{&route, std::move(*variables)};
        }
        allowed += allowed.empty() ? "" : ", ";
        allowed += method_name(route.method);
    }
    if (allowed.empty()) {
        return problem(fail(errc::not_found, "There is nothing at this path."));
    }
    Response response = problem(405, "method_not_allowed", "Method not allowed", "This path answers " + allowed + ".");
    response.headers.emplace_back("Allow", allowed);
    return response;
}

void throw_exception_from_error(Response const& response, boost::source_location const&) {
    throw std::logic_error("a response nobody looked at: " + std::to_string(response.status));
}

}  // namespace cl::api
