// A posted change, read member by member. What an opt-out or a block carries too much of is dropped and `text_withheld` says so: no
// limit ever refuses one (docs/behaviour.md "What each kind does").
#include "ledger/consent/change_item.hpp"

#include "ledger/consent/classifier.hpp"
#include "ledger/consent/data_schema.hpp"
#include "ledger/consent/evidence.hpp"
#include "ledger/consent/posted_number.hpp"
#include "ledger/consent/rules.hpp"
#include "ledger/consent/screened_item.hpp"
#include "ledger/core/bundle_format.hpp"
#include "ledger/core/keys.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>
#include <array>

namespace cl::consent {
namespace {

constexpr std::string_view withheld = "withheld";

Error wrong(std::string pointer, std::string why) {
    return fail(errc::invalid, std::move(why), std::move(pointer));
}

Result<void> only_members(json::Object const& object, std::initializer_list<std::string_view> names,
                          std::string const& pointer) {
    for (json::Member const& member : object) {
        if (std::find(names.begin(), names.end(), member.name) == names.end()) {
            return wrong(json::pointer_join(pointer, member.name), "unknown member");
        }
    }
    return {};
}

/// The string member, or nullptr where it is absent.
Result<std::string const*> optional_string(json::Object const& object, std::string_view name, std::string const& pointer) {
    json::Value const* const value = object.find(name);
    if (value == nullptr) return static_cast<std::string const*>(nullptr);
    if (value->as_string() == nullptr) return wrong(json::pointer_join(pointer, name), "must be a string");
    return value->as_string();
}

/// Leaves something out of an opt-out or a block, which no limit refuses. False for other kinds.
bool withhold(ChangeItem& item) {
    if (!info(item.kind).protective) return false;
    item.data.set("text_withheld", true);
    return true;
}

/// The id member, empty where it is absent; `instead` where an opt-out or a block has a text that is none.
Result<std::string> optional_id(json::Object const& object, std::string_view name, std::string const& pointer, ChangeItem& item,
                                std::string_view instead = {}) {
    CL_TRY_ASSIGN(std::string const* const text, optional_string(object, name, pointer));
    if (text == nullptr) return std::string();
    if (!valid_id(*text)) {
        if (withhold(item)) return std::string(instead);
        return wrong(json::pointer_join(pointer, name), "must be an id: 1 to 128 of letters, digits and . _ : -");
    }
    return *text;
}

Result<void> read_kind(json::Object const& posted, ChangeItem& item) {
    auto const kind = kind_from(posted.string("kind"));
    if (!kind) return wrong("/kind", "must be one of the kinds that /openapi.json lists");
    if (info(*kind).by_program_only) return wrong("/kind", "only the program itself writes this kind");
    item.kind = *kind;
    return {};
}

Result<void> read_subject(json::Object const& posted, ChangeItem& item) {
    bool const has_phone = posted.contains("phone");
    bool const has_contact = posted.contains("contact");
    Subject const subject = info(item.kind).subject;
    if (has_phone && has_contact) return wrong("/contact", "phone and contact exclude each other");
    if (subject == Subject::contact && !has_phone && !has_contact) return wrong("/phone", "phone or contact is required");
    if (subject != Subject::contact && subject != Subject::contact_or_account && (has_phone || has_contact)) {
        return wrong(has_phone ? "/phone" : "/contact", "this kind is not about a contact");
    }
    CL_TRY_ASSIGN(std::string const* const phone, optional_string(posted, "phone", ""));
    if (phone != nullptr) {
        auto number = normalise_phone(*phone);
        if (!number) return wrong("/phone", number.error().detail);
        item.phone = std::move(*number);
    }
    CL_TRY_ASSIGN(std::string const* const contact, optional_string(posted, "contact", ""));
    if (contact != nullptr) {
        auto hash = hash_from_hex(*contact);
        if (!hash) return wrong("/contact", "must be 64 lower-case hexadecimal digits");
        item.contact = *hash;
    }
    return {};
}

Result<void> read_actor(json::Value const* value, ChangeItem& item) {
    if (value == nullptr) return {};
    json::Object const* const actor = value->as_object();
    if (actor == nullptr) return wrong("/actor", "must be an object");
    CL_TRY(only_members(*actor, {"kind", "id"}, "/actor"));
    constexpr std::array<std::string_view, 5> kinds = {"contact", "agent", "system", "api", "import"};
    std::string_view const kind = actor->string("kind");
    if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) {
        return wrong("/actor/kind", "must be contact, agent, system, api or import");
    }
    CL_TRY_ASSIGN(std::string id, optional_id(*actor, "id", "/actor", item, withheld));
    if (id.empty()) return wrong("/actor/id", "is required");
    item.actor = Actor{std::string(kind), std::move(id)};
    return {};
}

Result<void> read_source(json::Value const* value, ChangeItem& item) {
    if (value == nullptr) return {};
    json::Object const* const source = value->as_object();
    if (source == nullptr) return wrong("/source", "must be an object");
    CL_TRY(only_members(*source, {"platform", "record"}, "/source"));
    CL_TRY_ASSIGN(item.platform, optional_id(*source, "platform", "/source", item));
    CL_TRY_ASSIGN(item.record, optional_id(*source, "record", "/source", item, withheld));
    item.posted_record = source->string("record");
    return {};
}

Result<void> read_way(json::Object const& posted, ChangeItem& item) {
    CL_TRY_ASSIGN(std::string const* const time, optional_string(posted, "occurred_at", ""));
    if (time != nullptr) {
        auto const parsed = parse_rfc3339(*time);
        if (!parsed) return wrong("/occurred_at", "must be a time in RFC 3339 with an offset");
        item.occurred_at = *parsed;
    }
    CL_TRY_ASSIGN(item.channel, optional_id(posted, "channel", "", item));
    CL_TRY_ASSIGN(std::string const* const to, optional_string(posted, "to", ""));
    if (to != nullptr) {
        auto number = normalise_phone(*to);
        bool const good = number || valid_id(*to);
        if (!good && !withhold(item)) return wrong("/to", "must be a phone number in E.164 or an id");
        if (good) item.to = number ? std::move(*number) : *to;
    }
    CL_TRY_ASSIGN(std::string const* const correlation, optional_string(posted, "correlation_id", ""));
    if (correlation != nullptr) {
        if (correlation->size() > limits::id_chars) return wrong("/correlation_id", "must be at most 128 bytes");
        item.correlation_id = *correlation;
    }
    return {};
}

Result<void> read_data_member(MemberRule const& rule, json::Member const& member, std::string const& at, ChangeItem& item) {
    std::string const* const text = member.value.as_string();
    auto read = read_member(rule, member.value, at);
    bool const may_go = text != nullptr && !rule.required && rule.shape != Shape::choice;
    if (!read && may_go && withhold(item)) return {};
    CL_TRY_ASSIGN(json::Value value, std::move(read));
    if (rule.shape == Shape::text) {
        item.sealed.push_back({at, *value.as_string()});
    } else {
        item.data.set(rule.name, std::move(value));
    }
    return {};
}

/// What an export covers has what names it, and says how far that goes.
Result<void> check_export(json::Object const& data) {
    std::string_view const scope = data.string("scope");
    bool const of_contact = scope == bundle_format::scope::contact;
    std::string_view const last = of_contact ? "contact_seq" : "account_seq";
    if (!data.contains(last)) return wrong(json::pointer_join("/data", last), "is required with this scope");
    bool const of_list = scope == bundle_format::scope::list;
    bool const of_range = scope == bundle_format::scope::range;
    if (of_contact && !data.contains("contact")) return wrong("/data/contact", "is required with this scope");
    if (of_list && !data.contains("list")) return wrong("/data/list", "is required with this scope");
    bool const open = !data.contains("since") && !data.contains("until");
    if (of_range && open) return wrong("/data/since", "since or until is required with this scope");
    if (!of_contact && data.contains("contact")) return wrong("/data/contact", "belongs to another scope");
    if (!of_list && data.contains("list")) return wrong("/data/list", "belongs to another scope");
    if (!of_range && !open) return wrong(data.contains("since") ? "/data/since" : "/data/until", "belongs to another scope");
    return {};
}

Result<void> read_data(json::Object const& posted, ChangeItem& item) {
    json::Object const none;
    json::Value const* const value = posted.find("data");
    json::Object const* const data = value == nullptr ? &none : value->as_object();
    if (data == nullptr) return wrong("/data", "must be an object");
    for (json::Member const& member : *data) {
        std::string const at = json::pointer_join("/data", member.name);
        MemberRule const* const rule = find_member(item.kind, member.name);
        if (rule == nullptr || rule->by_server) return wrong(at, "this kind has no such member that can be posted");
        CL_TRY(read_data_member(*rule, member, at, item));
    }
    for (MemberRule const& rule : data_members(item.kind)) {
        if (rule.required && !data->contains(rule.name)) return wrong(json::pointer_join("/data", rule.name), "is required");
    }
    return item.kind == Kind::export_issued ? check_export(item.data) : Result<void>{};
}

Result<void> read_claimed(json::Object const& posted, ChangeItem& item) {
    json::Value const* const value = posted.find("claimed");
    if (value == nullptr) return {};
    MemberRule const* const rule = find_member(item.kind, "claimed");
    if (rule == nullptr) return wrong("/claimed", "this kind is not about a contact's status");
    CL_TRY_ASSIGN(json::Value claimed, read_member(*rule, *value, "/claimed"));
    item.data.set("claimed", std::move(claimed));
    return {};
}

/// Names of lists count towards the entry's size, so one change may name only so many.
bool fits_lists(ChangeItem const& item, Evidence const& next) {
    std::size_t lists = next.scope ? next.scope->lists.size() : 0;
    for (Evidence const& earlier : item.evidence) lists += earlier.scope ? earlier.scope->lists.size() : 0;
    return lists <= limits::scope_lists_per_change;
}

/// What the classifier says of the message that is said to have opted the contact back in, which CL-022 needs in the entry, and whether
/// it is the message that is named, sent by the contact (CL-020).
void note_message(json::Object const& posted, ChangeItem& item) {
    if (item.kind != Kind::opt_in_inbound || posted.string("kind") != "inbound_sms" || posted.contains("for")) return;
    if (posted.contains("body")) item.data.set("class", name(classify(posted.string("body")).cls));
    // The rules take the first message for the one that is meant.
    bool const first = std::none_of(item.evidence.begin(), item.evidence.end(),
                                    [](Evidence const& earlier) { return earlier.kind == "inbound_sms" && !earlier.for_seq; });
    if (!first) return;
    if (posted.contains("message_id") && posted.string("message_id") != item.data.string("message")) {
        note_mismatch(item, "message_id");
    }
    if (!posted.contains("from")) return;
    auto const from = normalise_phone(posted.string("from"));
    if (item.phone.empty() && from) item.message_from = *from;
    bool const same = from ? *from == item.phone : carries_number(posted.string("from"), item.phone);
    if (!item.phone.empty() && !same) note_mismatch(item, "from");
}

Result<void> read_evidence(json::Object const& posted, ChangeItem& item) {
    json::Value const* const value = posted.find("evidence");
    if (value == nullptr) return {};
    bool const protective = info(item.kind).protective;
    Subject const subject = info(item.kind).subject;
    json::Array const* const items = value->as_array();
    if (items == nullptr) return wrong("/evidence", "must be an array");
    if (subject != Subject::contact && subject != Subject::contact_or_account) {
        return wrong("/evidence", "this kind is not about a contact");
    }
    for (std::size_t i = 0; i < items->size(); ++i) {
        std::string const at = "/evidence/" + std::to_string(i);
        auto parsed = parse_evidence((*items)[i], at);
        if (!parsed && withhold(item)) continue;
        CL_TRY_ASSIGN(Evidence evidence, std::move(parsed));
        std::string opening = json::write((*items)[i]);
        bool const fits = opening.size() <= limits::evidence_item_bytes && item.evidence.size() < limits::evidence_items &&
                          fits_lists(item, evidence);
        if (!fits && !protective) return fail(errc::too_large, "more evidence than one change takes", at);
        if (!fits) {
            item.data.set("text_withheld", true);
            continue;
        }
        note_message(*(*items)[i].as_object(), item);
        item.sealed.push_back({"/evidence/" + std::to_string(item.evidence.size()), std::move(opening)});
        item.evidence.push_back(std::move(evidence));
    }
    return {};
}

/// finding.waived names a rule that exists.
Result<void> check_rule_name(ChangeItem const& item) {
    if (item.kind == Kind::finding_waived && find_rule(item.data.string("rule")) == nullptr) {
        return wrong("/data/rule", "no rule has this id");
    }
    return {};
}

bool all_chars(std::string_view text, bool (*allowed)(char)) {
    return std::all_of(text.begin(), text.end(), allowed);
}

}  // namespace

Result<ChangeItem> parse_change(json::Value const& posted) {
    json::Object const* const object = posted.as_object();
    if (object == nullptr) return wrong("", "must be an object");
    CL_TRY(only_members(*object,
                        {"kind", "phone", "contact", "occurred_at", "actor", "source", "channel", "to", "data", "evidence",
                         "claimed", "correlation_id"},
                        ""));
    ChangeItem item;
    CL_TRY(read_kind(*object, item));
    CL_TRY(read_subject(*object, item));
    CL_TRY(read_way(*object, item));
    CL_TRY(read_actor(object->find("actor"), item));
    CL_TRY(read_source(object->find("source"), item));
    CL_TRY(read_data(*object, item));
    CL_TRY(read_claimed(*object, item));
    CL_TRY(read_evidence(*object, item));
    CL_TRY(check_rule_name(item));
    CL_TRY(keep_number_out(item));
    note_suspicions(item, *object);
    json::Object canonical = *object;
    canonical.erase("correlation_id");
    item.canonical = json::write(json::Value(std::move(canonical)));
    return item;
}

bool only_restricts(ChangeItem const& item) noexcept {
    switch (item.kind) {
    case Kind::list_removed:
    case Kind::review_opened:
    case Kind::consent_expired:
    case Kind::number_reassigned: return true;
    case Kind::review_resolved: return item.data.string("verdict") == "opt_out";
    default: return info(item.kind).protective;
    }
}

void note_mismatch(ChangeItem& item, std::string_view member) {
    json::Value const* const noted = item.data.find("mismatch");
    json::Array names = noted != nullptr && noted->as_array() != nullptr ? *noted->as_array() : json::Array{};
    json::Value const name(member);
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    item.data.set("mismatch", std::move(names));
}

Result<void> check_stored_data(Kind kind, json::Object const& data) {
    bool const protective = info(kind).protective;
    for (json::Member const& member : data) {
        std::string const at = json::pointer_join("/data", member.name);
        MemberRule const* const rule = find_member(kind, member.name);
        if (rule == nullptr) return fail(errc::entry_malformed, "this kind has no such member", at);
        bool const committed = is_commitment(member.value);
        // An opt-out's clear text that carried the number stands as a commitment (docs/http-api.md "Names, numbers, times").
        bool const hidden = committed && protective && (rule->shape == Shape::id || rule->shape == Shape::line);
        if (rule->shape == Shape::text || hidden) {
            if (!committed) return fail(errc::entry_malformed, "must be a commitment", at);
            continue;
        }
        auto value = read_member(*rule, member.value, at);
        if (!value || *value != member.value) return fail(errc::entry_malformed, "not what this kind's member may be", at);
    }
    for (MemberRule const& rule : data_members(kind)) {
        if (rule.required && !data.contains(rule.name)) {
            return fail(errc::entry_malformed, "a required member is missing", json::pointer_join("/data", rule.name));
        }
    }
    return {};
}

bool valid_account(std::string_view text) noexcept {
    auto const allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !text.empty() && text.size() <= limits::account_chars && text.front() != '-' && all_chars(text, allowed);
}

bool valid_id(std::string_view text) noexcept {
    auto const allowed = [](char c) {
        bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == ':' || c == '-';
    };
    return !text.empty() && text.size() <= limits::id_chars && all_chars(text, allowed);
}

}  // namespace cl::consent
