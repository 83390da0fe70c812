// Readings of an entry and of a contact's state.
#include "ledger/consent/facts.hpp"

#include "ledger/consent/evidence.hpp"

#include <algorithm>

namespace cl::consent {

Millis order_key(Entry const& entry) noexcept {
    return std::min(entry.occurred_at.value_or(entry.recorded_at), entry.recorded_at);
}

Millis change_time(Entry const& entry) noexcept {
    return entry.occurred_at.value_or(entry.recorded_at);
}

Millis latest_time(Entry const& entry) noexcept {
    return std::max(change_time(entry), entry.recorded_at);
}

Millis message_key(Entry const& entry) noexcept {
    Millis key = order_key(entry);
    for (Evidence const& item : entry.evidence) {
        if (item.kind == "inbound_sms" && item.occurred_at) key = std::min(key, *item.occurred_at);
    }
    return key;
}

std::vector<Evidence const*> own_evidence(Entry const& entry) {
    std::vector<Evidence const*> own;
    for (Evidence const& item : entry.evidence) {
        if (!item.for_seq && item.occurred_at && *item.occurred_at <= latest_time(entry)) own.push_back(&item);
    }
    return own;
}

std::vector<std::string> lists_of(Evidence const& item, json::Object const& data) {
    if (item.scope && !item.scope->lists.empty()) return item.scope->lists;
    std::vector<std::string> lists;
    json::Value const* const named = data.find("lists");
    if (named == nullptr || named->as_array() == nullptr) return lists;
    for (json::Value const& list : *named->as_array()) {
        if (list.as_string() != nullptr) lists.push_back(*list.as_string());
    }
    return lists;
}

std::optional<Millis> evidence_floor(ContactState const& contact) noexcept {
    if (!contact.revoked) return contact.floor;
    return std::max(contact.revoked->key, contact.floor.value_or(contact.revoked->key));
}

bool later_than(Millis time, std::optional<Millis> floor) noexcept {
    return !floor || time > *floor;
}

bool later_than(Millis time, std::optional<Mark> const& mark) noexcept {
    return !mark || time > mark->key;
}

bool blocked_at(ContactState const& contact, Millis key) noexcept {
    if (contact.blocked) return true;
    return contact.blocked_mark && contact.unblocked_mark && key >= contact.blocked_mark->key &&
           key < contact.unblocked_mark->key;
}

namespace {

bool is_new_message(json::Object const& data, Pack const& pack) {
    std::string_view const cls = data.string("class");
    if (cls == "stop" || cls == "review") return false;
    return (cls != "help" && cls != "optout") || pack.compliance_keyword_reopts_in;
}

}  // namespace

bool opt_in_takes_effect(Entry const& entry, Kind kind, Pack const& pack, ContactState const& contact) {
    if (kind == Kind::contact_added) return contact.contact_seq == 0 && pack.added_is_opted_in;
    bool const inbound = kind == Kind::opt_in_inbound;
    Millis const key = inbound ? message_key(entry) : order_key(entry);
    if (contact.blocked || !later_than(key, contact.revoked) || !later_than(key, contact.blocked_mark)) return false;
    if (inbound) return !contact.opted_in && later_than(key, contact.unblocked_mark) && is_new_message(entry.data, pack);
    // By its own time the contact was still blocked: an agent's opt-in counts from the unblock on (T10), at the same moment included.
    return !contact.unblocked_mark || key >= contact.unblocked_mark->key;
}

namespace {

/// What gives informational or more is neither a text message nor an attestation.
bool holds_consent(LevelTimes const& held, ContactState const& contact, Millis time) noexcept {
    auto const counts = [&](std::optional<Millis> const& at) {
        return at && *at <= time && later_than(*at, evidence_floor(contact));
    };
    return counts(held.informational) || counts(held.promotional);
}

}  // namespace

bool has_general_consent(ContactState const& contact, Millis time) noexcept {
    return holds_consent(contact.held, contact, time);
}

bool has_standing_consent(ContactState const& contact, Millis time) noexcept {
    return has_general_consent(contact, time) || std::any_of(contact.lists.begin(), contact.lists.end(), [&](auto const& list) {
               return holds_consent(list.second.held, contact, time);
           });
}

FiredTrigger fired_trigger(json::Object const& data, AccountState const& account) noexcept {
    std::string_view const id = data.string("trigger");
    FiredTrigger fired{"custom", data.string("list")};
    auto const defined = account.triggers.find(id);
    if (defined != account.triggers.end()) {
        fired.cls = defined->second.cls;
        if (fired.list.empty()) fired.list = defined->second.list;
    } else if (id == "HELP") {
        fired.cls = "help";
    } else if (id == "OPTOUT") {
        fired.cls = "optout";
    }
    return fired;
}

std::optional<bool> claimed_opted_in(json::Object const& data) noexcept {
    json::Value const* const claimed = data.find("claimed");
    json::Object const* const object = claimed == nullptr ? nullptr : claimed->as_object();
    json::Value const* const value = object == nullptr ? nullptr : object->find("opted_in");
    if (value == nullptr || value->as_bool() == nullptr) return std::nullopt;
    return *value->as_bool();
}

}  // namespace cl::consent
