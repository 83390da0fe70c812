// An inbound message as posted. It is the sender's own words, and whatever they look like they may be a STOP, by a word that only the
// account knows: so a message is refused only where it cannot be told who sent it, or cannot be recognised when it is sent again. All
// else that cannot stand in an entry is left out of it, what is too long is cut, and the entry says that text was withheld.
#include "ledger/consent/inbound.hpp"

#include "ledger/consent/posted_number.hpp"
#include "ledger/core/ascii.hpp"
#include "ledger/core/keys.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace cl::consent {
namespace {

constexpr std::string_view withheld_record = "withheld";

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

constexpr std::size_t fewest_digits = 7;  // of a number: in E.164, and in countries that write theirs with eight

bool is_letter(char c) {
    return ascii::is_lower(c) || ascii::is_upper(c);
}

/// A sender that is no person's phone: a short code, or a name in letters. What might be a number that is spelled in another way is
/// neither: to ignore it could lose a STOP.
bool is_no_phone(std::string_view from) {
    bool const plain = std::all_of(from.begin(), from.end(), [](char c) { return c >= ' ' && c <= '~'; });
    if (!plain || from.find('+') != std::string_view::npos) return false;
    auto const digits = static_cast<std::size_t>(std::count_if(from.begin(), from.end(), ascii::is_digit));
    bool const letters = std::any_of(from.begin(), from.end(), is_letter);
    return (letters || digits > 0) && digits < fewest_digits;
}

Result<void> read_sender(std::string_view from, InboundMessage& message) {
    if (from.empty()) return wrong("/from", "must not be empty");
    if (from.size() > limits::id_chars) return wrong("/from", "must be at most 128 bytes");
    auto number = normalise_phone(from);
    message.ignored = !number && is_no_phone(from);
    if (!number && !message.ignored) {
        return wrong("/from",
                     "must be a phone number in E.164: with + and the country code, also where the platform leaves them out");
    }
    message.from = number ? std::move(*number) : std::string(from);
    return {};
}

/// The id, or nothing: what is none is left out of the entry.
std::string id_or_nothing(std::string_view text, bool& withheld) {
    if (text.empty() || valid_id(text)) return std::string(text);
    withheld = true;
    return {};
}

void read_own_number(std::string_view to, InboundMessage& message) {
    auto own = normalise_phone(to);
    message.to = own ? std::move(*own) : id_or_nothing(to, message.withheld);
}

Result<void> read_ids(json::Object const& posted, InboundMessage& message) {
    message.message_id = posted.string("message_id");
    if (message.message_id.empty()) return wrong("/message_id", "must not be empty");
    if (message.message_id.size() > limits::message_id_bytes) return wrong("/message_id", "must be at most 1024 bytes");
    message.record = id_or_nothing(message.message_id, message.withheld);
    if (message.record.empty()) message.record = withheld_record;
    message.provider = id_or_nothing(posted.string("provider"), message.withheld);
    message.in_reply_to = id_or_nothing(posted.string("in_reply_to"), message.withheld);
    if (!posted.contains("received_at")) return {};
    auto const time = parse_rfc3339(posted.string("received_at"));
    if (!time) return wrong("/received_at", "must be a time in RFC 3339 with an offset");
    message.received_at = *time;
    return {};
}

/// Keeps the sender's number out of the members that the entry shows in clear.
void keep_sender_out(InboundMessage& message) {
    auto const hide = [&](std::string& text, std::string_view instead) {
        if (!carries_number(text, message.from)) return;
        text = instead;
        message.withheld = true;
    };
    hide(message.record, withheld_record);
    hide(message.to, {});
    hide(message.provider, {});
}

/// `text` up to `limit` bytes, whole characters.
std::string_view cut(std::string_view text, std::size_t limit) {
    while (limit > 0 && limit < text.size() && (static_cast<unsigned char>(text[limit]) & 0xc0U) == 0x80U) --limit;
    return text.substr(0, limit);
}

/// Members that have no bound of their own where they are no id or number: as posted, and as read.
std::array<std::pair<std::string_view, std::string const*>, 3> unbounded(InboundMessage const& message) {
    return {{{"to", &message.to}, {"provider", &message.provider}, {"in_reply_to", &message.in_reply_to}}};
}

void take_canonical(json::Object const& posted, InboundMessage& message) {
    message.canonical = json::write(posted);
    message.kept = message.canonical;
    if (message.body.size() <= limits::message_bytes && message.canonical.size() <= limits::evidence_item_bytes) return;
    json::Object shorter = posted;
    shorter.set("body", cut(message.body, limits::text_bytes));
    for (auto const& [name, read] : unbounded(message)) {
        if (read->empty()) shorter.erase(name);
    }
    message.kept = json::write(shorter);
    message.withheld = true;
}

void note_suspicion(json::Object const& posted, InboundMessage& message) {
    message.seen = screen(message.body);
    if (!message.seen.phi_suspected() && !message.seen.personal_suspected()) return;
    json::Object rest = posted;
    rest.erase("body");
    for (auto const& [name, read] : unbounded(message)) {
        if (read->empty()) rest.erase(name);
    }
    message.kept_without_body = json::write(rest);
}

}  // namespace

Result<InboundMessage> parse_inbound(json::Value const& posted) {
    json::Object const* const object = posted.as_object();
    if (object == nullptr) return wrong("", "must be an object");
    CL_TRY(only_known_strings(*object));
    InboundMessage message;
    CL_TRY(read_sender(object->string("from"), message));
    read_own_number(object->string("to"), message);
    CL_TRY(read_ids(*object, message));
    message.body = object->string("body");
    for (json::Member const& member : *object) message.fields.push_back(member.name);
    if (!message.ignored) keep_sender_out(message);
    take_canonical(*object, message);
    note_suspicion(*object, message);
    return message;
}

std::string_view name(InboundClass cls) noexcept {
    constexpr std::array<std::string_view, 7> names = {"stop", "help", "optout", "trigger", "review", "start", "other"};
    return names[static_cast<std::size_t>(cls)];
}

}  // namespace cl::consent
