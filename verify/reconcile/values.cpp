#include "verify/reconcile/values.hpp"

#include <algorithm>
#include <array>

namespace cl::verify::reconcile {
namespace {

using std::string_view;

std::optional<Millis> rfc3339(string_view text) {
    auto const time = parse_rfc3339(text);
    return time ? std::optional(*time) : std::nullopt;
}

}  // namespace

std::optional<SendType> read_type(string_view text) {
    if (is_any(text, {"campaign"})) {
        return SendType::campaign;
    }
    if (is_any(text, {"one_to_one", "one-to-one", "1:1"})) {
        return SendType::one_to_one;
    }
    if (is_any(text, {"confirmation"})) {
        return SendType::confirmation;
    }
    if (is_any(text, {"autoreply", "auto_reply", "auto-reply"})) {
        return SendType::autoreply;
    }
    bool const channel =
        text.empty() || is_any(text, {"sms", "mms", "rcs", "whatsapp", "mt_text", "mt_binary", "mt_media", "text"});
    return channel ? std::optional(SendType::unknown) : std::nullopt;
}

Outcome read_status(string_view text) {
    if (is_any(text, {"delivered", "read", "delivrd", "message-delivered"})) {
        return Outcome::delivered;
    }
    bool const never = is_any(text, {"queued", "accepted", "scheduled", "canceled", "cancelled", "failed", "rejected",
                                     "aborted", "rejectd", "message-failed", "blocked"});
    return never ? Outcome::not_sent : Outcome::sent;
}

bool is_inbound(string_view direction) {
    return is_any(direction, {"inbound", "in", "incoming", "mo", "received"});
}

bool means_opted_out(Layout layout, string_view code, string_view reason) {
    bool const by_code = code == "21610" || code == "40300" || (layout == Layout::vonage && code == "9") ||
                         (layout == Layout::plivo && code == "200");
    if (by_code || reason.empty()) {
        return by_code;
    }
    constexpr std::array<string_view, 7> phrases = {"opted out", "opted_out",   "opt-out",   "optout",
                                                    "opt out",   "due to stop", "unsubscrib"};
    return std::any_of(phrases.begin(), phrases.end(), [reason](string_view phrase) { return contains(reason, phrase); });
}

std::optional<Flag> read_flag(string_view text) {
    if (text.empty()) {
        return Flag::unknown;
    }
    if (is_any(text, {"true", "yes", "1"})) {
        return Flag::yes;
    }
    return is_any(text, {"false", "no", "0"}) ? std::optional(Flag::no) : std::nullopt;
}

std::optional<Millis> read_offset(string_view text) {
    std::string const midnight = "2000-01-01T00:00:00";
    auto const local = rfc3339(midnight + std::string(text));
    auto const utc = rfc3339(midnight + "Z");
    return local ? std::optional(*utc - *local) : std::nullopt;
}

bool tells_how_to_opt_out(string_view body) {
    return contains(body, "stop") || contains(body, "optout") || contains(body, "opt out") || contains(body, "opt-out") ||
           contains(body, "unsubscribe");
}

}  // namespace cl::verify::reconcile
