// Sinch SMS: JSON, with Basic authentication by arrangement (vendor documentation).
#include "api/providers/provider.hpp"

namespace cl::api::providers {
namespace {

Result<void> check(Webhook const& hook, Request const& request, Millis) {
    return check_basic(hook, request);
}

Result<std::vector<Message>> messages(Request const& request) {
    CL_TRY_ASSIGN(json::Value const body, parse_body(request));
    json::Object const* const event = body.as_object();
    if (event == nullptr) return fail(errc::malformed, "The body is not a JSON object.");
    if (event->string("type") != "mo_text") return std::vector<Message>{};
    Message message;
    message.posted = posted("sinch", with_plus(event->string("from")), with_plus(event->string("to")), event->string("body"),
                            event->string("id"), event->string("received_at"));
    return std::vector<Message>{std::move(message)};
}

}  // namespace

Provider const sinch = {"sinch", false, {}, check, messages, taken};

}  // namespace cl::api::providers
