// AWS End User Messaging SMS: an inbound message is JSON inside of an Amazon SNS notification, which is signed with RSA (vendor
// documentation). Its certificate is one of the configuration's: the URL of a certificate that stands in the delivery is what anybody can
// write there, and is never asked. Where none of the configuration's holds, it tells the operator which one may be missing.
#include "api/providers/provider.hpp"
#include "ledger/core/hash32.hpp"
#include "ledger/core/json_foreign.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>

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

bool letters_and_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    });
}

/// The part of a topic's name that stands at `index`: `arn:partition:sns:region:account:name`.
std::string_view part_of(std::string_view topic, int index) {
    for (; index > 0; --index) topic.remove_prefix(std::min(topic.find(':'), topic.size() - 1) + 1);
    return topic.substr(0, topic.find(':'));
}

/// Whether SNS could have a certificate of the topic's region there.
bool is_certificate_of(std::string_view url, std::string_view topic) {
    constexpr std::string_view end = ".pem";
    constexpr std::size_t longest = 64;
    std::string const host = part_of(topic, 1) == "aws-cn" ? ".amazonaws.com.cn/" : ".amazonaws.com/";
    std::string const start = "https://sns." + std::string(part_of(topic, 3)) + host + "SimpleNotificationService-";
    if (!url.starts_with(start) || !url.ends_with(end) || url.size() < start.size() + end.size()) return false;
    std::string_view const id = url.substr(start.size(), url.size() - start.size() - end.size());
    return id.size() <= longest && letters_and_digits(id);
}

/// Not proven. SNS does not send again what is answered 4xx, so that a delivery which a new certificate of Amazon's may have signed must not be
/// refused for good.
Error not_proven(json::Object const& envelope) {
    std::string_view const url = envelope.string("SigningCertURL");
    if (!is_certificate_of(url, envelope.string("TopicArn"))) return not_signed();
    return fail(errc::key_missing, std::string(url));
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
    // A delivery that was not taken is sent again as it was signed, for as long as SNS tries.
    CL_TRY(check_fresh(*time, now, sns_age_ms));
    return proven ? Result<void>() : not_proven(envelope);
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
