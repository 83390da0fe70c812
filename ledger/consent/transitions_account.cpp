// What an account defines for itself.
#include "ledger/consent/classifier.hpp"
#include "ledger/consent/transitions.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>
#include <utility>

namespace cl::consent {
namespace {

/// Defines or redefines, while there is room.
template <class Map, class Value>
void define(Map& map, std::string_view id, Value value) {
    if (map.size() >= limits::account_items && map.find(id) == map.end()) return;
    map.insert_or_assign(std::string(id), std::move(value));
}

ListDef list_definition(Entry const& entry) {
    json::Object const& data = entry.data;
    return {.purpose = std::string(data.string("purpose")),
            .level_required = level_from(data.string("level_required")).value_or(Level::none),
            .opt_out_of = std::string(data.string("opt_out_of")),
            .seq = entry.seq};
}

TriggerDef trigger_definition(Entry const& entry) {
    json::Object const& data = entry.data;
    TriggerDef trigger{.words = {},
                       .included = data.string("match") == "included",
                       .cls = std::string(data.string("class")),
                       .list = std::string(data.string("list")),
                       .seq = entry.seq,
                       .has_reply = data.contains("reply")};
    json::Value const* const words = data.find("words");
    if (words == nullptr || words->as_array() == nullptr) return trigger;
    for (json::Value const& word : *words->as_array()) {
        if (word.as_string() != nullptr) trigger.words.push_back(fold(*word.as_string()));
    }
    return trigger;
}

void define_account(json::Object const& data, AccountState& account) {
    json::Value const* const enforce = data.find("enforce");
    if (enforce != nullptr && enforce->as_bool() != nullptr) account.enforce = *enforce->as_bool();
}

/// Only of an entry that was there before, as a person who waives must have seen it.
void waive(Entry const& entry, AccountState& account) {
    json::Value const* const seq = entry.data.find("seq");
    auto const until = parse_stored_time(entry.data.string("until"));
    if (seq == nullptr || seq->as_int() == nullptr || !until || *seq->as_int() >= entry.seq) return;
    std::pair<Seq, std::string> finding{*seq->as_int(), entry.data.string("rule")};
    if (account.waivers.size() >= limits::account_waivers && !account.waivers.contains(finding)) {
        std::erase_if(account.waivers, [&](auto const& waiver) { return waiver.second.until <= entry.recorded_at; });
        if (account.waivers.size() >= limits::account_waivers) return;
    }
    account.waivers.insert_or_assign(std::move(finding), Waiver{entry.seq, *until});
}

}  // namespace

Waiver const* waiver_of(AccountState const& account, Finding const& finding, Millis at, Seq last) noexcept {
    if (account.waivers.empty()) return nullptr;
    auto const found = account.waivers.find({finding.seq, finding.id});
    bool const in_force = found != account.waivers.end() && found->second.until > at && found->second.by <= last;
    return in_force ? &found->second : nullptr;
}

bool has_room_for_waiver(AccountState const& account, Finding const& finding, Millis now) noexcept {
    if (account.waivers.size() < limits::account_waivers || account.waivers.contains({finding.seq, finding.id})) return true;
    return std::any_of(account.waivers.begin(), account.waivers.end(),
                       [&](auto const& waiver) { return waiver.second.until <= now; });
}

void apply_to_account(Entry const& entry, Kind kind, AccountState& account) {
    json::Object const& data = entry.data;
    switch (kind) {
    case Kind::account_defined:
        define_account(data, account);
        add_policy(account.policies, entry.seq, data, entry.recorded_at, false);
        break;
    case Kind::policy_activated: add_policy(account.policies, entry.seq, data, entry.recorded_at, true); break;
    case Kind::actor_defined: define(account.actors, data.string("actor"), entry.seq); break;
    case Kind::list_defined: define(account.lists, data.string("list"), list_definition(entry)); break;
    case Kind::trigger_defined: define(account.triggers, data.string("trigger"), trigger_definition(entry)); break;
    case Kind::disclosure_defined:
        define(account.disclosures, data.string("disclosure"), Mark{entry.seq, order_key(entry)});
        break;
    case Kind::finding_waived: waive(entry, account); break;
    case Kind::hold_placed:
        if (!entry.contact) define(account.holds, data.string("matter"), entry.seq);
        break;
    case Kind::hold_released:
        if (!entry.contact) {
            auto const hold = account.holds.find(data.string("matter"));
            if (hold != account.holds.end()) account.holds.erase(hold);
        }
        break;
    default: break;
    }
}

}  // namespace cl::consent
