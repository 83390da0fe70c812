// GET /v1/accounts/{account}/changes: pages of entries, and with `after` and `wait` a feed that holds until there is a next one.
#include "api/app.hpp"
#include "api/handlers/changes_csv.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/query.hpp"
#include "api/render.hpp"
#include "ledger/core/limits.hpp"

#include <chrono>

namespace cl::api::handlers {

namespace {

bool wants_lines(Request const& request) {
    return request.accept.find("ndjson") != std::string::npos || request.accept.find("jsonl") != std::string::npos;
}

bool wants_table(Request const& request) {
    return !wants_lines(request) && request.accept.find("text/csv") != std::string::npos;
}

Result<void> check_profile(Request const& request) {
    if (request.parameter("profile") && !wants_table(request)) {
        return fail(errc::invalid, "Query parameter `profile` is for CSV.");
    }
    CL_TRY(csv_profile(request));
    return {};
}

Result<service::ChangeFilter> change_filter(Request const& request) {
    CL_TRY(check_parameters(
        request,
        {"limit", "cursor", "after", "wait", "actor", "source", "record", "list", "since", "until", "order", "profile"},
        {"kind"}));
    CL_TRY(check_profile(request));
    service::ChangeFilter filter;
    for (auto const& [name, value] : request.query) {
        if (name == "kind") {
            if (!consent::kind_from(value)) {
                return fail(errc::invalid, "Query parameter `kind` is not a kind of entry.");
            }
            filter.kinds.push_back(value);
        }
    }
    filter.actor = request.parameter("actor").value_or("");
    filter.platform = request.parameter("source").value_or("");
    filter.record = request.parameter("record").value_or("");
    filter.list = request.parameter("list").value_or("");
    filter.cursor = request.parameter("cursor").value_or("");
    CL_TRY_ASSIGN(filter.since, time(request, "since"));
    CL_TRY_ASSIGN(filter.until, time(request, "until"));
    CL_TRY_ASSIGN(filter.after, number(request, "after"));
    CL_TRY_ASSIGN(filter.limit, page_limit(request));
    std::string_view const order = request.parameter("order").value_or(filter.after ? "oldest" : "newest");
    if (order != "newest" && order != "oldest") {
        return fail(errc::invalid, "Query parameter `order` must be `newest` or `oldest`.");
    }
    if (filter.after && order == "newest") {
        return fail(errc::invalid, "`after` reads the log forwards: it cannot be combined with `order=newest`.");
    }
    filter.order = order == "newest" ? service::Order::newest_first : service::Order::oldest_first;
    return filter;
}

/// Seconds that the request may wait; nothing where it is no feed.
Result<std::optional<std::int64_t>> waiting_time(Request const& request) {
    constexpr std::int64_t most = limits::feed_wait_ms / 1'000;
    CL_TRY_ASSIGN(auto const wait, number(request, "wait"));
    if (wait && !request.parameter("after")) {
        return fail(errc::invalid, "`wait` goes with `after`: it waits for what comes behind an entry.");
    }
    if (wait && request.parameter("cursor")) {
        return fail(errc::invalid, "`wait` goes on by `after`, not by a cursor.");
    }
    if (wait && *wait > most) {
        return fail(errc::invalid, "Query parameter `wait` must be at most " + std::to_string(most) + " seconds.");
    }
    return wait;
}

Result<Response> answer(Request const& request, service::ChangeFilter const& filter, service::Page<service::EntryView> page,
                        bool is_feed) {
    std::optional<std::int64_t> next_after;
    if (filter.after) {
        next_after = page.read_to;
    }
    if (is_feed) {
        page.next_cursor.clear();  // a feed goes on by `after`
    }
    Response response;
    if (wants_lines(request)) {
        response.content_type = "application/x-ndjson";
        for (service::EntryView const& view : page.items) {
            response.body += view.bytes;
            response.body += '\n';
        }
        if (!page.next_cursor.empty()) {
            response.headers.emplace_back("Link", next_link(request, page.next_cursor));
        }
    } else if (wants_table(request)) {
        CL_TRY_ASSIGN(response, csv_page(request, page));
    } else {
        json::Array data;
        for (service::EntryView const& view : page.items) {
            CL_TRY_ASSIGN(json::Object one, render(view));
            data.emplace_back(std::move(one));
        }
        response = page_response(request, std::move(data), page.has_more, page.next_cursor, page.as_of, next_after);
    }
    if (is_feed) {
        response.headers.emplace_back("Link", next_link(request, std::to_string(page.read_to), "after"));
    }
    return response;
}

/// A look of the feed.
bool look(Call& call, service::ChangeFilter& filter, Result<service::Queries*> const& queries, bool last) {
    if (!queries) {
        call.respond(call.app.failure("opening the ledger for a feed", queries.error()));
        return true;
    }
    // A revocation is an entry of the account, so who waits looks at once.
    if (!call.app.in_force(call.principal)) {
        call.respond(problem(fail(errc::unauthorized, "The token was revoked, or has expired, while the request waited.")));
        return true;
    }
    if (!call.hold->grow(limits::page_answer_bytes)) {
        respond_busy(call);
        return true;
    }
    auto page = (*queries)->changes(call.account(), filter);
    if (page && page->items.empty() && !page->has_more && !last) {
        filter.after = page->read_to;  // entries that the filter leaves out are not looked at again
        call.hold->trade(0);
        return false;
    }
    auto response = page ? answer(call.request, filter, std::move(*page), true) : Result<Response>(page.error());
    // An entry wakes many at once: what the others need must not wait until this one is sent.
    call.hold->trade(response ? response->body.size() : 0);
    call.respond(response ? std::move(*response) : call.app.failure("a feed", response.error()));
    return true;
}

void wait_for_changes(Call call, service::ChangeFilter filter, std::int64_t seconds) {
    struct Waiting {
        Call call;
        service::ChangeFilter filter;
    };
    Feed& feed = call.app.feed();
    std::string account = call.account();
    auto const waiting = std::make_shared<Waiting>(Waiting{std::move(call), std::move(filter)});
    bool const taken = feed.wait(std::move(account), std::chrono::seconds(seconds),
                                 [waiting](Result<service::Queries*> const& queries, bool last) {
                                     return look(waiting->call, waiting->filter, queries, last);
                                 });
    if (!taken) {
        respond_busy(waiting->call);
    }
}

}  // namespace

void get_changes(Call call) {
    auto filter = change_filter(call.request);
    auto const wait = filter ? waiting_time(call.request) : Result<std::optional<std::int64_t>>(filter.error());
    if (!wait) {
        call.respond(problem(wait.error()));
        return;
    }
    if (*wait) {
        wait_for_changes(std::move(call), std::move(*filter), **wait);
        return;
    }
    on_reader(
        std::move(call),
        [filter = std::move(*filter)](service::Queries& queries, Call const& asked) -> Result<Response> {
            CL_TRY_ASSIGN(auto page, queries.changes(asked.account(), filter));
            return answer(asked.request, filter, std::move(page), false);
        },
        limits::page_answer_bytes);
}

}  // namespace cl::api::handlers
