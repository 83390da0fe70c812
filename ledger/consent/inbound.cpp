// An inbound message as posted. A STOP or a revocation in the sender's own words is never refused for its size: what is too long is
// cut, and its entry says that text was withheld.
#include "ledger/consent/inbound.hpp"

#include "ledger/consent/posted_number.hpp"
#include "ledger/core/keys.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>
#include <array>

namespace cl::consent {
namespace {

Error wrong(std::string pointer, std::string why) {
    return fail(errc::invalid, std::move(why), std::move(pointer));
}

Result<void> only_known_strings(json::Object const& posted) {
    constexpr std::array<std::string_view, 7> known = {"body",     "from",        "in_reply_to", "message_id",
                                                       "provider", "received_at", "to"};
    for (json::Member const& member : posted) {
        std::string const at = json::pointer_join("", member.name);
        if (std::find(known.begin(), known.end(), member.name) == known.end()) return wrong(at, "unknown member");
        if (member.value.as_string() == nullptr) return wrong(at, "must be a string");
    }
    for (std::string_view const name : {"from", "to", "body", "message_id"}) {
        if (!posted.contains(name)) return wrong(json::pointer_join("", name), "is required");
    }
    return {};
}

Result<void> read_parties(json::Object const& posted, InboundMessage& message) {
    std::string_view const from = posted.string("from");
    if (from.empty()) return wrong("/from", "must not be empty");
    if (from.size() > limits::id_chars) return wrong("/from", "must be at most 128 bytes");
    auto number = normalise_phone(from);
    message.ignored = !number;
    message.from = number ? std::move(*number) : std::string(from);
    std::string_view const to = posted.string("to");
    auto own = normalise_phone(to);
    if (!own && !valid_id(to)) return wrong("/to", "must be a phone number in E.164 or an id");
    message.to = own ? std::move(*own) : std::string(to);
    return {};
}

Result<void> read_ids(json::Object const& posted, InboundMessage& message) {
    for (std::string_view const name : {"message_id", "provider", "in_reply_to"}) {
        if (posted.contains(name) && !valid_id(posted.string(name))) {
            return wrong(json::pointer_join("", name), "must be an id: 1 to 128 of letters, digits and . _ : -");
        }
    }
    message.message_id = posted.string("message_id");
    message.record = message.message_id;
    message.provider = posted.string("provider");
    message.in_reply_to = posted.string("in_reply_to");
    if (!posted.contains("received_at")) return {};
    auto const time = parse_rfc3339(posted.string("received_at"));
    if (!time) return wrong("/received_at", "must be a time in RFC 3339 with an offset");
    message.received_at = *time;
    return {};
}

/// Must be recorded whatever it looks like.
bool is_protective(std::string_view body) {
    MessageClass const cls = classify(body).cls;
    return cls == MessageClass::stop || cls == MessageClass::optout || cls == MessageClass::review;
}

/// Keeps the sender's number out of the members that the entry shows in clear.
Result<void> keep_sender_out(InboundMessage& message) {
    auto const hide = [&](std::string& text, std::string_view instead, std::string_view pointer) -> Result<void> {
        if (!carries_number(text, message.from)) return {};
        if (!is_protective(message.body)) {
            return wrong(std::string(pointer), "carries the sender's number, which never stands in clear in the log");
        }
        text = instead;
        return {};
    };
    CL_TRY(hide(message.record, "withheld", "/message_id"));
    CL_TRY(hide(message.to, "", "/to"));
    return hide(message.provider, "", "/provider");
}

/// `text` up to `limit` bytes, whole characters.
std::string_view cut(std::string_view text, std::size_t limit) {
    while (limit > 0 && limit < text.size() && (static_cast<unsigned char>(text[limit]) & 0xc0U) == 0x80U) --limit;
    return text.substr(0, limit);
}

Result<void> take_canonical(json::Object const& posted, InboundMessage& message) {
    message.canonical = json::write(posted);
    bool const fits = message.body.size() <= limits::message_bytes && message.canonical.size() <= limits::evidence_item_bytes;
    if (fits) return {};
    if (!is_protective(message.body)) return fail(errc::too_large, "the body is too long for a text message", "/body");
    json::Object shorter = posted;
    shorter.set("body", cut(message.body, limits::text_bytes));
    message.canonical = json::write(shorter);
    message.cut = true;
    return {};
}

}  // namespace

Result<InboundMessage> parse_inbound(json::Value const& posted) {
    json::Object const* const object = posted.as_object();
    if (object == nullptr) return wrong("", "must be an object");
    CL_TRY(only_known_strings(*object));
    InboundMessage message;
    CL_TRY(read_parties(*object, message));
    CL_TRY(read_ids(*object, message));
    message.body = object->string("body");
    for (json::Member const& member : *object) message.fields.push_back(member.name);
    if (!message.ignored) CL_TRY(keep_sender_out(message));
    CL_TRY(take_canonical(*object, message));
    return message;
}

std::string_view name(InboundClass cls) noexcept {
    constexpr std::array<std::string_view, 7> names = {"stop", "help", "optout", "trigger", "review", "start", "other"};
    return names[static_cast<std::size_t>(cls)];
}

}  // namespace cl::consent
