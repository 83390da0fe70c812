// A contact's history as a test tells it: one line an event, in minutes from a fixed Monday noon, complete evidence by name.
#pragma once

#include "ledger/consent/state.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cl::consent::test {

inline constexpr Millis minute = 60'000;
/// Monday 2026-11-16 12:00 UTC, and minutes from it.
[[nodiscard]] inline Millis at(std::int64_t minutes) {
    return parse_stored_time("2026-11-16T12:00:00.000Z").value() + minutes * minute;
}

struct Event {
    Kind kind{};
    std::int64_t minutes = 0;  ///< occurred_at
    json::Object data = {};
    std::vector<Evidence> evidence = {};
    Actor actor = {"agent", "agent-7"};
    std::optional<std::int64_t> recorded =
        {};  ///< recorded_at, in minutes; by default when it happened, or when the last was recorded
};

/// An item with all that its kind must hold, but for `lacking`.
[[nodiscard]] inline Evidence evidence(std::string kind, std::int64_t minutes, std::vector<std::string> fields) {
    Evidence item;
    item.kind = std::move(kind);
    item.occurred_at = at(minutes);
    std::sort(fields.begin(), fields.end());
    item.fields = std::move(fields);
    return item;
}
[[nodiscard]] inline Evidence sms(std::int64_t minutes) {
    return evidence("inbound_sms", minutes, {"body", "from", "message_id", "to"});
}
[[nodiscard]] inline Evidence call(std::int64_t minutes) {
    return evidence("verbal_call", minutes, {"agent", "call", "recording", "words"});
}
[[nodiscard]] inline Evidence attestation(std::int64_t minutes) {
    return evidence("agent_attestation", minutes, {"agent", "reason", "supervisor"});
}
/// A signed-up web form for marketing; names `lists` if there are any.
[[nodiscard]] inline Evidence form(std::int64_t minutes, std::vector<std::string> lists = {}) {
    Evidence item =
        evidence("web_form", minutes,
                 {"checkbox_default", "disclosure", "form", "form_version", "ip", "submitted_at", "url", "user_agent"});
    item.scope = Scope{"marketing", std::move(lists), {}};
    return item;
}
[[nodiscard]] inline json::Object list(std::string_view id) {
    return {{"list", id}};
}
[[nodiscard]] inline json::Object claimed(bool opted_in) {
    return {{"claimed", json::Object{{"opted_in", opted_in}}}};
}

class History {
public:
    History() = default;
    History(std::initializer_list<Event> events) {
        for (Event const& event : events) add(event);
    }

    Outcome add(Event const& event) {
        Entry entry;
        entry.seq = ++seq;
        recorded_ = std::max(recorded_, at(event.recorded.value_or(event.minutes)));
        entry.recorded_at = event.recorded ? at(*event.recorded) : recorded_;
        entry.occurred_at = at(event.minutes);
        entry.account = "acme";
        entry.kind = info(event.kind).name;
        entry.data = event.data;
        entry.actor = event.actor;
        entry.evidence = event.evidence;
        entry.contact = Hash32{};
        return add(entry, event.kind);
    }

    Outcome add(Entry const& entry, Kind kind) {
        Subject const subject = info(kind).subject;
        bool const about_contact = subject == Subject::contact || subject == Subject::contact_or_account;
        return apply(entry, kind, pack, account, about_contact && entry.contact ? &contact : nullptr);
    }

    AccountState account;
    ContactState contact;
    Pack pack = texting_pack();
    Seq seq = 0;

private:
    Millis recorded_ = 0;
};

[[nodiscard]] inline Finding const* find(Outcome const& outcome, std::string_view id) {
    auto const found =
        std::find_if(outcome.raised.begin(), outcome.raised.end(), [&](Finding const& one) { return one.id == id; });
    return found == outcome.raised.end() ? nullptr : &*found;
}
[[nodiscard]] inline bool raised(Outcome const& outcome, std::string_view id) {
    return find(outcome, id) != nullptr;
}
[[nodiscard]] inline bool raised(Outcome const& outcome, std::string_view id, Severity severity) {
    return raised(outcome, id) && find(outcome, id)->severity == severity;
}
[[nodiscard]] inline bool closed(Outcome const& outcome, std::string_view id, Seq seq) {
    return std::any_of(outcome.closed.begin(), outcome.closed.end(),
                       [&](Closed const& one) { return one.id == id && one.seq == seq; });
}

// Events that most histories are made of
[[nodiscard]] inline Event added(std::int64_t m) {
    return {Kind::contact_added, m, {{"origin", "manual"}}};
}
[[nodiscard]] inline Event stop(std::int64_t m) {
    return {
        Kind::opt_out_stop, m, {{"keyword", "stop"}, {"language", "en"}, {"match", "whole"}}, {sms(m)}, {"contact", "contact"}};
}
[[nodiscard]] inline Event hi(std::int64_t m) {
    return {Kind::opt_in_inbound, m, {{"message", "m"}, {"class", "other"}}, {sms(m)}, {"contact", "contact"}};
}
[[nodiscard]] inline Event ticked(std::int64_t m, std::vector<Evidence> shown = {}) {
    return {Kind::opt_in_agent, m, {}, std::move(shown)};
}
[[nodiscard]] inline Event unticked(std::int64_t m) {
    return {Kind::opt_out_agent, m};
}
[[nodiscard]] inline Event blocked(std::int64_t m) {
    return {Kind::contact_blocked, m};
}
[[nodiscard]] inline Event unblocked(std::int64_t m) {
    return {Kind::contact_unblocked, m};
}
[[nodiscard]] inline Event joined(std::int64_t m, std::string_view id) {
    return {Kind::list_added, m, list(id)};
}
[[nodiscard]] inline Event left(std::int64_t m, std::string_view id) {
    return {Kind::list_removed, m, list(id)};
}
[[nodiscard]] inline Event optout(std::int64_t m, std::string_view id) {
    return {Kind::trigger_fired, m, {{"trigger", "OPTOUT"}, {"list", id}}, {sms(m)}, {"contact", "contact"}};
}
[[nodiscard]] inline Event consent(std::int64_t m, std::vector<Evidence> shown, json::Object data = {}) {
    return {Kind::consent_recorded, m, std::move(data), std::move(shown)};
}
/// The same event, recorded later than it happened.
[[nodiscard]] inline Event late(Event event, std::int64_t recorded) {
    event.recorded = recorded;
    return event;
}

}  // namespace cl::consent::test
