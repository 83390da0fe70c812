// PUT of lists, triggers, actors and the policy: shorthand for posting their entries (docs/http-api.md "Settings"). The body is the entry's
// `data` without the id, which stands in the path. To put what stands already records nothing and is answered with the entry that it stands by.
#include "api/handlers/handlers.hpp"
#include "api/handlers/query.hpp"
#include "api/handlers/standing.hpp"
#include "ledger/core/limits.hpp"

namespace cl::api::handlers {

namespace {

/// `member`: where the id of the path belongs in `data`; empty for the policy, of which there is one.
Result<consent::ChangeItem> parse_setting(std::string_view kind, std::string_view member, Call const& call) {
    CL_TRY(check_parameters(call.request, {}));
    CL_TRY_ASSIGN(json::Value posted, json::parse(call.request.body, limits::http_body_bytes));
    json::Object* const data = posted.as_object();
    if (data == nullptr) {
        return fail(errc::invalid, "the body must be an object");
    }
    if (!member.empty()) {
        if (data->contains(member)) {
            return fail(errc::invalid, "the id stands in the path alone", json::pointer_join("", member));
        }
        if (!consent::valid_id(call.variables[1])) {
            return fail(errc::invalid, "the id in the path must be 1 to 128 of A-Z a-z 0-9 . _ : -");
        }
        data->set(member, call.variables[1]);
    }
    return parse_standing(json::Object{{"kind", kind}, {"data", std::move(*data)}});
}

void put(Call call, std::string_view kind, std::string_view member) {
    auto parsed = parse_setting(kind, member, call);
    record_standing(std::move(call), std::move(parsed), Standing::may_be_new);
}

}  // namespace

void put_list(Call call) {
    put(std::move(call), "list.defined", "list");
}

void put_trigger(Call call) {
    put(std::move(call), "trigger.defined", "trigger");
}

void put_actor(Call call) {
    put(std::move(call), "actor.defined", "actor");
}

void put_policy(Call call) {
    put(std::move(call), "policy.activated", {});
}

}  // namespace cl::api::handlers
