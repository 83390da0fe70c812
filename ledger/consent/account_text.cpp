// The text form of an account's state, for projections.
#include "ledger/consent/state.hpp"
#include "ledger/consent/state_fields.hpp"
#include "ledger/core/json.hpp"
#include "ledger/core/limits.hpp"

namespace cl::consent {
namespace {

using json::Array;
using json::Object;
using json::Value;

using SeqById = std::map<std::string, Seq, std::less<>>;

void put_seqs(Object& out, std::string_view key, SeqById const& map) {
    if (map.empty()) return;
    Object members;
    for (auto const& [id, seq] : map) members.set(id, seq);
    out.set(key, std::move(members));
}

SeqById get_seqs(Reader& reader, Object const& in, std::string_view key) {
    SeqById map;
    for (json::Member const& member : reader.member_object(in, key)) map.emplace(member.name, reader.integer(member.value));
    return map;
}

Value put(Mark const& mark) {
    return Array{mark.seq, mark.key};
}

Value put(Burst const& burst) {
    return Array{burst.since, burst.count};
}

/// Both are pairs of numbers.
template <class Pair>
std::map<std::string, Pair, std::less<>> get_pairs(Reader& reader, Object const& in, std::string_view key) {
    std::map<std::string, Pair, std::less<>> map;
    for (json::Member const& member : reader.member_object(in, key)) {
        Array const& pair = reader.array(member.value, 2);
        if (!reader.failed()) map.emplace(member.name, Pair{reader.integer(pair[0]), reader.integer(pair[1])});
    }
    return map;
}

void put_waivers(Object& out, AccountState const& state) {
    if (state.waivers.empty()) return;
    Array rows;
    for (auto const& [finding, waiver] : state.waivers) {
        rows.emplace_back(Array{finding.first, finding.second, waiver.by, waiver.until});
    }
    out.set("wv", std::move(rows));
}

void get_waivers(Reader& reader, Object const& in, AccountState& state) {
    for (Value const& value : reader.member_array(in, "wv")) {
        Array const& row = reader.array(value, 4);
        if (reader.failed() || row[1].as_string() == nullptr) return reader.fail();
        state.waivers.insert_or_assign({reader.integer(row[0]), *row[1].as_string()},
                                       Waiver{reader.integer(row[2]), reader.integer(row[3])});
    }
}

void put_policies(Object& out, AccountState const& state) {
    if (state.policies.empty()) return;
    Array rows;
    for (Policy const& policy : state.policies) {
        rows.emplace_back(
            Array{policy.seq, policy.since, policy.pack, policy.rules, policy.overrides, policy.in_force != nullptr});
    }
    out.set("po", std::move(rows));
}

void get_policies(Reader& reader, Object const& in, AccountState& state) {
    for (Value const& value : reader.member_array(in, "po")) {
        Array const& row = reader.array(value, 6);
        if (reader.failed() || !row[2].as_string() || !row[4].as_string() || !row[5].as_bool()) return reader.fail();
        Policy policy{reader.integer(row[0]), reader.integer(row[1]), *row[2].as_string(),
                      reader.integer(row[3]), *row[4].as_string(),    nullptr};
        if (*row[5].as_bool() && !restore(policy)) return reader.fail();
        state.policies.push_back(std::move(policy));
    }
}

Value put(ListDef const& list) {
    Object out = {{"s", list.seq}};
    put_text(out, "p", list.purpose);
    put_level(out, "l", list.level_required);
    put_text(out, "o", list.opt_out_of);
    return out;
}

ListDef get_list(Reader& reader, Object const& in) {
    return {.purpose = std::string(in.string("p")),
            .level_required = reader.level(in, "l"),
            .opt_out_of = std::string(in.string("o")),
            .seq = reader.number(in, "s", 0)};
}

Value put(TriggerDef const& trigger) {
    Array words;
    for (std::string const& word : trigger.words) words.emplace_back(word);
    Object out = {{"w", std::move(words)}, {"c", trigger.cls}, {"s", trigger.seq}};
    put_flag(out, "i", trigger.included);
    put_text(out, "l", trigger.list);
    put_flag(out, "r", trigger.has_reply);
    return out;
}

TriggerDef get_trigger(Reader& reader, Object const& in) {
    TriggerDef trigger{.words = {},
                       .included = reader.flag(in, "i"),
                       .cls = std::string(in.string("c")),
                       .list = std::string(in.string("l")),
                       .seq = reader.number(in, "s", 0),
                       .has_reply = reader.flag(in, "r")};
    for (Value const& word : reader.member_array(in, "w")) {
        if (word.as_string() == nullptr) reader.fail();
        trigger.words.push_back(word.as_string() == nullptr ? std::string() : *word.as_string());
    }
    return trigger;
}

template <class Map>
void put_map(Object& out, std::string_view key, Map const& map) {
    if (map.empty()) return;
    Object members;
    for (auto const& [id, value] : map) members.set(id, put(value));
    out.set(key, std::move(members));
}

}  // namespace

std::string to_text(AccountState const& state) {
    Object out = {{"n", state.account_seq}, {"last", state.last_seq}};
    put_flag(out, "en", state.enforce);
    put_policies(out, state);
    put_seqs(out, "ac", state.actors);
    put_map(out, "li", state.lists);
    put_map(out, "tr", state.triggers);
    put_map(out, "di", state.disclosures);
    put_seqs(out, "ho", state.holds);
    put_map(out, "bu", state.bursts);
    put_waivers(out, state);
    return json::write(out);
}

Result<AccountState> account_from_text(std::string_view text) {
    CL_TRY_ASSIGN(Value const value, json::parse(text, limits::state_text_bytes, limits::state_text_nodes));
    Reader reader;
    Object const& in = reader.object(value);
    AccountState state;
    state.account_seq = reader.number(in, "n", 0);
    state.last_seq = reader.number(in, "last", -1);
    state.enforce = reader.flag(in, "en");
    get_policies(reader, in, state);
    state.actors = get_seqs(reader, in, "ac");
    for (json::Member const& list : reader.member_object(in, "li")) {
        state.lists.emplace(list.name, get_list(reader, reader.object(list.value)));
    }
    for (json::Member const& trigger : reader.member_object(in, "tr")) {
        state.triggers.emplace(trigger.name, get_trigger(reader, reader.object(trigger.value)));
    }
    state.disclosures = get_pairs<Mark>(reader, in, "di");
    state.holds = get_seqs(reader, in, "ho");
    state.bursts = get_pairs<Burst>(reader, in, "bu");
    get_waivers(reader, in, state);
    if (reader.failed()) return fail(errc::malformed, "not the text of an account's state");
    return state;
}

}  // namespace cl::consent
