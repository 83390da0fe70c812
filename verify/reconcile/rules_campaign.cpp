// What a campaign needs: consent beyond a conversation, membership, a lawful hour, a way out (T14, S2, S16, S21).
#include "verify/reconcile/rule.hpp"

#include <algorithm>
#include <string_view>

namespace cl::verify::reconcile {
namespace {

/// A campaign that reached a contact who could be texted at all: what the other rules say needs no echo.
bool judged(Case const& c) {
    return c.went_out() && c.campaign() && c.in();
}

struct Hours {
    int from = 0;
    int to = 24;
};

/// The states that are stricter than 47 CFR 64.1200(c)(1). 1970-01-01 was a Thursday.
Hours hours_of_state(std::string_view state, std::int64_t local_day) {
    if (state == "FL" || state == "OK" || state == "MD") {
        return {8, 20};
    }
    if (state == "TX") {
        bool const sunday = ((local_day % 7) + 7) % 7 == 3;
        return {sunday ? 12 : 9, 21};
    }
    return {};
}

/// What both the pack and the recipient's state allow.
Hours allowed_hours(Case const& c, std::int64_t local_day) {
    Hours hours = hours_of_state(std::string_view(c.send.state, 2), local_day);
    // A number that nobody has heard of belongs to no account whose pack could be asked.
    consent::Pack const& pack = c.contact != nullptr ? c.pack() : consent::texting_pack();
    hours.from = std::max(hours.from, pack.send_from_hour);
    hours.to = std::min(hours.to, pack.send_until_hour);
    return hours;
}

constexpr Millis day_ms = 86'400'000;
constexpr Millis hour_ms = 3'600'000;

}  // namespace

Verdict campaign_without_opt_out_text(Case const& c) {
    bool const missing = judged(c) && c.send.opt_out_text == Flag::no;
    return missing ? Verdict(Facts{}) : std::nullopt;
}

Verdict campaign_without_level(Case const& c) {
    if (!judged(c)) {
        return std::nullopt;
    }
    Level const required = c.required();
    Level const level = c.level();
    if (level >= required || expired_at(*c.contact, c.send.list, required, c.pack(), c.send.at) != nullptr) {
        return std::nullopt;
    }
    return Facts{c.standing->seq, c.standing->at, static_cast<std::int32_t>(level) * 4 + static_cast<std::int32_t>(required)};
}

Verdict campaign_after_expiry(Case const& c) {
    if (!judged(c)) {
        return std::nullopt;
    }
    Level const required = c.required();
    Grant const* const ended =
        c.level() >= required ? nullptr : expired_at(*c.contact, c.send.list, required, c.pack(), c.send.at);
    if (ended == nullptr) {
        return std::nullopt;
    }
    // An end that the pack sets has no entry of its own: the one that recorded the consent.
    Seq const seq = ended->expired ? ended->end_seq : ended->seq;
    return Facts{seq, *expiry_of(*ended, c.pack(), c.send.at), 0};
}

Verdict campaign_to_non_member(Case const& c) {
    if (!judged(c) || c.send.list == no_list) {
        return std::nullopt;
    }
    ListStretch const* const list = list_at(*c.contact, c.send.list, c.send.at);
    if (list != nullptr && list->member) {
        return std::nullopt;
    }
    return list != nullptr ? Facts{list->seq, list->at, 1} : Facts{-1, 0, c.send.list == unknown_list ? 2 : 0};
}

Verdict campaign_in_quiet_hours(Case const& c) {
    if (!c.went_out() || !c.campaign() || !c.send.has_offset) {
        return std::nullopt;
    }
    Millis const local = c.send.at + c.send.utc_offset;
    std::int64_t const day = (local >= 0 ? local : local - day_ms + 1) / day_ms;
    Millis const clock = local - day * day_ms;
    Hours const hours = allowed_hours(c, day);
    bool const allowed = clock >= hours.from * hour_ms && clock < hours.to * hour_ms;
    return allowed ? std::nullopt : Verdict(Facts{-1, 0, static_cast<std::int32_t>(clock / 60'000)});
}

std::string level_words(Facts const& facts, Millis) {
    return "consent at that time: " + std::string(cl::name(static_cast<Level>(facts.detail / 4))) +
           "; needed: " + std::string(cl::name(static_cast<Level>(facts.detail % 4)));
}

std::string opt_out_text_words(Facts const&, Millis) {
    return "the text names no way to opt out";
}

std::string member_words(Facts const& facts, Millis at) {
    if (facts.detail == 1) {
        return "off the list since entry " + std::to_string(facts.seq) + ", " + elapsed(at - facts.since) + " before";
    }
    return facts.detail == 2 ? "the ledger has no such list" : "never was on the list by then";
}

std::string quiet_words(Facts const& facts, Millis) {
    std::string const minute = std::to_string(facts.detail % 60);
    return "at " + std::to_string(facts.detail / 60) + (minute.size() == 1 ? ":0" : ":") + minute + " of the recipient's clock";
}

std::string expiry_words(Facts const& facts, Millis at) {
    return elapsed(at - facts.since) + " after the consent expired, entry " + std::to_string(facts.seq);
}

}  // namespace cl::verify::reconcile
