// GET /v1/accounts/{account}/activity: what was recorded on each day.
#include "api/handlers/handlers.hpp"
#include "api/handlers/query.hpp"

#include <algorithm>

namespace cl::api::handlers {

namespace {

constexpr std::int64_t default_days = 30;
constexpr std::int64_t most_days = 366;

Result<std::int64_t> days_parameter(Request const& request) {
    CL_TRY(check_parameters(request, {"days"}));
    CL_TRY_ASSIGN(auto const days, number(request, "days"));
    if (days && (*days < 1 || *days > most_days)) {
        return fail(errc::invalid, "Query parameter `days` must be between 1 and " + std::to_string(most_days) + ".");
    }
    return days.value_or(default_days);
}

/// Every day from the first to the last, those without an entry too: a chart has no gaps.
json::Array render_days(service::ActivityView const& view, Millis first, Millis last) {
    json::Array days;
    auto counted = view.days.begin();
    for (Millis start = first; start <= last; start += service::day_ms) {
        service::ActivityDay day{start};
        if (counted != view.days.end() && counted->start == start) {
            day = *counted++;
        }
        days.emplace_back(json::Object{{"day", format_time(start).substr(0, 10)},
                                       {"entries", day.entries},
                                       {"opt_ins", day.opt_ins},
                                       {"opt_outs", day.opt_outs},
                                       {"blocks", day.blocks}});
    }
    return days;
}

}  // namespace

void get_activity(Call call) {
    auto const days = days_parameter(call.request);
    if (!days) {
        call.respond(problem(days.error()));
        return;
    }
    Millis const today = service::start_of_day(call.app.clock().now());
    Millis const first = today - (*days - 1) * service::day_ms;
    on_reader(std::move(call), [first, today](service::Queries& queries, Call const& asked) -> Result<Response> {
        CL_TRY_ASSIGN(auto const view, queries.activity(asked.account(), first));
        // Recorded times never go back, and so may be ahead of a clock that did.
        Millis const last = view.days.empty() ? today : std::max(today, view.days.back().start);
        return json_response(
            json::Object{{"days", render_days(view, first, last)},
                         {"complete", view.complete},
                         {"counted_from", format_time(view.counted_from)},
                         {"as_of", json::Object{{"seq", view.as_of.seq}, {"checkpoint", view.as_of.checkpoint}}}});
    });
}

}  // namespace cl::api::handlers
