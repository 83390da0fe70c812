#include "api/handlers/query.hpp"

#include "api/render.hpp"
#include "ledger/core/time_bound.hpp"

#include <boost/url/url.hpp>

#include <algorithm>
#include <charconv>
#include <set>

namespace cl::api::handlers {

namespace {

bool contains(std::initializer_list<std::string_view> names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// The only parameter that asks for what has no value: duties that nobody has.
constexpr std::string_view may_be_empty = "assignee";

Error bad_parameter(std::string_view name, std::string_view what) {
    return fail(errc::invalid, "Query parameter `" + std::string(name) + "` " + std::string(what));
}

}  // namespace

Result<void> check_parameters(Request const& request, std::initializer_list<std::string_view> known,
                              std::initializer_list<std::string_view> repeatable) {
    std::set<std::string_view> seen;
    for (auto const& [name, value] : request.query) {
        if (!contains(known, name) && !contains(repeatable, name)) {
            return fail(errc::invalid, "The query has a parameter that this route does not know.");
        }
        if (value.empty() && name != may_be_empty) {
            return bad_parameter(name, "is empty; leave it out.");
        }
        if (!seen.insert(name).second && !contains(repeatable, name)) {
            return bad_parameter(name, "is given twice.");
        }
    }
    return {};
}

Result<std::optional<std::int64_t>> number(Request const& request, std::string_view name) {
    auto const text = request.parameter(name);
    if (!text) {
        return std::optional<std::int64_t>{};
    }
    std::int64_t value = 0;
    auto const [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
    if (error != std::errc{} || end != text->data() + text->size() || value < 0) {
        return bad_parameter(name, "must be a whole number, 0 or more.");
    }
    return std::optional<std::int64_t>{value};
}

Result<std::size_t> page_limit(Request const& request) {
    CL_TRY_ASSIGN(auto const value, number(request, "limit"));
    if (!value) {
        return limits::page_items_default;
    }
    if (*value < 1 || *value > static_cast<std::int64_t>(limits::page_items)) {
        return bad_parameter("limit", "must be between 1 and " + std::to_string(limits::page_items) + ".");
    }
    return static_cast<std::size_t>(*value);
}

Result<std::optional<Millis>> time(Request const& request, std::string_view name) {
    auto const text = request.parameter(name);
    if (!text) {
        return std::optional<Millis>{};
    }
    auto const parsed = parse_time_bound(*text);
    if (!parsed) {
        return bad_parameter(name, "must be an RFC 3339 time with an offset, as in 2026-11-23T18:15:00Z (write + as %2B).");
    }
    return std::optional<Millis>{*parsed};
}

Result<Hash32> contact_id(std::string_view text) {
    auto const id = hash_from_hex(text);
    if (!id) {
        return fail(errc::not_found, "There is no such contact.");
    }
    return *id;
}

void respond_busy(Call const& call) {
    call.respond(problem(fail(errc::busy, {})));
}

void on_reader(Call call, std::function<Result<Response>(service::Queries&, Call const&)> work, std::size_t answer_bytes) {
    auto shared = std::make_shared<Call>(std::move(call));
    App& app = shared->app;
    bool const taken = app.readers().submit([shared, answer_bytes, work = std::move(work)](Result<service::Queries*> queries) {
        if (!queries) {
            shared->respond(shared->app.failure("opening the ledger for a look-up", queries.error()));
            return;
        }
        if (!shared->hold->grow(shared->request.body.size() + answer_bytes)) {
            respond_busy(*shared);
            return;
        }
        Result<Response> response = work(**queries, *shared);
        shared->respond(response ? std::move(*response) : shared->app.failure("a look-up", response.error()));
    });
    if (!taken) {
        respond_busy(*shared);
    }
}

void on_body(Call call, void (*work)(Call)) {
    if (call.request.body.size() <= limits::http_inline_bytes) {
        work(std::move(call));
        return;
    }
    auto shared = std::make_shared<Call>(std::move(call));
    App& app = shared->app;
    bool const taken = app.readers().submit_long([shared, work] { work(std::move(*shared)); });
    if (!taken) {
        respond_busy(*shared);
    }
}

Response json_response(json::Object object) {
    Response response;
    json::write(json::Value(std::move(object)), response.body);
    return response;
}

std::string next_link(Request const& request, std::string_view value, std::string_view name) {
    boost::urls::url url;
    url.set_path(request.path);
    for (auto const& [known, kept] : request.query) {
        if (known != "cursor" && known != name) {
            url.params().append(boost::urls::param_view(known, kept));
        }
    }
    url.params().append(boost::urls::param_view(boost::urls::string_view(name.data(), name.size()),
                                                boost::urls::string_view(value.data(), value.size())));
    return "<" + std::string(url.buffer()) + ">; rel=\"next\"";
}

Response page_response(Request const& request, json::Array data, bool has_more, std::string const& next_cursor,
                       service::AsOf const& as_of, std::optional<std::int64_t> next_after) {
    json::Object body{{"data", std::move(data)}, {"has_more", has_more}, {"as_of", render(as_of)}};
    if (!next_cursor.empty()) {
        body.set("next_cursor", next_cursor);
    }
    if (next_after) {
        body.set("next_after", *next_after);
    }
    Response response = json_response(std::move(body));
    if (!next_cursor.empty()) {
        response.headers.emplace_back("Link", next_link(request, next_cursor));
    }
    return response;
}

}  // namespace cl::api::handlers
