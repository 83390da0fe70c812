// One item of evidence as posted: strict, and taken down to what the entry keeps of it.
#include "ledger/consent/change_item.hpp"
#include "ledger/consent/data_schema.hpp"
#include "ledger/consent/evidence.hpp"
#include "ledger/consent/evidence_kinds.hpp"
#include "ledger/core/keys.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>

namespace cl::consent {
namespace {

Error wrong(std::string const& pointer, std::string why) {
    return fail(errc::invalid, std::move(why), pointer);
}

/// `2026-11-20`.
bool valid_date(std::string_view text) {
    return text.size() == 10 && static_cast<bool>(parse_rfc3339(std::string(text) + "T00:00:00Z"));
}

/// A sender or receiver: a number, or an id such as a short code.
bool valid_party(std::string_view text) {
    return valid_id(text) || static_cast<bool>(normalise_phone(text));
}

Result<void> check_text(Field shape, std::string_view text, std::string const& at) {
    bool good = false;
    std::string_view what = "must be a text that is not empty and not too long";
    switch (shape) {
    case Field::id:
        good = valid_id(text);
        what = "must be an id: 1 to 128 of letters, digits and . _ : -";
        break;
    case Field::time:
        good = static_cast<bool>(parse_rfc3339(text));
        what = "must be a time in RFC 3339 with an offset";
        break;
    case Field::date:
        good = valid_date(text);
        what = "must be a date such as 2026-11-20";
        break;
    case Field::sha256:
        good = static_cast<bool>(hash_from_hex(text));
        what = "must be 64 lower-case hexadecimal digits";
        break;
    case Field::party:
        good = valid_party(text);
        what = "must be a phone number in E.164 or an id";
        break;
    case Field::message: good = text.size() <= limits::message_bytes; break;
    default: good = !text.empty() && text.size() <= limits::text_bytes; break;
    }
    return good ? Result<void>{} : Result<void>(wrong(at, std::string(what)));
}

/// {sha256?, held_by?, ref?}: a file that the platform keeps.
Result<void> read_file(json::Object const* object, std::string const& at, std::string_view name, Evidence& out) {
    if (object == nullptr) return wrong(at, "must be an object with sha256 and held_by");
    for (json::Member const& member : *object) {
        std::string const below = json::pointer_join(at, member.name);
        std::string const* const text = member.value.as_string();
        if (text == nullptr) return wrong(below, "must be a string");
        if (member.name == "sha256") {
            CL_TRY(check_text(Field::sha256, *text, below));
            out.fields.emplace_back(name);
        } else if (member.name == "held_by") {
            CL_TRY(check_text(Field::id, *text, below));
            out.held_by = *text;
        } else if (member.name == "ref") {
            CL_TRY(check_text(Field::text, *text, below));
        } else {
            return wrong(below, "unknown member");
        }
    }
    return {};
}

Result<void> read_scope_lists(json::Value const& value, std::string const& at, Scope& out) {
    json::Array const* const lists = value.as_array();
    if (lists == nullptr || lists->size() > limits::lists_per_item) return wrong(at, "must be an array of at most 64 list ids");
    for (std::size_t i = 0; i < lists->size(); ++i) {
        std::string const* const id = (*lists)[i].as_string();
        std::string const below = at + "/" + std::to_string(i);
        if (id == nullptr || !valid_id(*id)) return wrong(below, "must be an id: 1 to 128 of letters, digits and . _ : -");
        if (std::find(out.lists.begin(), out.lists.end(), *id) != out.lists.end()) return wrong(below, "stands twice");
        out.lists.push_back(*id);
    }
    return {};
}

Result<Scope> read_scope(json::Value const& value, std::string const& at) {
    json::Object const* const object = value.as_object();
    if (object == nullptr) return wrong(at, "must be an object");
    Scope scope;
    for (json::Member const& member : *object) {
        std::string const below = json::pointer_join(at, member.name);
        if (member.name == "lists") {
            CL_TRY(read_scope_lists(member.value, below, scope));
            continue;
        }
        if (member.name != "purpose" && member.name != "seller") return wrong(below, "unknown member");
        std::string const* const text = member.value.as_string();
        if (text == nullptr || !valid_line(*text, limits::id_chars)) return wrong(below, "must be a short text on one line");
        (member.name == "purpose" ? scope.purpose : scope.seller) = *text;
    }
    return scope;
}

/// Members that every kind has and that are no `fields`.
Result<bool> read_frame(json::Member const& member, std::string const& at, Evidence& out) {
    if (member.name == "kind") return true;
    if (member.name == "scope") {
        CL_TRY_ASSIGN(Scope scope, read_scope(member.value, at));
        if (scope != Scope{}) out.scope = std::move(scope);
        return true;
    }
    if (member.name == "for") {
        if (member.value.as_int() == nullptr || *member.value.as_int() < 0) return wrong(at, "must be the seq of an entry");
        out.for_seq = *member.value.as_int();
        return true;
    }
    if (member.name != "occurred_at" && member.name != "held_by") return false;
    std::string const* const text = member.value.as_string();
    if (text == nullptr) return wrong(at, "must be a string");
    if (member.name == "held_by") {
        CL_TRY(check_text(Field::id, *text, at));
        out.held_by = *text;
        return true;
    }
    CL_TRY(check_text(Field::time, *text, at));
    out.occurred_at = *parse_rfc3339(*text);
    return true;
}

Result<void> read_field(EvidenceRule const& rule, json::Member const& member, std::string const& at, Evidence& out) {
    std::optional<Field> const shape = find_field(rule, member.name);
    if (!shape) return wrong(at, "unknown member");
    if (*shape == Field::file) return read_file(member.value.as_object(), at, member.name, out);
    if (*shape == Field::count) {
        if (member.value.as_int() == nullptr || *member.value.as_int() < 0) return wrong(at, "must be an integer from 0");
    } else {
        std::string const* const text = member.value.as_string();
        if (text == nullptr) return wrong(at, "must be a string");
        CL_TRY(check_text(*shape, *text, at));
    }
    out.fields.push_back(member.name);
    return {};
}

}  // namespace

Result<Evidence> parse_evidence(json::Value const& posted, std::string const& pointer) {
    json::Object const* const object = posted.as_object();
    if (object == nullptr) return wrong(pointer, "must be an object");
    EvidenceRule const* const rule = find_evidence(object->string("kind"));
    if (rule == nullptr) return wrong(pointer + "/kind", "must be a kind of evidence, such as verbal_call or web_form");
    Evidence out;
    out.kind = rule->kind;
    for (json::Member const& member : *object) {
        std::string const at = json::pointer_join(pointer, member.name);
        CL_TRY_ASSIGN(bool const frame, read_frame(member, at, out));
        if (!frame) CL_TRY(read_field(*rule, member, at, out));
    }
    std::string_view const own_time = rule->own_time.empty() ? std::string_view{} : object->string(rule->own_time);
    if (!out.occurred_at && !own_time.empty()) out.occurred_at = *parse_rfc3339(own_time);
    std::sort(out.fields.begin(), out.fields.end(), json::name_less);
    return out;
}

}  // namespace cl::consent
