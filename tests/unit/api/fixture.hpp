// An App over the fake service, asked without sockets.
#pragma once

#include "api/app.hpp"
#include "api/cloud_events.hpp"
#include "ledger/core/json.hpp"
#include "tests/unit/api/fake_service.hpp"

#include <future>
#include <string>

namespace cl::api::test {

struct Fixture {
    FakeService service;
    SystemClock clock;
    std::mutex log_mutex;
    std::string log;
    App app{service, clock, [this](std::string_view line) {
                std::lock_guard const lock(log_mutex);
                log += line;
            }};

    /// Admission and handler, as a connection does it.
    Response ask(Method method, std::string_view target, std::string token = {}, std::string body = {},
                 std::string type = "application/json", std::string if_none_match = {}, CloudEventFields event = {}) {
        Request request;
        request.method = method;
        request.if_none_match = std::move(if_none_match);
        request.event = std::move(event);
        request.content_type = std::move(type);
        if (!token.empty()) {
            request.authorization = "Bearer " + token;
        }
        if (auto const split = split_target(target, request); !split) {
            return problem(split.error());
        }
        auto admitted = app.admit(request);
        if (!admitted) {
            return std::move(admitted).error();
        }
        request.body = std::move(body);
        std::promise<Response> promise;
        auto answer = promise.get_future();
        auto const hold = std::make_shared<Hold>(app.memory(), admitted->principal.token);
        app.handle(
            std::move(*admitted), std::move(request), [&promise](Response response) { promise.set_value(std::move(response)); },
            hold);
        Response response = answer.get();
        hold->trade(0);
        return response;
    }

    static json::Object parsed(Response const& response) {
        auto const value = json::parse(response.body, 1 << 20);
        return value && value->as_object() != nullptr ? *value->as_object() : json::Object{};
    }
};

inline constexpr char const* good_change =
    R"({"kind":"contact.added","phone":"+15550100101","source":{"record":"r"},"data":{"origin":"manual"},"correlation_id":"42"})";

}  // namespace cl::api::test
