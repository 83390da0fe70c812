// Vonage SMS API: a form or a flat JSON object, with the signature among its parameters (vendor documentation).
#include "api/providers/provider.hpp"
#include "ledger/core/hash32.hpp"
#include "ledger/core/mac.hpp"

#include <algorithm>
#include <array>

namespace cl::api::providers {
namespace {

constexpr std::array<std::string_view, 5> schemes = {"sha256", "sha512", "sha1", "md5", "md5hash"};

Result<Form> parameters(Request const& request) {
    if (request.content_type != "application/json") return parse_form(request.body);
    CL_TRY_ASSIGN(json::Value const body, parse_body(request));
    json::Object const* const object = body.as_object();
    if (object == nullptr) return fail(errc::malformed, "The body is not a JSON object.");
    Form form;
    for (json::Member const& member : *object) {
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

Result<void> check(Webhook const& hook, Request const& request, Millis now) {
    CL_TRY_ASSIGN(Form const form, parameters(request));
    std::string given(value_of(form, "sig"));
    std::transform(given.begin(), given.end(), given.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
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

Result<std::vector<Message>> messages(Request const& request) {
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

Provider const vonage = {"vonage", false, schemes, check, messages, taken};

}  // namespace cl::api::providers
