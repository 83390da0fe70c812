// POST /v1/accounts/{account}/check: may these numbers be texted? A large check is read and answered on a reader thread with its own
// Queries, in the place for long work, so that look-ups go on beside it.
#include "ledger/consent/check.hpp"

#include "api/handlers/handlers.hpp"
#include "api/handlers/query.hpp"
#include "ledger/consent/change_item.hpp"
#include "ledger/core/keys.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>
#include <initializer_list>

namespace cl::api::handlers {

namespace {

struct Check {
    consent::CheckMessage message;
    std::vector<std::string> numbers;
};

Result<void> only_members(json::Object const& object, std::string_view pointer, std::initializer_list<std::string_view> known) {
    for (json::Member const& member : object) {
        if (std::find(known.begin(), known.end(), member.name) == known.end()) {
            return fail(errc::invalid, "unknown member", json::pointer_join(pointer, member.name));
        }
    }
    return {};
}

Result<consent::CheckMessage> parse_message(json::Value const* posted) {
    json::Object const* object = posted == nullptr ? nullptr : posted->as_object();
    if (object == nullptr) {
        return fail(errc::invalid, "an object that says what kind of message it is, is required", "/message");
    }
    CL_TRY(only_members(*object, "/message", {"type", "list"}));
    auto const type = consent::message_type_from(object->string("type"));
    if (!type) {
        return fail(errc::invalid, "must be one_to_one, campaign or confirmation", "/message/type");
    }
    consent::CheckMessage message{*type, {}};
    if (json::Value const* list = object->find("list")) {
        if (list->as_string() == nullptr || !consent::valid_id(*list->as_string())) {
            return fail(errc::invalid, "must be the id of a list", "/message/list");
        }
        message.list = *list->as_string();
    }
    return message;
}

Result<std::vector<std::string>> parse_numbers(json::Value const* posted) {
    json::Array const* items = posted == nullptr ? nullptr : posted->as_array();
    if (items == nullptr) {
        return fail(errc::invalid, "an array of phone numbers in E.164 is required", "/numbers");
    }
    if (items->size() > limits::check_numbers) {
        return fail(errc::too_large, "at most " + std::to_string(limits::check_numbers) + " numbers in one check", "/numbers");
    }
    std::vector<std::string> numbers;
    numbers.reserve(items->size());
    for (json::Value const& item : *items) {
        auto number = item.as_string() == nullptr ? Result<std::string>(fail(errc::invalid, "must be a string"))
                                                  : normalise_phone(*item.as_string());
        if (!number) {
            return fail(errc::invalid, number.error().detail, "/numbers/" + std::to_string(numbers.size()));
        }
        numbers.push_back(std::move(*number));
    }
    return numbers;
}

Result<Check> parse_check(std::string_view body) {
    CL_TRY_ASSIGN(json::Value const posted, json::parse(body, limits::check_body_bytes));
    json::Object const* object = posted.as_object();
    if (object == nullptr) {
        return fail(errc::invalid, "the body must be an object");
    }
    CL_TRY(only_members(*object, "", {"numbers", "message"}));
    Check check;
    CL_TRY_ASSIGN(check.message, parse_message(object->find("message")));
    CL_TRY_ASSIGN(check.numbers, parse_numbers(object->find("numbers")));
    return check;
}

/// Written out as it goes: a tree of values would be several times the answer.
Response answer(service::CheckView const& view, std::string_view if_none_match) {
    Response response;
    std::string& out = response.body;
    out.reserve(view.results.size() * 96 + 1'024);
    out += "{\"as_of\":{\"checkpoint\":";
    json::write_string(view.as_of.checkpoint, out);
    out += ",\"seq\":" + std::to_string(view.as_of.seq) + "},\"results\":[";
    for (consent::CheckAnswer const& one : view.results) {
        if (out.back() != '[') {
            out += ',';
        }
        out += one.allowed() ? "{\"allowed\":true,\"reason\":\"" : "{\"allowed\":false,\"reason\":\"";
        out += consent::name(one.reason);
        out += '"';
        if (one.seq) {
            out += ",\"seq\":" + std::to_string(*one.seq);
        }
        if (one.since) {
            out += ",\"since\":\"" + format_time(*one.since) + '"';
        }
        out += '}';
    }
    out += "]}";
    std::string tag = entity_tag(out);
    if (names_tag(if_none_match, tag)) {
        // Not 304, which RFC 9110 13.1.2 keeps for GET: and whoever does not know what it means must not take it for a yes.
        response = problem(412, "precondition_failed", "The answer has not changed",
                           "If-None-Match names the answer that would have been given.");
    }
    response.headers.emplace_back("ETag", std::move(tag));
    return response;
}

Result<Response> run(service::Queries& queries, Call const& call, Check const& check) {
    CL_TRY_ASSIGN(auto const view, queries.check(call.account(), check.message, check.numbers));
    return answer(view, call.request.if_none_match);
}

void take_check(Call call) {
    auto const checked = check_parameters(call.request, {});
    auto check = checked ? parse_check(call.request.body) : Result<Check>(checked.error());
    if (!check) {
        call.respond(problem(check.error()));
        return;
    }
    call.app.charge(call.principal, check->numbers.size());
    std::size_t const memory = check->numbers.size() * limits::check_number_bytes + limits::small_answer_bytes;
    if (call.request.body.size() <= limits::http_inline_bytes) {
        on_reader(
            std::move(call),
            [check = std::move(*check)](service::Queries& queries, Call const& asked) { return run(queries, asked, check); },
            memory);
        return;
    }
    // On a reader thread already (on_body).
    if (!call.hold->grow(call.request.body.size() + memory)) {
        respond_busy(call);
        return;
    }
    std::string().swap(call.request.body);
    auto queries = call.app.service().make_queries();
    if (!queries) {
        call.respond(call.app.failure("opening the ledger for a check", queries.error()));
        return;
    }
    auto response = run(**queries, call, *check);
    call.respond(response ? std::move(*response) : call.app.failure("a check", response.error()));
}

}  // namespace

void post_check(Call call) {
    on_body(std::move(call), take_check);
}

}  // namespace cl::api::handlers
