// PUT of lists, triggers, actors and the policy: shorthand for posting their entries (WIRE.md 2). The body is the entry's `data` without
// the id, which stands in the path. To put what stands already records nothing and is answered with the entry that it stands by.
#include "api/handlers/handlers.hpp"
#include "api/handlers/query.hpp"
#include "api/render.hpp"
#include "ledger/consent/change_item.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/core/sha256.hpp"

namespace cl::api::handlers {

namespace {

constexpr std::string_view data_pointer = "/data";

/// As the body has it: its members are those of `data`.
Error in_body(Error error) {
    if (error.pointer.starts_with(data_pointer)) {
        error.pointer.erase(0, data_pointer.size());
    }
    return error;
}

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
    auto change = consent::parse_change(json::Object{{"kind", kind}, {"data", std::move(*data)}});
    if (!change) {
        return in_body(std::move(change).error());
    }
    return change;
}

Response answer(service::ItemResult const& result) {
    if (result.problem) {
        return problem(in_body(*result.problem));
    }
    Response response = json_response(render(result, service::ReceiptDetail::full));
    response.status = result.status == service::ItemStatus::recorded ? 201 : 200;
    return response;
}

/// Two who put the same in the same place at the same time make one entry; to put back what stood before makes a new one.
std::string key_of(consent::ChangeItem const& change, Seq current) {
    return "put\n" + std::to_string(current) + "\n" + to_hex(sha256({change.canonical}));
}

void record(Call& call, consent::ChangeItem&& change, Seq current) {
    service::AppendRequest request;
    request.account = call.account();
    request.principal = std::move(call.principal);
    request.idempotency_key =
        call.request.idempotency_key.empty() ? key_of(change, current) : std::move(call.request.idempotency_key);
    service::AppendItem item;
    item.change = std::move(change);
    request.items.push_back(std::move(item));
    App const& app = call.app;
    call.app.service().append(std::move(request),
                              [&app, respond = std::move(call.respond)](Result<service::AppendAnswer> done) {
                                  respond(done ? answer(done->results.front()) : app.failure("a setting", done.error()));
                              });
}

void put(Call call, std::string_view kind, std::string_view member) {
    auto parsed = parse_setting(kind, member, call);
    if (!parsed) {
        call.respond(problem(parsed.error()));
        return;
    }
    if (!call.hold->grow(call.request.body.size() + limits::small_answer_bytes)) {
        respond_busy(call);
        return;
    }
    auto shared = std::make_shared<Call>(std::move(call));
    auto change = std::make_shared<consent::ChangeItem>(std::move(*parsed));
    bool const taken = shared->app.readers().submit([shared, change](Result<service::Queries*> queries) {
        auto standing = queries ? (*queries)->standing(shared->account(), *change) : Result<service::Standing>(queries.error());
        if (!standing) {
            shared->respond(shared->app.failure("looking up a setting", standing.error()));
        } else if (standing->same) {
            shared->respond(answer(*standing->same));
        } else {
            record(*shared, std::move(*change), standing->current);
        }
    });
    if (!taken) {
        respond_busy(*shared);
    }
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
