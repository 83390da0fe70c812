// Look-ups of one contact: by number (POST, so that no number stands in a URL) and by pseudonym.
#include "api/handlers/handlers.hpp"
#include "api/handlers/query.hpp"
#include "api/render.hpp"
#include "ledger/core/keys.hpp"
#include "ledger/core/limits.hpp"

namespace cl::api::handlers {

namespace {

struct Lookup {
    std::string phone;
    std::optional<Millis> at;
    std::optional<Millis> known_at;
};

Result<std::optional<Millis>> time_member(json::Object const& object, std::string_view name) {
    json::Value const* value = object.find(name);
    if (value == nullptr) {
        return std::optional<Millis>{};
    }
    auto const parsed =
        value->as_string() == nullptr ? Result<Millis>(fail(errc::malformed, {})) : parse_rfc3339(*value->as_string());
    if (!parsed) {
        return fail(errc::invalid, "must be an RFC 3339 time with an offset", json::pointer_join("", name));
    }
    return std::optional<Millis>{*parsed};
}

Result<Lookup> parse_lookup(std::string_view body) {
    CL_TRY_ASSIGN(json::Value const posted, json::parse(body, limits::http_body_bytes));
    json::Object const* object = posted.as_object();
    if (object == nullptr) {
        return fail(errc::invalid, "the body must be an object");
    }
    for (json::Member const& member : *object) {
        if (member.name != "phone" && member.name != "at" && member.name != "known_at") {
            return fail(errc::invalid, "unknown member", json::pointer_join("", member.name));
        }
    }
    Lookup lookup;
    json::Value const* phone = object->find("phone");
    if (phone == nullptr || phone->as_string() == nullptr) {
        return fail(errc::invalid, "a phone number in E.164 is required", "/phone");
    }
    auto number = normalise_phone(*phone->as_string());
    if (!number) {
        return fail(errc::invalid, number.error().detail, "/phone");
    }
    lookup.phone = std::move(*number);
    CL_TRY_ASSIGN(lookup.at, time_member(*object, "at"));
    CL_TRY_ASSIGN(lookup.known_at, time_member(*object, "known_at"));
    return lookup;
}

void look_up(Call call) {
    auto const checked = check_parameters(call.request, {});
    auto lookup = parse_lookup(call.request.body);
    if (!checked || !lookup) {
        call.respond(problem(checked ? lookup.error() : checked.error()));
        return;
    }
    on_reader(std::move(call), [lookup = std::move(*lookup)](service::Queries& queries, Call const& asked) -> Result<Response> {
        Hash32 const contact = queries.contact_of(asked.account(), lookup.phone);
        CL_TRY_ASSIGN(auto const view, queries.contact(asked.account(), contact, lookup.at, lookup.known_at));
        return json_response(render(view));
    });
}

}  // namespace

void post_lookup(Call call) {
    on_body(std::move(call), look_up);
}

void get_contact(Call call) {
    on_reader(std::move(call), [](service::Queries& queries, Call const& asked) -> Result<Response> {
        CL_TRY(check_parameters(asked.request, {"at", "known_at"}));
        CL_TRY_ASSIGN(Hash32 const contact, contact_id(asked.variables[1]));
        CL_TRY_ASSIGN(auto const at, time(asked.request, "at"));
        CL_TRY_ASSIGN(auto const known_at, time(asked.request, "known_at"));
        CL_TRY_ASSIGN(auto const view, queries.contact(asked.account(), contact, at, known_at));
        if (!view.known) {
            return fail(errc::not_found, "There is no such contact.");
        }
        return json_response(render(view));
    });
}

void get_history(Call call) {
    on_reader(
        std::move(call),
        [](service::Queries& queries, Call const& asked) -> Result<Response> {
            CL_TRY(check_parameters(asked.request, {"limit", "cursor"}));
            CL_TRY_ASSIGN(Hash32 const contact, contact_id(asked.variables[1]));
            CL_TRY_ASSIGN(std::size_t const limit, page_limit(asked.request));
            std::string_view const cursor = asked.request.parameter("cursor").value_or("");
            CL_TRY_ASSIGN(auto const page, queries.history(asked.account(), contact, limit, cursor));
            json::Array data;
            for (service::EntryView const& view : page.items) {
                CL_TRY_ASSIGN(json::Object one, render(view));
                data.emplace_back(std::move(one));
            }
            return page_response(asked.request, page, std::move(data));
        },
        limits::page_answer_bytes);
}

}  // namespace cl::api::handlers
