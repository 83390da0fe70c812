#include "api/handlers/standing.hpp"

#include "api/handlers/query.hpp"
#include "api/render.hpp"
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

Response answer(service::ItemResult const& result) {
    if (result.problem) {
        return problem(in_body(*result.problem));
    }
    Response response = json_response(render(result, service::ReceiptDetail::full));
    response.status = result.status == service::ItemStatus::recorded ? 201 : 200;
    return response;
}

/// Two who put the same in the same place at the same time make one entry; to put back what stood before makes a new one.
std::string key_of(consent::ChangeItem const& change, Seq basis) {
    return "put\n" + std::to_string(basis) + "\n" + to_hex(sha256({change.canonical}));
}

/// `how`: with what to judge the item by when it is recorded.
void record(Call& call, consent::ChangeItem&& change, Seq basis, service::AppendItem how) {
    service::AppendRequest request;
    request.account = call.account();
    request.principal = std::move(call.principal);
    request.idempotency_key =
        call.request.idempotency_key.empty() ? key_of(change, basis) : std::move(call.request.idempotency_key);
    request.traceparent = call.request.traceparent;
    how.change = std::move(change);
    request.items.push_back(std::move(how));
    App const& app = call.app;
    call.app.service().append(std::move(request),
                              [&app, respond = std::move(call.respond)](Result<service::AppendAnswer> done) {
                                  respond(done ? answer(done->results.front()) : app.failure("a setting", done.error()));
                              });
}

/// What stands is known: answers with it, or records the change.
void settle(Call& call, consent::ChangeItem&& change, Standing wanted, service::Standing const& standing) {
    if (standing.same) {
        call.respond(answer(*standing.same));
        return;
    }
    service::AppendItem how;
    how.if_due = wanted == Standing::if_due;
    // What it would end does not stand. It may have ended it before, and be sent again under its key.
    how.only_replay = wanted == Standing::must_be_there && standing.current < 0;
    if (how.only_replay && call.request.idempotency_key.empty()) {
        call.respond(problem(fail(errc::not_found, "There is nothing of that name to end.")));
        return;
    }
    record(call, std::move(change), standing.basis, std::move(how));
}

}  // namespace

Result<consent::ChangeItem> parse_standing(json::Object const& item) {
    auto change = consent::parse_change(item);
    if (!change) {
        return in_body(std::move(change).error());
    }
    return change;
}

void record_standing(Call call, Result<consent::ChangeItem> parsed, Standing wanted) {
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
    bool const taken = shared->app.readers().submit([shared, change, wanted](Result<service::Queries*> queries) {
        auto standing = queries ? (*queries)->standing(shared->account(), *change) : Result<service::Standing>(queries.error());
        if (!standing) {
            shared->respond(shared->app.failure("looking up what stands", standing.error()));
            return;
        }
        settle(*shared, std::move(*change), wanted, *standing);
    });
    if (!taken) {
        respond_busy(*shared);
    }
}

}  // namespace cl::api::handlers
