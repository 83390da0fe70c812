// Sinch: the SMS API and the Conversation API, in JSON (vendor documentation). By arrangement with Basic authentication, or signed with
// HMAC-SHA256 over body, nonce and time, which the Conversation API does by itself.
#include "api/providers/provider.hpp"
#include "ledger/core/hash32.hpp"
#include "ledger/core/mac.hpp"

#include <algorithm>
#include <array>

namespace cl::api::providers {
namespace {

constexpr std::array<std::string_view, 2> schemes = {"basic", "hmac"};

Result<void> check(Webhook const& hook, Request const& request, Millis now) {
    if (hook.scheme != "hmac") return check_basic(hook, request);
    std::string_view const algorithm = request.signature("x-sinch-webhook-signature-algorithm");
    if (!algorithm.empty() && algorithm != "HmacSHA256") return not_signed();
    std::string_view const time = request.signature("x-sinch-webhook-signature-timestamp");
    std::string text = request.body + ".";
    text.append(request.signature("x-sinch-webhook-signature-nonce")).append(".").append(time);
    std::string const mac = to_base64(hmac(Digest::sha256, hook.secret, text));
    if (!same_secret(mac, request.signature("x-sinch-webhook-signature"))) return not_signed();
    return check_fresh(time, now);
}

std::string_view secret_lacks(Webhook const& hook) {
    return hook.scheme == "hmac" ? std::string_view() : basic_lacks(hook);
}

/// Channels on which people are known by their numbers; on others nobody here could be found.
bool by_number(std::string_view channel) {
    constexpr std::array<std::string_view, 5> channels = {"SMS", "MMS", "RCS", "WHATSAPP", "VIBERBM"};
    return std::find(channels.begin(), channels.end(), channel) != channels.end();
}

/// What a person wrote, or the answer that they chose.
std::string_view text_of(json::Object const& content) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kinds = {
        {{"text_message", "text"}, {"choice_response_message", "postback_data"}, {"media_card_message", "caption"}}};
    for (auto const& [kind, member] : kinds) {
        json::Value const* const value = content.find(kind);
        if (value != nullptr && value->as_object() != nullptr) return value->as_object()->string(member);
    }
    return {};
}

std::vector<Message> conversation_message(json::Object const& event) {
    json::Object const inbound = object_in(event, "message");
    json::Object const sender = object_in(inbound, "channel_identity");
    json::Object const content = object_in(inbound, "contact_message");
    if (!inbound.contains("contact_message") || !by_number(sender.string("channel"))) return {};
    std::string_view const time = event.string("event_time");
    Message message;
    message.posted = posted("sinch", with_plus(sender.string("identity")), with_plus(inbound.string("sender_id")),
                            text_of(content), inbound.string("id"), time.empty() ? event.string("accepted_time") : time);
    return {std::move(message)};
}

/// What has no id of its own is told from others by what it says; sent again, it says the same.
std::string id_of_opt_out(json::Object const& told, std::string_view time) {
    if (std::string_view const given = told.string("request_id"); !given.empty()) return std::string(given);
    json::Object const what = {{"channel", told.string("channel")}, {"identity", told.string("identity")}, {"time", time}};
    return "opt-out-" + to_hex(digest(Digest::sha256, json::write(what)));
}

/// A channel that took the person off by itself. `request_id` is there only where somebody asked for it through the API.
std::vector<Message> conversation_opt_out(json::Object const& event) {
    json::Object const told = object_in(event, "opt_out_notification");
    if (told.string("status") != "OPT_OUT_SUCCEEDED" || !by_number(told.string("channel"))) return {};
    std::string_view const time = event.string("event_time");
    Message message;
    std::string_view const at = time.empty() ? event.string("accepted_time") : time;
    message.posted = posted("sinch", with_plus(told.string("identity")), {}, {}, id_of_opt_out(told, at), at);
    message.provider_stop = true;
    return {std::move(message)};
}

Result<std::vector<Message>> messages(Request const& request) {
    CL_TRY_ASSIGN(json::Object const event, parse_object(request));
    if (event.contains("message")) return conversation_message(event);
    if (event.contains("opt_out_notification")) return conversation_opt_out(event);
    // The text of an MMS stands inside of its body.
    bool const media = event.string("type") == "mo_media";
    if (!media && event.string("type") != "mo_text") return std::vector<Message>{};
    json::Object const parts = object_in(event, "body");
    Message message;
    message.posted =
        posted("sinch", with_plus(event.string("from")), with_plus(event.string("to")),
               media ? parts.string("message") : event.string("body"), event.string("id"), event.string("received_at"));
    return std::vector<Message>{std::move(message)};
}

}  // namespace

Provider const sinch = {"sinch", Proof::secret, schemes, check, messages, taken, nullptr, secret_lacks};

}  // namespace cl::api::providers
