// What the look-up handlers share: query parameters read strictly, the way to a reader thread, and pages.
//
// Threads: as handlers.hpp.
#pragma once

#include "api/app.hpp"
#include "api/http.hpp"
#include "api/router.hpp"
#include "ledger/core/json.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/service/queries.hpp"

#include <functional>
#include <initializer_list>
#include <string_view>

namespace cl::api::handlers {

/// errc::invalid for a parameter that is not in `known`, or that is given twice and not in `repeatable`: a misspelt filter must not
/// silently widen an auditor's answer.
[[nodiscard]] Result<void> check_parameters(Request const& request, std::initializer_list<std::string_view> known,
                                            std::initializer_list<std::string_view> repeatable = {});
/// `limit`, 1 to limits::page_items, limits::page_items_default without it.
[[nodiscard]] Result<std::size_t> page_limit(Request const& request);
/// A non-negative decimal parameter; nothing if it is absent.
[[nodiscard]] Result<std::optional<std::int64_t>> number(Request const& request, std::string_view name);
/// An RFC 3339 time to choose by (parse_time_bound); nothing if it is absent.
[[nodiscard]] Result<std::optional<Millis>> time(Request const& request, std::string_view name);
/// `contact`, `limit` and `cursor` of a page that may be about one contact.
template <class Filter>
[[nodiscard]] Result<void> take_page(Request const& request, Filter& filter);

/// A 64-digit hex id in the path or a parameter; errc::not_found otherwise, as for an id nobody has.
[[nodiscard]] Result<Hash32> contact_id(std::string_view text);

/// Runs `work` on a reader thread and answers with what it returns. A full queue is answered with 503 busy, and so is a lack of room for
/// an answer of `answer_bytes`.
void on_reader(Call call, std::function<Result<Response>(service::Queries&, Call const&)> work,
               std::size_t answer_bytes = limits::small_answer_bytes);

/// Runs `work`, which reads the body: at once if the body is small, on a reader thread if it is large. A full queue is answered with 503
/// busy.
void on_body(Call call, void (*work)(Call));

/// Answers 503: no room, no place in a queue.
void respond_busy(Call const& call);

[[nodiscard]] Response json_response(json::Object object);

/// `{"data":[…],"has_more","next_cursor","as_of"}` with Link rel="next" (docs/http-api.md "Pages").
template <class T>
[[nodiscard]] Response page_response(Request const& request, service::Page<T> const& page, json::Array data);

/// The Link header's value: this request with `cursor` set, or with another parameter that says where to go on.
[[nodiscard]] std::string next_link(Request const& request, std::string_view value, std::string_view name = "cursor");
/// The same as page_response, for any page. `next_after`: of a change feed, where to go on.
[[nodiscard]] Response page_response(Request const& request, json::Array data, bool has_more, std::string const& next_cursor,
                                     service::AsOf const& as_of, std::optional<std::int64_t> next_after = {});

template <class Filter>
Result<void> take_page(Request const& request, Filter& filter) {
    if (auto const contact = request.parameter("contact")) {
        CL_TRY_ASSIGN(filter.contact, contact_id(*contact));
    }
    CL_TRY_ASSIGN(filter.limit, page_limit(request));
    filter.cursor = request.parameter("cursor").value_or("");
    return {};
}

template <class T>
Response page_response(Request const& request, service::Page<T> const& page, json::Array data) {
    return page_response(request, std::move(data), page.has_more, page.next_cursor, page.as_of);
}

}  // namespace cl::api::handlers
