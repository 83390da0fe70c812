// AWS End User Messaging SMS: an inbound message is JSON inside of an Amazon SNS notification, which is signed with RSA (vendor
// documentation). Its certificate is one of the configuration's: the URL of a certificate that stands in the delivery is what anybody can
// write there, and is not looked at.
#include "api/providers/provider.hpp"
#include "ledger/core/hash32.hpp"
#include "ledger/core/json_foreign.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>
#include <initializer_list>

namespace cl::api::providers {
namespace {

/// SNS signs once, and tries to deliver for an hour.
constexpr Millis sns_age_ms = 2LL * 3'600'000;

constexpr std::string_view notification = "Notification";
constexpr std::string_view subscribe = "SubscriptionConfirmation";
constexpr std::string_view unsubscribe = "UnsubscribeConfirmation";

/// Name and value, a line each, in this order. Nothing where a member is missing, or where a value could pass for further lines: only the
/// message itself may have several.
std::optional<std::string> signed_text(json::Object const& envelope, std::initializer_list<std::string_view> names) {
    std::string out;
    for (std::string_view const name : names) {
        std::string_view const value = envelope.string(name);
        if (name == "Subject" && value.empty()) continue;
        if (name != "Message" && (value.empty() || value.find('\n') != value.npos)) return std::nullopt;
        out.append(name).append("\n").append(value).append("\n");
    }
    return out;
}

std::optional<std::string> signed_text(json::Object const& envelope) {
    std::string_view const type = envelope.string("Type");
    if (type == notification) {
        return signed_text(envelope, {"Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"});
    }
    if (type == subscribe || type == unsubscribe) {
        return signed_text(envelope, {"Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"});
    }
    return std::nullopt;
}

Result<void> check(Webhook const& hook, Request const& request, Millis now) {
    CL_TRY_ASSIGN(json::Object const envelope, parse_object(request));
    // The certificate is that of everybody's topics in the region: the topic is what makes it this account's.
    std::string_view const topic = envelope.string("TopicArn");
    if (std::find(hook.topics.begin(), hook.topics.end(), topic) == hook.topics.end()) return not_signed();
    auto const text = signed_text(envelope);
    auto const signature = from_base64(envelope.string("Signature"));
    auto const time = parse_rfc3339(envelope.string("Timestamp"));
    std::string_view const version = envelope.string("SignatureVersion");
    if (!text || !signature || !time || (version != "1" && version != "2")) return not_signed();
    Digest const kind = version == "1" ? Digest::sha1 : Digest::sha256;
    bool const proven = std::any_of(hook.certificates.begin(), hook.certificates.end(), [&](Certificate const& certificate) {
        return certificate.valid_at(now) && certificate.signed_by_it(kind, *text, *signature);
    });
    if (!proven) return not_signed();
    // A delivery that was not taken is sent again as it was signed, for as long as SNS tries.
    return check_fresh(*time, now, sns_age_ms);
}

Result<std::vector<Message>> messages(Request const& request) {
    CL_TRY_ASSIGN(json::Object const envelope, parse_object(request));
    if (envelope.string("Type") != notification) return std::vector<Message>{};
    std::string_view const text = envelope.string("Message");
    auto const inside = json::parse_foreign(text, limits::webhook_body_bytes);
    // An inbound message that cannot be read is not passed over as if it were none.
    if (!inside && text.find("\"originationNumber\"") != text.npos) return inside.error();
    json::Object const* const event = inside ? inside->as_object() : nullptr;
    // A topic may carry other things than inbound messages.
    if (event == nullptr || !event->contains("originationNumber")) return std::vector<Message>{};
    Message message;
    message.posted = posted("aws", with_plus(event->string("originationNumber")), with_plus(event->string("destinationNumber")),
                            event->string("messageBody"), event->string("inboundMessageId"), envelope.string("Timestamp"),
                            event->string("previousPublishedMessageId"));
    return std::vector<Message>{std::move(message)};
}

std::optional<Confirmation> confirmation(Request const& request) {
    auto const envelope = parse_object(request);
    if (!envelope) return std::nullopt;
    std::string_view const type = envelope->string("Type");
    if (type != subscribe && type != unsubscribe) return std::nullopt;
    return Confirmation{std::string(envelope->string("TopicArn")), std::string(envelope->string("Token")), type == unsubscribe};
}

}  // namespace

Provider const aws = {"aws", Proof::certificate, {}, check, messages, taken, confirmation};

}  // namespace cl::api::providers
