// Legal holds and erasure (docs/erasure.md "Doing it" and "Holds"): each a short way to post its entry, and what came of it.
#include "api/handlers/handlers.hpp"
#include "api/handlers/query.hpp"
#include "api/handlers/standing.hpp"
#include "api/render.hpp"
#include "ledger/core/clock.hpp"
#include "ledger/core/limits.hpp"

#include <memory>

namespace cl::api::handlers {

namespace {

/// The body is the entry's `data`; an empty one may be left out.
Result<json::Object> data_of(Call const& call, std::initializer_list<std::string_view> parameters = {}) {
    CL_TRY(check_parameters(call.request, parameters));
    if (call.request.body.empty()) {
        return json::Object{};
    }
    CL_TRY_ASSIGN(json::Value posted, json::parse(call.request.body, limits::http_body_bytes));
    if (posted.as_object() == nullptr) {
        return fail(errc::invalid, "the body must be an object");
    }
    return std::move(*posted.as_object());
}

/// `contact` null: on the account.
Result<consent::ChangeItem> parse(std::string_view kind, std::string const* contact, Result<json::Object> data) {
    CL_TRY(data);
    json::Object item{{"kind", kind}, {"data", std::move(*data)}};
    if (contact != nullptr) {
        CL_TRY(contact_id(*contact));
        item.set("contact", *contact);
    }
    return parse_standing(item);
}

Result<json::Object> released(Call const& call, std::string const& matter) {
    CL_TRY_ASSIGN(json::Object data, data_of(call));
    if (!data.empty()) {
        return fail(errc::invalid, "a release has no members: the matter stands in the path");
    }
    data.set("matter", matter);
    return data;
}

json::Object render(service::HoldView const& hold) {
    return json::Object{{"matter", hold.matter}, {"seq", hold.seq}, {"scope", hold.of_account ? "account" : "contact"}};
}

void answer_holds(Call call, bool of_contact) {
    if (auto const known = check_parameters(call.request, {}); !known) {
        call.respond(problem(known.error()));
        return;
    }
    on_reader(std::move(call), [of_contact](service::Queries& queries, Call const& asked) -> Result<Response> {
        std::optional<Hash32> contact;
        if (of_contact) {
            CL_TRY_ASSIGN(contact, contact_id(asked.variables[1]));
        }
        CL_TRY_ASSIGN(auto const view, queries.holds(asked.account(), contact));
        json::Array data;
        for (service::HoldView const& hold : view.holds) {
            data.emplace_back(render(hold));
        }
        return json_response(json::Object{{"data", std::move(data)}, {"as_of", api::render(view.as_of)}});
    });
}

json::Object render(service::ErasureView const& view) {
    json::Object body{
        {"erased_by", view.erased_by},         {"recorded_at", format_time(view.recorded_at)},
        {"leaf_hash", to_hex(view.leaf)},      {"complete", view.openings_left == 0 && view.finished && !view.found},
        {"searched", view.searched},           {"openings_erased", view.openings_erased},
        {"openings_left", view.openings_left}, {"entries", view.entries},
        {"entries_since", view.entries_since}, {"suppressed", !view.opted_in},
        {"as_of", api::render(view.as_of)}};
    if (!view.request.empty()) {
        body.set("request", view.request);
    }
    return body;
}

Result<Response> certificate(Call const& asked) {
    CL_TRY_ASSIGN(Hash32 const contact, contact_id(asked.variables[1]));
    CL_TRY_ASSIGN(auto const queries, asked.app.service().make_queries());
    CL_TRY_ASSIGN(auto const view, queries->erasure(asked.account(), contact));
    json::Object body = render(view);
    body.set("account", asked.account());
    body.set("contact", asked.variables[1]);
    return json_response(std::move(body));
}

}  // namespace

void post_erase(Call call) {
    auto change = parse("subject.erased", &call.variables[1], data_of(call, {"if_due"}));
    auto const if_due = call.request.parameter("if_due");
    if (if_due && *if_due != "true") {
        call.respond(problem(fail(errc::invalid, "Query parameter `if_due` must be `true`, or absent.")));
        return;
    }
    record_standing(std::move(call), std::move(change), if_due ? Standing::if_due : Standing::may_be_new);
}

void get_erasure(Call call) {
    if (auto const known = check_parameters(call.request, {}); !known) {
        call.respond(problem(known.error()));
        return;
    }
    // It reads every entry of the contact: in the line of what takes long, so that however many ask, one thread is left for look-ups.
    auto const asked = std::make_shared<Call>(std::move(call));
    bool const taken = asked->app.readers().submit_long([asked] {
        if (!asked->hold->grow(asked->request.body.size() + limits::small_answer_bytes)) {
            respond_busy(*asked);
            return;
        }
        auto answer = certificate(*asked);
        asked->respond(answer ? std::move(*answer) : asked->app.failure("the certificate of an erasure", answer.error()));
    });
    if (!taken) {
        respond_busy(*asked);
    }
}

void post_contact_hold(Call call) {
    auto change = parse("hold.placed", &call.variables[1], data_of(call));
    record_standing(std::move(call), std::move(change), Standing::may_be_new);
}

void post_contact_release(Call call) {
    auto change = parse("hold.released", &call.variables[1], released(call, call.variables[2]));
    record_standing(std::move(call), std::move(change), Standing::must_be_there);
}

void post_account_hold(Call call) {
    auto change = parse("hold.placed", nullptr, data_of(call));
    record_standing(std::move(call), std::move(change), Standing::may_be_new);
}

void post_account_release(Call call) {
    auto change = parse("hold.released", nullptr, released(call, call.variables[1]));
    record_standing(std::move(call), std::move(change), Standing::must_be_there);
}

void get_contact_holds(Call call) {
    answer_holds(std::move(call), true);
}

void get_account_holds(Call call) {
    answer_holds(std::move(call), false);
}

}  // namespace cl::api::handlers
