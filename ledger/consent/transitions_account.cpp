// What an account defines for itself.
#include "ledger/consent/classifier.hpp"
#include "ledger/consent/transitions.hpp"
#include "ledger/core/limits.hpp"

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
    if (data.contains("pack")) account.pack = data.string("pack");
}

}  // namespace

void apply_to_account(Entry const& entry, Kind kind, AccountState& account) {
    json::Object const& data = entry.data;
    switch (kind) {
    case Kind::account_defined: define_account(data, account); break;
    case Kind::policy_activated: account.pack = data.string("pack"); break;
    case Kind::actor_defined: define(account.actors, data.string("actor"), entry.seq); break;
    case Kind::list_defined: define(account.lists, data.string("list"), list_definition(entry)); break;
    case Kind::trigger_defined: define(account.triggers, data.string("trigger"), trigger_definition(entry)); break;
    case Kind::disclosure_defined: define(account.disclosures, data.string("disclosure"), entry.seq); break;
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
