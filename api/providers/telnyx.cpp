// Telnyx: JSON, signed with Ed25519 over the time and the raw body (vendor documentation). The secret is the account's public key in base64.
#include "api/providers/provider.hpp"
#include "ledger/core/hash32.hpp"
#include "ledger/core/keys.hpp"

#include <algorithm>
#include <array>

namespace cl::api::providers {
namespace {

std::optional<std::array<std::uint8_t, 32>> public_key(Webhook const& hook) {
    auto const key = from_base64(hook.secret);
    std::array<std::uint8_t, 32> bytes{};
    if (!key || key->size() != bytes.size()) return std::nullopt;
    std::copy(key->begin(), key->end(), bytes.begin());
    return bytes;
}

Result<void> check(Webhook const& hook, Request const& request, Millis now) {
    auto const key = public_key(hook);
    auto const signature = from_base64(request.signature("telnyx-signature-ed25519"));
    if (!key || !signature) return not_signed();
    std::string_view const time = request.signature("telnyx-timestamp");
    if (!ed25519_verify(std::string(time) + "|" + request.body, *signature, *key)) return not_signed();
    return check_fresh(time, now);
}

std::string_view secret_lacks(Webhook const& hook) {
    return public_key(hook) ? std::string_view() : "must be Telnyx's public key in each line: 32 bytes in base64";
}

Result<std::vector<Message>> messages(Request const& request) {
    CL_TRY_ASSIGN(json::Object const body, parse_object(request));
    json::Object const data = object_in(body, "data");
    if (data.string("event_type") != "message.received") return std::vector<Message>{};
    json::Object const payload = object_in(data, "payload");
    if (payload.string("direction") == "outbound") return std::vector<Message>{};
    json::Value const* const receivers = payload.find("to");
    bool const listed = receivers != nullptr && receivers->as_array() != nullptr && !receivers->as_array()->empty();
    json::Object const* const to = listed ? receivers->as_array()->front().as_object() : nullptr;
    Message message;
    message.posted = posted("telnyx", object_in(payload, "from").string("phone_number"),
                            to != nullptr ? to->string("phone_number") : std::string_view{}, payload.string("text"),
                            payload.string("id"), payload.string("received_at"));
    return std::vector<Message>{std::move(message)};
}

}  // namespace

Provider const telnyx = {"telnyx", Proof::secret, {}, check, messages, taken, nullptr, secret_lacks};

}  // namespace cl::api::providers
