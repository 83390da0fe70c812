// Vonage: the SMS API, a form or a flat JSON object with the signature among its parameters, and the Messages API, JSON with a JSON Web Token
// (vendor documentation).
#include "api/bearer.hpp"
#include "api/providers/jwt.hpp"
#include "api/providers/provider.hpp"
#include "ledger/core/ascii.hpp"
#include "ledger/core/hash32.hpp"
#include "ledger/core/mac.hpp"

#include <algorithm>
#include <array>

namespace cl::api::providers {
namespace {

constexpr std::array<std::string_view, 6> schemes = {"sha256", "sha512", "sha1", "md5", "md5hash", "jwt"};

Result<Form> parameters(Request const& request) {
    if (request.content_type != "application/json") return parse_form(request.body);
    CL_TRY_ASSIGN(json::Object const object, parse_object(request));
    Form form;
    for (json::Member const& member : object) {
        if (auto const* text = member.value.as_string()) {
            form.emplace_back(member.name, *text);
        } else if (auto const* number = member.value.as_int()) {
            form.emplace_back(member.name, std::to_string(*number));
        }
    }
    return form;
}

std::string signed_text(Form form) {
    std::erase_if(form, [](auto const& one) { return one.first == "sig"; });
    std::sort(form.begin(), form.end());
    std::string out;
    for (auto& [name, value] : form) {
        std::replace_if(
            value.begin(), value.end(), [](char c) { return c == '&' || c == '='; }, '_');
        out.append("&").append(name).append("=").append(value);
    }
    return out;
}

std::string signature(std::string_view scheme, std::string const& secret, std::string const& text) {
    if (scheme == "md5hash") return digest(Digest::md5, text + secret);
    if (scheme == "md5") return hmac(Digest::md5, secret, text);
    if (scheme == "sha1") return hmac(Digest::sha1, secret, text);
    return hmac(scheme == "sha512" ? Digest::sha512 : Digest::sha256, secret, text);
}

/// The token says when it was made, and what the body is that it was made for.
Result<void> check_token(Webhook const& hook, Request const& request, Millis now) {
    auto const token = bearer_token(request.authorization);
    if (!token) return not_signed();
    auto const claims = read_hs256(*token, hook.secret);
    if (!claims) return not_signed();
    std::string const sum = to_hex(digest(Digest::sha256, request.body));
    if (!same_secret(sum, claims->string("payload_hash"))) return not_signed();
    json::Value const* const made = claims->find("iat");
    return check_fresh(made != nullptr && made->as_int() != nullptr ? std::to_string(*made->as_int()) : std::string(), now);
}

Result<void> check(Webhook const& hook, Request const& request, Millis now) {
    if (hook.scheme == "jwt") return check_token(hook, request, now);
    CL_TRY_ASSIGN(Form const form, parameters(request));
    std::string const given = ascii::lower(value_of(form, "sig"));
    std::string_view const scheme = hook.scheme.empty() ? schemes.front() : std::string_view(hook.scheme);
    if (!same_secret(to_hex(signature(scheme, hook.secret, signed_text(form))), given)) return not_signed();
    return check_fresh(value_of(form, "timestamp"), now);
}

/// `2026-11-20 10:00:00`, in UTC.
std::string to_rfc3339(std::string_view time) {
    std::string out(time);
    std::size_t const space = out.find(' ');
    if (space == std::string::npos) return {};
    out[space] = 'T';
    return out + "Z";
}

/// What a person wrote, or the button that they pressed.
std::string_view text_of(json::Object const& event) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 2> pressed = {{{"reply", "title"}, {"button", "text"}}};
    for (auto const& [name, inside] : pressed) {
        json::Value const* const value = event.find(name);
        if (value != nullptr && value->as_object() != nullptr) return value->as_object()->string(inside);
    }
    return event.string("text");
}

/// Channels on which people are known by their numbers.
bool by_number(std::string_view channel) {
    constexpr std::array<std::string_view, 5> channels = {"sms", "mms", "rcs", "whatsapp", "viber_service"};
    return std::find(channels.begin(), channels.end(), channel) != channels.end();
}

/// Version 0.1 of the Messages API, which an application may still be set to: who and what stand one level deeper.
std::vector<Message> old_api_message(json::Object const& event) {
    json::Object const from = object_in(event, "from");
    json::Object const content = object_in(object_in(event, "message"), "content");
    if (!by_number(from.string("type")) || !event.contains("message")) return {};
    Message message;
    message.posted = posted("vonage", with_plus(from.string("number")), with_plus(object_in(event, "to").string("number")),
                            content.string("text"), event.string("message_uuid"), event.string("timestamp"));
    return {std::move(message)};
}

/// The Messages API; nothing for other channels, and for statuses of what was sent.
std::vector<Message> api_message(json::Object const& event) {
    if (event.contains("status")) return {};
    if (!event.contains("channel")) return old_api_message(event);
    if (!by_number(event.string("channel")) || !event.contains("message_type")) return {};
    Message message;
    message.posted =
        posted("vonage", with_plus(event.string("from")), with_plus(event.string("to")), text_of(event),
               event.string("message_uuid"), event.string("timestamp"), object_in(event, "context").string("message_uuid"));
    return {std::move(message)};
}

Result<std::vector<Message>> messages(Request const& request) {
    if (request.content_type == "application/json") {
        CL_TRY_ASSIGN(json::Object const event, parse_object(request));
        if (event.contains("message_uuid")) return api_message(event);
    }
    CL_TRY_ASSIGN(Form const form, parameters(request));
    bool const inbound = !value_of(form, "msisdn").empty() && value_of(form, "status").empty();
    if (!inbound) return std::vector<Message>{};
    Message message;
    message.posted =
        posted("vonage", with_plus(value_of(form, "msisdn")), with_plus(value_of(form, "to")), value_of(form, "text"),
               value_of(form, "messageId"), to_rfc3339(value_of(form, "message-timestamp")));
    return std::vector<Message>{std::move(message)};
}

}  // namespace

Provider const vonage = {"vonage", Proof::secret, schemes, check, messages, taken};

}  // namespace cl::api::providers
