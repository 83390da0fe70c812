// Twilio: a form, signed with HMAC-SHA1 over the URL and the sorted parameters, or Event Streams: JSON, whose digest stands in the URL (vendor
// documentation; its SDK's vectors are in the tests). It signs no time: a delivery that is sent again is recognised by its MessageSid, by
// whichever of both ways it comes.
#include "api/providers/provider.hpp"
#include "ledger/core/hash32.hpp"
#include "ledger/core/mac.hpp"
#include "ledger/core/markup.hpp"

#include <algorithm>
#include <array>

namespace cl::api::providers {
namespace {

/// Parameters by name; a name that stands several times, once for each of its values, which are sorted too.
std::string sorted(Form form) {
    std::sort(form.begin(), form.end());
    form.erase(std::unique(form.begin(), form.end()), form.end());
    std::string out;
    for (auto const& [name, value] : form) out.append(name).append(value);
    return out;
}

/// The same URL with the port that its scheme means, or without it: Twilio signs either.
std::string other_port(std::string const& url) {
    bool const secure = url.starts_with("https://");
    std::string const port = secure ? ":443" : ":80";
    std::size_t const host = url.find("://") + 3;
    std::size_t const end = std::min(url.find_first_of("/?", host), url.size());
    std::size_t const colon = url.find(':', host);
    if (colon >= end) return url.substr(0, end) + port + url.substr(end);
    return url.substr(colon, end - colon) == port ? url.substr(0, colon) + url.substr(end) : url;
}

bool is_json(Request const& request) {
    return request.content_type != "application/x-www-form-urlencoded";
}

Result<void> check(Webhook const& hook, Request const& request, Millis) {
    std::string const url = hook.url + (request.raw_query.empty() ? "" : "?" + request.raw_query);
    std::string parameters;
    if (is_json(request)) {
        auto const told = request.parameter("bodySHA256");
        std::string const sum = digest(Digest::sha256, request.body);
        if (!told || !same_secret(*told, to_hex(sum))) return not_signed();
    } else {
        CL_TRY_ASSIGN(Form form, parse_form(request.body));
        parameters = sorted(std::move(form));
    }
    std::string const signature(request.signature("x-twilio-signature"));
    for (std::string const& one : {url, other_port(url)}) {
        if (same_secret(to_base64(hmac(Digest::sha1, hook.secret, one + parameters)), signature)) return {};
    }
    return not_signed();
}

/// WhatsApp and RCS name the channel before the number.
std::string_view bare(std::string_view number) {
    for (std::string_view const channel : {"whatsapp:", "rcs:"}) {
        if (number.starts_with(channel)) return number.substr(channel.size());
    }
    return number;
}

/// What is told of a message that the account has sent.
bool is_status(Form const& form) {
    constexpr std::array<std::string_view, 10> sent = {"accepted",  "scheduled",   "queued", "sending", "sent",
                                                       "delivered", "undelivered", "failed", "read",    "canceled"};
    auto const among = [&](std::string_view status) { return std::find(sent.begin(), sent.end(), status) != sent.end(); };
    return among(value_of(form, "MessageStatus")) || among(value_of(form, "SmsStatus"));
}

Result<std::vector<Message>> form_message(Request const& request) {
    CL_TRY_ASSIGN(Form const form, parse_form(request.body));
    if (is_status(form)) return std::vector<Message>{};
    std::string_view id = value_of(form, "MessageSid");
    if (id.empty()) id = value_of(form, "SmsSid");
    // A status callback of an outbound message has no Body.
    bool const inbound = std::any_of(form.begin(), form.end(), [](auto const& one) { return one.first == "Body"; });
    if (!inbound) return std::vector<Message>{};
    Message message;
    message.posted = posted("twilio", bare(value_of(form, "From")), bare(value_of(form, "To")), value_of(form, "Body"), id, {},
                            value_of(form, "OriginalRepliedMessageSid"));
    message.provider_stop = value_of(form, "OptOutType") == "STOP";
    return std::vector<Message>{std::move(message)};
}

/// A CloudEvents 1.0 event. Of its envelope the type alone is asked for: Twilio's own examples have a time for a media type, and a STOP is not
/// lost to that.
std::optional<Message> event_message(json::Object const& event) {
    if (event.string("type") != "com.twilio.messaging.inbound-message.received") return std::nullopt;
    json::Object const data = object_in(event, "data");
    std::string_view const time = data.string("timestamp");
    Message message;
    message.posted = posted("twilio", bare(data.string("from")), bare(data.string("to")), data.string("body"),
                            data.string("messageSid"), time.empty() ? event.string("time") : time);
    message.provider_stop = data.string("optOutType") == "STOP";
    return message;
}

Result<std::vector<Message>> messages(Request const& request) {
    if (!is_json(request)) return form_message(request);
    CL_TRY_ASSIGN(json::Value const body, parse_body(request));
    json::Array const alone = {body};
    std::vector<Message> out;
    for (json::Value const& event : body.as_array() != nullptr ? *body.as_array() : alone) {
        if (event.as_object() == nullptr) return fail(errc::malformed, "An event is not a JSON object.");
        if (auto message = event_message(*event.as_object())) out.push_back(std::move(*message));
    }
    return out;
}

/// TwiML, which Event Streams does not read. After a STOP Twilio sends nothing more to the number by itself.
Response answer(std::optional<std::string> const& reply, json::Object const&) {
    return xml_response(reply ? "<Message>" + markup(*reply) + "</Message>" : std::string());
}

}  // namespace

Provider const twilio = {"twilio", Proof::secret_url, {}, check, messages, answer};

}  // namespace cl::api::providers
