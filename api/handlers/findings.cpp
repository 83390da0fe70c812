// GET /v1/accounts/{account}/findings and …/findings/summary.
#include "api/handlers/handlers.hpp"
#include "api/handlers/query.hpp"
#include "api/render.hpp"

namespace cl::api::handlers {

namespace {

Result<service::Queries::FindingFilter> finding_filter(Request const& request) {
    CL_TRY(check_parameters(request, {"status", "severity", "rule", "contact", "limit", "cursor"}));
    service::Queries::FindingFilter filter;
    filter.status = request.parameter("status").value_or("open");
    if (filter.status != "open" && filter.status != "waived" && filter.status != "closed" && filter.status != "all") {
        return fail(errc::invalid, "Query parameter `status` must be `open`, `waived`, `closed` or `all`.");
    }
    if (auto const severity = request.parameter("severity")) {
        auto const least = consent::severity_from(*severity);
        if (!least) {
            return fail(errc::invalid, "Query parameter `severity` must be info, low, medium, high or critical.");
        }
        filter.at_least = *least;
    }
    filter.rule = request.parameter("rule").value_or("");
    if (!filter.rule.empty() && consent::find_rule(filter.rule) == nullptr) {
        return fail(errc::invalid, "Query parameter `rule` is not a rule of this service.");
    }
    CL_TRY(take_page(request, filter));
    return filter;
}

json::Object render_counts(service::FindingCounts const& counts) {
    json::Object open;
    for (std::size_t i = 0; i < counts.open.size(); ++i) {
        open.set(std::string(consent::name(static_cast<consent::Severity>(i))), counts.open[i]);
    }
    return json::Object{{"open", std::move(open)},
                        {"complete", counts.complete},
                        {"as_of", json::Object{{"seq", counts.as_of.seq}, {"checkpoint", counts.as_of.checkpoint}}}};
}

}  // namespace

void get_findings(Call call) {
    auto filter = finding_filter(call.request);
    if (!filter) {
        call.respond(problem(filter.error()));
        return;
    }
    on_reader(std::move(call), [filter = std::move(*filter)](service::Queries& queries, Call const& asked) -> Result<Response> {
        CL_TRY_ASSIGN(auto const page, queries.findings(asked.account(), filter));
        json::Array data;
        for (service::FindingView const& row : page.items) {
            data.emplace_back(render(row));
        }
        return page_response(asked.request, page, std::move(data));
    });
}

void get_finding_counts(Call call) {
    auto const checked = check_parameters(call.request, {});
    if (!checked) {
        call.respond(problem(checked.error()));
        return;
    }
    on_reader(std::move(call), [](service::Queries& queries, Call const& asked) -> Result<Response> {
        CL_TRY_ASSIGN(auto const counts, queries.finding_counts(asked.account()));
        return json_response(render_counts(counts));
    });
}

}  // namespace cl::api::handlers
