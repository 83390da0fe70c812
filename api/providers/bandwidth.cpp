// Bandwidth: a JSON array of events, with Basic authentication (vendor documentation). Delivered at least once: a repetition is recognised
// by the message's id.
#include "api/providers/provider.hpp"

namespace cl::api::providers {
namespace {

Result<void> check(Webhook const& hook, Request const& request, Millis) {
    return check_basic(hook, request);
}

Result<std::vector<Message>> messages(Request const& request) {
    CL_TRY_ASSIGN(json::Value const body, parse_body(request));
    if (body.as_array() == nullptr) return fail(errc::malformed, "The body is not a JSON array.");
    std::vector<Message> out;
    for (json::Value const& value : *body.as_array()) {
        if (value.as_object() == nullptr) return fail(errc::malformed, "An event is not a JSON object.");
        json::Object const& event = *value.as_object();
        if (event.string("type") != "message-received") continue;
        json::Object const message = object_in(event, "message");
        if (message.string("direction") == "out") continue;
        out.push_back({posted("bandwidth", message.string("from"), event.string("to"), message.string("text"),
                              message.string("id"), message.string("time")),
                       false});
    }
    return out;
}

}  // namespace

Provider const bandwidth = {"bandwidth", Proof::secret, {}, check, messages, taken, nullptr, basic_lacks};

}  // namespace cl::api::providers
