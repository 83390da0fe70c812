// The text form of a contact's and an account's state, for projections. Compact keys, nothing written that has its default value.
#include "ledger/consent/state.hpp"
#include "ledger/consent/state_fields.hpp"
#include "ledger/core/json.hpp"
#include "ledger/core/limits.hpp"

namespace cl::consent {
namespace {

using json::Array;
using json::Object;
using json::Value;

Value put(Mark const& mark) {
    return Array{mark.seq, mark.key};
}

Value put(LevelTimes const& held) {
    Object out;
    put_time(out, "c", held.conversational);
    put_time(out, "i", held.informational);
    put_time(out, "p", held.promotional);
    return out;
}

void put_mark(Object& out, std::string_view key, std::optional<Mark> const& mark) {
    if (mark) out.set(key, put(*mark));
}

void put_held(Object& out, LevelTimes const& held) {
    if (held != LevelTimes{}) out.set("h", put(held));
}

Value put(Membership const& list) {
    Object out;
    put_flag(out, "m", list.member);
    put_level(out, "l", list.level);
    out.set("s", list.seq);
    put_mark(out, "o", list.opted_out);
    put_time(out, "c", list.consent_at);
    put_time(out, "a", list.added_at);
    put_time(out, "r", list.removed_at);
    put_time(out, "f", list.floor);
    put_held(out, list.held);
    return out;
}

Value put(Finding const& finding) {
    Object out = {{"i", finding.id}, {"v", name(finding.severity)}, {"s", finding.seq}};
    put_text(out, "w", finding.what);
    return out;
}

Value put(Obligation const& item) {
    Object out = {{"k", item.kind}, {"s", item.seq}, {"o", item.opened_at}, {"d", item.due_at}};
    put_text(out, "l", item.list);
    put_text(out, "a", item.assignee);
    put_flag(out, "r", item.reported);
    return out;
}

template <class T>
void put_all(Object& out, std::string_view key, std::vector<T> const& items) {
    if (items.empty()) return;
    Array array;
    for (T const& item : items) array.push_back(put(item));
    out.set(key, std::move(array));
}

Mark get_mark(Reader& reader, Value const& value) {
    Array const& pair = reader.array(value, 2);
    if (reader.failed()) return {};
    return {reader.integer(pair[0]), reader.integer(pair[1])};
}

std::optional<Mark> get_mark(Reader& reader, Object const& object, std::string_view key) {
    Value const* const value = object.find(key);
    if (value == nullptr) return std::nullopt;
    return get_mark(reader, *value);
}

LevelTimes get_held(Reader& reader, Object const& object) {
    Value const* const value = object.find("h");
    if (value == nullptr) return {};
    Object const& held = reader.object(*value);
    return {reader.time(held, "c"), reader.time(held, "i"), reader.time(held, "p")};
}

Membership get_membership(Reader& reader, Object const& in) {
    return {.member = reader.flag(in, "m"),
            .level = reader.level(in, "l"),
            .seq = reader.number(in, "s", 0),
            .opted_out = get_mark(reader, in, "o"),
            .consent_at = reader.time(in, "c"),
            .added_at = reader.time(in, "a"),
            .removed_at = reader.time(in, "r"),
            .floor = reader.time(in, "f"),
            .held = get_held(reader, in)};
}

Finding get_finding(Reader& reader, Object const& in) {
    auto const severity = severity_from(in.string("v"));
    if (!severity) reader.fail();
    return {std::string(in.string("i")), severity.value_or(Severity::info), reader.number(in, "s", 0),
            std::string(in.string("w"))};
}

Obligation get_obligation(Reader& reader, Object const& in) {
    return {.kind = std::string(in.string("k")),
            .seq = reader.number(in, "s", 0),
            .list = std::string(in.string("l")),
            .opened_at = reader.number(in, "o", 0),
            .due_at = reader.number(in, "d", 0),
            .assignee = std::string(in.string("a")),
            .reported = reader.flag(in, "r")};
}

void get_collections(Reader& reader, Object const& in, ContactState& state) {
    for (json::Member const& list : reader.member_object(in, "lists")) {
        state.lists.emplace(list.name, get_membership(reader, reader.object(list.value)));
    }
    for (Value const& item : reader.member_array(in, "open")) state.open.push_back(get_finding(reader, reader.object(item)));
    for (Value const& item : reader.member_array(in, "todo"))
        state.obligations.push_back(get_obligation(reader, reader.object(item)));
    for (Value const& item : reader.member_array(in, "up")) state.unproven.push_back(get_mark(reader, item));
}

}  // namespace

std::string to_text(ContactState const& state) {
    Object out;
    put_flag(out, "in", state.opted_in);
    put_flag(out, "bl", state.blocked);
    put_flag(out, "er", state.erased);
    put_level(out, "lv", state.level);
    out.set("n", state.contact_seq);
    out.set("last", state.last_seq);
    out.set("first", state.first_seq);
    if (state.opened_seq != state.first_seq) out.set("op", state.opened_seq);
    out.set("since", state.since_seq);
    put_mark(out, "rv", state.revoked);
    put_mark(out, "cr", state.customer_revoked);
    put_mark(out, "ra", state.reassigned);
    put_mark(out, "bm", state.blocked_mark);
    put_mark(out, "um", state.unblocked_mark);
    put_mark(out, "bo", state.backed_opt_in);
    put_time(out, "be", state.backed_evidence_at);
    put_time(out, "f", state.floor);
    put_time(out, "lc", state.lists_cleared);
    put_held(out, state.held);
    if (!state.lists.empty()) {
        Object lists;
        for (auto const& [id, list] : state.lists) lists.set(id, put(list));
        out.set("lists", std::move(lists));
    }
    put_all(out, "open", state.open);
    if (state.left_out > 0) out.set("lo", state.left_out);
    put_all(out, "todo", state.obligations);
    put_all(out, "up", state.unproven);
    put_text(out, "lp", state.last_platform);
    put_time(out, "lt", state.last_occurred);
    return json::write(out);
}

Result<ContactState> contact_from_text(std::string_view text) {
    CL_TRY_ASSIGN(Value const value, json::parse(text, limits::state_text_bytes, limits::state_text_nodes));
    Reader reader;
    Object const& in = reader.object(value);
    ContactState state;
    state.opted_in = reader.flag(in, "in");
    state.blocked = reader.flag(in, "bl");
    state.erased = reader.flag(in, "er");
    state.level = reader.level(in, "lv");
    state.contact_seq = reader.number(in, "n", 0);
    state.last_seq = reader.number(in, "last", -1);
    state.first_seq = reader.number(in, "first", -1);
    state.opened_seq = reader.number(in, "op", state.first_seq);
    state.since_seq = reader.number(in, "since", -1);
    state.revoked = get_mark(reader, in, "rv");
    state.customer_revoked = get_mark(reader, in, "cr");
    state.reassigned = get_mark(reader, in, "ra");
    state.blocked_mark = get_mark(reader, in, "bm");
    state.unblocked_mark = get_mark(reader, in, "um");
    state.backed_opt_in = get_mark(reader, in, "bo");
    state.backed_evidence_at = reader.time(in, "be");
    state.floor = reader.time(in, "f");
    state.lists_cleared = reader.time(in, "lc");
    state.held = get_held(reader, in);
    state.left_out = reader.number(in, "lo", 0);
    state.last_platform = std::string(in.string("lp"));
    state.last_occurred = reader.time(in, "lt");
    get_collections(reader, in, state);
    if (reader.failed()) return fail(errc::malformed, "not the text of a contact's state");
    return state;
}

}  // namespace cl::consent
