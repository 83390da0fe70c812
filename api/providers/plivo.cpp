// Plivo: a form. Signature V3 covers URL and parameters, V2 the URL alone (vendor documentation): a V2 signature proves no text, and is
// taken only where the webhook says so.
#include "api/providers/provider.hpp"
#include "ledger/core/hash32.hpp"
#include "ledger/core/mac.hpp"
#include "ledger/core/markup.hpp"

#include <algorithm>
#include <array>

namespace cl::api::providers {
namespace {

constexpr std::array<std::string_view, 2> schemes = {"v3", "v2"};

/// The header may hold several signatures, for the account and for its parent.
bool holds(std::string_view header, std::string_view signature) {
    while (!header.empty()) {
        std::size_t const comma = std::min(header.find(','), header.size());
        std::string_view one = header.substr(0, comma);
        while (one.starts_with(' ')) one.remove_prefix(1);
        if (same_secret(one, signature)) return true;
        header.remove_prefix(std::min(comma + 1, header.size()));
    }
    return false;
}

std::string v3_text(std::string const& url, Form query, Form form) {
    std::sort(query.begin(), query.end());
    std::sort(form.begin(), form.end());
    std::string out = url;
    if (!query.empty() || !form.empty()) out += "?";
    for (std::size_t i = 0; i < query.size(); ++i) {
        out.append(i > 0 ? "&" : "").append(query[i].first).append("=").append(query[i].second);
    }
    if (!query.empty() && !form.empty()) out += ".";
    for (auto const& [name, value] : form) out.append(name).append(value);
    return out;
}

Result<void> check(Webhook const& hook, Request const& request, Millis) {
    if (hook.scheme == "v2") {
        std::string const nonce(request.signature("x-plivo-signature-v2-nonce"));
        std::string const mac = hmac(Digest::sha256, hook.secret, hook.url + nonce);
        return holds(request.signature("x-plivo-signature-v2"), to_base64(mac)) ? Result<void>() : not_signed();
    }
    CL_TRY_ASSIGN(Form form, parse_form(request.body));
    std::string const nonce(request.signature("x-plivo-signature-v3-nonce"));
    std::string const text = v3_text(hook.url, request.query, std::move(form)) + "." + nonce;
    std::string const mac = to_base64(hmac(Digest::sha256, hook.secret, text));
    return !nonce.empty() && holds(request.signature("x-plivo-signature-v3"), mac) ? Result<void>() : not_signed();
}

Result<std::vector<Message>> messages(Request const& request) {
    CL_TRY_ASSIGN(Form const form, parse_form(request.body));
    std::string_view const type = value_of(form, "Type");
    if (value_of(form, "From").empty() || !(type == "sms" || type == "mms")) return std::vector<Message>{};
    Message message;
    message.posted = posted("plivo", with_plus(value_of(form, "From")), with_plus(value_of(form, "To")), value_of(form, "Text"),
                            value_of(form, "MessageUUID"));
    return std::vector<Message>{std::move(message)};
}

Response answer(std::optional<std::string> const& reply, json::Object const& message) {
    if (!reply) return xml_response("");
    return xml_response("<Message src=\"" + markup(message.string("to")) + "\" dst=\"" + markup(message.string("from")) +
                        "\">" + markup(*reply) + "</Message>");
}

}  // namespace

Provider const plivo = {"plivo", Proof::secret_url, schemes, check, messages, answer};

}  // namespace cl::api::providers
