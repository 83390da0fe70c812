// What is particular to a provider: how a delivery is proven to be its own, which messages it holds, and what it wants to hear.
//
// Threads: constant data and pure functions, any thread.
#pragma once

#include "api/http.hpp"
#include "api/providers/confirmation.hpp"
#include "api/providers/webhooks.hpp"
#include "ledger/core/clock.hpp"
#include "ledger/core/json.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cl::api::providers {

/// One message, as it would be posted to `…/inbound`.
struct Message {
    json::Object posted;
    bool provider_stop = false;  ///< the provider has opted the sender out by itself
};

/// By what a delivery is known to be the provider's.
enum class Proof : std::uint8_t {
    secret,      ///< a secret that both know
    secret_url,  ///< the same, over the URL too
    certificate  ///< certificates from the configuration
};

struct Provider {
    std::string_view name;
    Proof proof;
    std::span<std::string_view const> schemes;  ///< the first is the usual one
    /// errc::forbidden where the delivery is not signed with the webhook's secret, or was signed too long ago. errc::key_missing where a
    /// certificate that is not pinned may have signed it: the detail is its URL.
    Result<void> (*check)(Webhook const& hook, Request const& request, Millis now);
    /// None for a delivery that is no inbound message. errc::malformed for what is not in the provider's form.
    Result<std::vector<Message>> (*messages)(Request const& request);
    /// 200 with what the provider understands; `to` and `from` as in the message that is replied to.
    Response (*answer)(std::optional<std::string> const& reply, json::Object const& message);
    /// What a delivery is where it is no message but a question to the operator. Null for providers that ask nothing.
    std::optional<Confirmation> (*confirmation)(Request const& request) = nullptr;
    /// What a secret of the webhook's must be to prove anything, where that one is not; else empty. Null where any text will do.
    std::string_view (*secret_lacks)(Webhook const& hook) = nullptr;
};

/// provider.check with each of the webhook's secrets, until one holds: the old one and the new one while they are exchanged.
[[nodiscard]] Result<void> check_delivery(Provider const& provider, Webhook const& hook, Request const& request, Millis now);

/// provider.secret_lacks of the first of the webhook's secrets with which no delivery could be proven; else empty.
[[nodiscard]] std::string_view secrets_lack(Provider const& provider, Webhook const& hook);

/// Null for a name that is no provider's.
[[nodiscard]] Provider const* find_provider(std::string_view name) noexcept;

extern Provider const twilio;
extern Provider const vonage;
extern Provider const telnyx;
extern Provider const bandwidth;
extern Provider const plivo;
extern Provider const sinch;
extern Provider const aws;

/// What follows is shared by the providers' files.
using Form = std::vector<std::pair<std::string, std::string>>;
/// application/x-www-form-urlencoded, decoded, in order. errc::malformed.
[[nodiscard]] Result<Form> parse_form(std::string_view body);
/// The first value of that name, or empty.
[[nodiscard]] std::string_view value_of(Form const& form, std::string_view name) noexcept;
/// The body as JSON, by the provider's own rules for numbers. errc::malformed.
[[nodiscard]] Result<json::Value> parse_body(Request const& request);
/// The same, where it must be an object.
[[nodiscard]] Result<json::Object> parse_object(Request const& request);
/// A member that is an object, or an empty one.
[[nodiscard]] json::Object object_in(json::Object const& object, std::string_view name);

/// A number as some providers write it, without its `+`. What is too short for a number with its country is left as it is: a short code.
[[nodiscard]] std::string with_plus(std::string_view number);
/// The members of a message for `…/inbound`; a time that is none, and an empty `in_reply_to`, are left out.
[[nodiscard]] json::Object posted(std::string_view provider, std::string_view from, std::string_view to, std::string_view body,
                                  std::string_view id, std::string_view received_at = {}, std::string_view in_reply_to = {});

/// Basic authentication, RFC 7617: the secret is `user:password`.
[[nodiscard]] Result<void> check_basic(Webhook const& hook, Request const& request);
/// Provider::secret_lacks for it.
[[nodiscard]] std::string_view basic_lacks(Webhook const& hook);
[[nodiscard]] Error not_signed();
/// errc::forbidden unless `seconds`, a Unix time in decimal, is within limits::webhook_window_ms of `now`.
[[nodiscard]] Result<void> check_fresh(std::string_view seconds, Millis now);
/// The same for a time that was read already, which may be `oldest` ms old.
[[nodiscard]] Result<void> check_fresh(Millis signed_at, Millis now, Millis oldest);
/// 200 without a body.
[[nodiscard]] Response taken(std::optional<std::string> const& reply, json::Object const& message);
/// An XML answer with `inner` inside of <Response>.
[[nodiscard]] Response xml_response(std::string_view inner);

}  // namespace cl::api::providers
