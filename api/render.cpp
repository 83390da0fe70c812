#include "api/render.hpp"

#include "api/http.hpp"
#include "ledger/core/limits.hpp"

namespace cl::api {

namespace {

std::string_view status_name(service::ItemStatus status) {
    switch (status) {
    case service::ItemStatus::recorded: return "recorded";
    case service::ItemStatus::replayed: return "replayed";
    case service::ItemStatus::refused: break;
    }
    return "refused";
}

json::Object render_after(StateAfter const& state) {
    json::Object object{{"opted_in", state.opted_in}, {"blocked", state.blocked}, {"level", name(state.level)}};
    if (state.list) {
        object.set("list", json::Object{{"id", state.list->id}, {"member", state.list->member}});
    }
    return object;
}

json::Value parsed_problem(Error const& error) {
    auto value = json::parse(problem_body(error), limits::http_body_bytes);
    return value ? std::move(*value) : json::Value(json::Object{});
}

}  // namespace

json::Object render(consent::Finding const& finding) {
    json::Object object{{"id", finding.id}, {"severity", consent::name(finding.severity)}};
    if (!finding.what.empty()) {
        object.set("what", finding.what);
    }
    return object;
}

json::Object render(service::ItemResult const& result, service::ReceiptDetail detail, std::optional<std::size_t> index) {
    json::Object object{{"status", status_name(result.status)}};
    if (index) {
        object.set("index", static_cast<std::int64_t>(*index));
    }
    if (!result.correlation_id.empty()) {
        object.set("correlation_id", result.correlation_id);
    }
    if (result.problem) {
        object.set("problem", parsed_problem(*result.problem));
        return object;
    }
    object.set("seq", result.seq);
    if (result.contact) {
        object.set("contact", to_hex(*result.contact));
    }
    if (result.state) {
        object.set("state", render_after(*result.state));
    }
    json::Array findings;
    for (consent::Finding const& finding : result.findings) {
        findings.emplace_back(render(finding));
    }
    object.set("findings", std::move(findings));
    if (detail != service::ReceiptDetail::none) {
        object.set("leaf_hash", to_hex(result.leaf));
    }
    if (detail == service::ReceiptDetail::full && result.entry) {
        object.set("receipt", json::Object{{"entry", *result.entry}, {"proof", result.proof}});
    }
    return object;
}

json::Object render(consent::ContactState const& state) {
    json::Object lists;
    for (auto const& [id, membership] : state.lists) {
        lists.set(id, json::Object{{"member", membership.member}, {"level", name(membership.level)}, {"seq", membership.seq}});
    }
    return json::Object{
        {"opted_in", state.opted_in}, {"blocked", state.blocked}, {"level", name(state.level)}, {"lists", std::move(lists)}};
}

json::Object render(service::FindingView const& row) {
    json::Object object = render(row.finding);
    object.set("seq", row.finding.seq);
    if (row.contact) {
        object.set("contact", to_hex(*row.contact));
    }
    object.set("status", row.closed_by ? "closed" : (row.waiver ? "waived" : "open"));
    if (row.waiver) {
        json::Object waiver{{"seq", row.waiver->by}, {"until", format_time(row.waiver->until)}};
        if (row.waiver->actor) {
            waiver.set("actor", json::Object{{"kind", row.waiver->actor->kind}, {"id", row.waiver->actor->id}});
        }
        if (row.waiver->reason) {
            waiver.set("reason", *row.waiver->reason);
        }
        object.set("waiver", std::move(waiver));
    }
    if (row.closed_by) {
        object.set("closed_by", *row.closed_by);
    }
    if (consent::RuleInfo const* rule = consent::find_rule(row.finding.id)) {
        object.set("title", rule->title);
        object.set("citation", rule->citation);
    }
    return object;
}

json::Object render(service::AsOf const& as_of) {
    return json::Object{{"seq", as_of.seq}, {"checkpoint", as_of.checkpoint}};
}

json::Object render(service::ContactView const& view) {
    json::Object object{{"contact", to_hex(view.contact)}, {"known", view.known}, {"as_of", render(view.as_of)}};
    if (view.state.erased) {
        object.set("erased", true);
    }
    object.set("state", render(view.state));
    json::Array obligations;
    for (consent::Obligation const& open : view.state.obligations) {
        json::Object one{{"kind", open.kind},
                         {"seq", open.seq},
                         {"opened_at", format_time(open.opened_at)},
                         {"due_at", format_time(open.due_at)}};
        if (!open.list.empty()) {
            one.set("list", open.list);
        }
        if (!open.assignee.empty()) {
            one.set("assignee", open.assignee);
        }
        obligations.emplace_back(std::move(one));
    }
    object.set("obligations", std::move(obligations));
    json::Array findings;
    for (consent::Finding const& finding : view.state.open) {
        json::Object one = render(finding);
        one.set("seq", finding.seq);
        findings.emplace_back(std::move(one));
    }
    object.set("findings", std::move(findings));
    if (view.state.left_out > 0) {
        object.set("findings_left_out", view.state.left_out);
    }
    json::Array because;
    for (Seq const seq : view.because) {
        because.emplace_back(seq);
    }
    object.set("because", std::move(because));
    return object;
}

Result<json::Object> render(service::EntryView const& view) {
    CL_TRY_ASSIGN(json::Value entry, json::parse(view.bytes, limits::entry_bytes));
    json::Array findings;
    for (service::FindingView const& row : view.findings) {
        findings.emplace_back(render(row));
    }
    return json::Object{{"entry", std::move(entry)}, {"findings", std::move(findings)}};
}

}  // namespace cl::api
