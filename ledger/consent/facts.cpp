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

std::vector<Evidence const*> own_consent(Entry const& entry) {
    std::vector<Evidence const*> own = own_evidence(entry);
    std::erase_if(own, [](Evidence const* item) { return !is_consent_evidence(*item); });
    return own;
}

bool is_explicit_opt_in(Kind kind) noexcept {
    return is_opt_in_by_hand(kind) || kind == Kind::opt_in_inbound;
}

bool is_opt_in_by_hand(Kind kind) noexcept {
    return kind == Kind::opt_in_agent || kind == Kind::opt_in_consent;
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

bool is_own_act(Entry const& entry, ContactState const& contact) {
    std::vector<Evidence const*> const own = own_consent(entry);
    std::optional<Millis> const floor = evidence_floor(contact);
    return std::any_of(own.begin(), own.end(), [&](Evidence const* item) { return later_than(*item->occurred_at, floor); });
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

bool is_new_message(std::string_view cls, Pack const& pack) noexcept {
    if (cls == "stop" || cls == "review") return false;
    // Where an OPTOUT ends everything, it is an opt-out, whatever a HELP does.
    if (cls == "optout" && pack.list_request_scope == RequestScope::account) return false;
    if (cls == "help" || cls == "optout") return pack.compliance_keyword_reopts_in;
    return cls == "start" || pack.ordinary_message_reopts_in;
}

bool opt_in_takes_effect(Entry const& entry, Kind kind, Pack const& pack, ContactState const& contact) {
    if (kind == Kind::contact_added) return contact.contact_seq == 0 && pack.added_is_opted_in;
    bool const inbound = kind == Kind::opt_in_inbound;
    Millis const key = inbound ? message_key(entry) : order_key(entry);
    if (contact.blocked || !later_than(key, contact.revoked) || !later_than(key, contact.blocked_mark)) return false;
    if (inbound)
        return !contact.opted_in && later_than(key, contact.unblocked_mark) && is_new_message(entry.data.string("class"), pack);
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

bool is_opt_out_list_of(AccountState const& account, std::string_view id, std::string_view list) noexcept {
    auto const defined = account.lists.find(id);
    return defined != account.lists.end() && !list.empty() && defined->second.opt_out_of == list;
}

namespace {

std::optional<bool> claimed(json::Object const& data, std::string_view what) noexcept {
    json::Value const* const value = data.find("claimed");
    json::Object const* const object = value == nullptr ? nullptr : value->as_object();
    json::Value const* const flag = object == nullptr ? nullptr : object->find(what);
    if (flag == nullptr || flag->as_bool() == nullptr) return std::nullopt;
    return *flag->as_bool();
}

}  // namespace

std::optional<bool> claimed_opted_in(json::Object const& data) noexcept {
    return claimed(data, "opted_in");
}

std::optional<bool> claimed_blocked(json::Object const& data) noexcept {
    return claimed(data, "blocked");
}

}  // namespace cl::consent
