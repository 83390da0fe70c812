#include "ledger/bundle/scope.hpp"

#include "ledger/consent/change_item.hpp"
#include "ledger/consent/kinds.hpp"
#include "ledger/core/bundle_format.hpp"
#include "ledger/core/keys.hpp"
#include "ledger/core/time_bound.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace cl::bundle {
namespace {

namespace names = bundle_format::scope;

Error wrong(std::string pointer, std::string detail) {
    return fail(errc::invalid, std::move(detail), std::move(pointer));
}

Result<void> only(json::Object const& object, std::initializer_list<std::string_view> known, std::string const& at) {
    for (json::Member const& member : object) {
        if (std::find(known.begin(), known.end(), member.name) == known.end()) {
            return wrong(json::pointer_join(at, member.name), "is not known here");
        }
    }
    return {};
}

Result<std::string> text(json::Object const& object, std::string_view name) {
    json::Value const* const value = object.find(name);
    std::string const at = json::pointer_join("/scope", name);
    if (value == nullptr) return wrong(at, "is required with this kind of scope");
    if (value->as_string() == nullptr) return wrong(at, "must be a string");
    return *value->as_string();
}

Result<std::optional<Millis>> time(json::Object const& object, std::string_view name) {
    if (!object.contains(name)) return std::optional<Millis>();
    CL_TRY_ASSIGN(std::string const said, text(object, name));
    auto const read = parse_time_bound(said);
    if (!read) return wrong(json::pointer_join("/scope", name), "must be a time in RFC 3339 with an offset");
    return std::optional(*read);
}

Result<void> read_contact(json::Object const& posted, Asked& asked) {
    CL_TRY(only(posted, {"kind", "contact", "phone"}, "/scope"));
    if (posted.contains("phone")) {
        if (posted.contains("contact")) return wrong("/scope/contact", "phone and contact exclude each other");
        CL_TRY_ASSIGN(std::string const said, text(posted, "phone"));
        auto number = normalise_phone(said);
        if (!number) return wrong("/scope/phone", "must be a number in E.164");
        asked.phone = std::move(*number);
        return {};
    }
    CL_TRY_ASSIGN(std::string const id, text(posted, "contact"));
    auto const hash = hash_from_hex(id);
    if (!hash) return wrong("/scope/contact", "must be 64 lower-case hexadecimal digits");
    asked.scope.contact = *hash;
    return {};
}

Result<void> read_range(json::Object const& posted, Scope& scope) {
    CL_TRY(only(posted, {"kind", "since", "until"}, "/scope"));
    CL_TRY_ASSIGN(scope.since, time(posted, "since"));
    CL_TRY_ASSIGN(scope.until, time(posted, "until"));
    if (!scope.since && !scope.until) return wrong("/scope/since", "since or until is required with this kind of scope");
    if (scope.since && scope.until && *scope.since >= *scope.until) return wrong("/scope/until", "must be later than since");
    return {};
}

Result<void> read_scope(json::Object const& posted, Asked& asked) {
    Scope& scope = asked.scope;
    CL_TRY_ASSIGN(scope.kind, text(posted, "kind"));
    if (scope.kind == names::contact) return read_contact(posted, asked);
    if (scope.kind == names::range) return read_range(posted, scope);
    if (scope.kind == names::account) return only(posted, {"kind"}, "/scope");
    if (scope.kind != names::list) return wrong("/scope/kind", "must be one of contact list account range");
    CL_TRY(only(posted, {"kind", "list"}, "/scope"));
    CL_TRY_ASSIGN(scope.list, text(posted, "list"));
    return consent::valid_id(scope.list) ? Result<void>{} : wrong("/scope/list", "is no id of a list");
}

std::optional<Millis> stored_time(json::Object const& data, std::string_view name) {
    auto const read = parse_stored_time(data.string(name));
    return read ? std::optional(*read) : std::nullopt;
}

std::int64_t number(json::Object const& data, std::string_view name) {
    json::Value const* const value = data.find(name);
    return value != nullptr && value->as_int() != nullptr ? *value->as_int() : -1;
}

}  // namespace

Result<Asked> read_asked(json::Value const& posted) {
    json::Object const* const object = posted.as_object();
    if (object == nullptr) return wrong("", "must be an object");
    CL_TRY(only(*object, {"scope", "issued", "openings"}, ""));
    Asked asked;
    std::string_view const openings = object->string("openings");
    asked.redacted = openings == bundle_format::openings_redacted;
    if (object->contains("openings") && !asked.redacted && openings != bundle_format::openings_full) {
        return wrong("/openings", "must be one of full redacted");
    }
    json::Value const* const scope = object->find("scope");
    if (json::Value const* const issued = object->find("issued")) {
        if (scope != nullptr) return wrong("/scope", "scope and issued exclude each other");
        if (issued->as_int() == nullptr || *issued->as_int() < 0) return wrong("/issued", "must be the seq of an entry");
        asked.issued = *issued->as_int();
        return asked;
    }
    if (scope == nullptr) return wrong("/scope", "scope or issued is required");
    if (scope->as_object() == nullptr) return wrong("/scope", "must be an object");
    CL_TRY(read_scope(*scope->as_object(), asked));
    return asked;
}

std::string_view last_member(Scope const& scope) noexcept {
    return scope.kind == names::contact ? "contact_seq" : "account_seq";
}

json::Object to_json(Scope const& scope) {
    json::Object object{{"kind", scope.kind}};
    if (scope.contact) object.set("contact", to_hex(*scope.contact));
    if (!scope.list.empty()) object.set("list", scope.list);
    if (scope.since) object.set("since", format_time(*scope.since));
    if (scope.until) object.set("until", format_time(*scope.until));
    return object;
}

json::Object to_data(Statement const& statement) {
    json::Object data = to_json(statement.scope);
    data.erase("kind");
    data.set("scope", statement.scope.kind);
    data.set("digest", to_hex(statement.digest));
    data.set("entries", statement.entries);
    data.set("tree_size", statement.tree_size);
    data.set(last_member(statement.scope), statement.last);
    return data;
}

Result<Statement> read_statement(Entry const& entry) {
    Error const none = fail(errc::not_found, "no bundle was issued by this entry");
    json::Object const& data = entry.data;
    if (entry.kind != consent::info(consent::Kind::export_issued).name) return none;
    Statement said;
    said.scope.kind = data.string("scope");
    if (auto const contact = hash_from_hex(data.string("contact"))) said.scope.contact = *contact;
    said.scope.list = data.string("list");
    said.scope.since = stored_time(data, "since");
    said.scope.until = stored_time(data, "until");
    auto const digest = hash_from_hex(data.string("digest"));
    said.entries = number(data, "entries");
    said.tree_size = number(data, "tree_size");
    said.last = number(data, last_member(said.scope));
    bool const known = said.scope.kind == names::account || (said.scope.kind == names::contact && said.scope.contact) ||
                       (said.scope.kind == names::list && !said.scope.list.empty()) ||
                       (said.scope.kind == names::range && (said.scope.since || said.scope.until));
    bool const whole = digest && said.entries >= 0 && said.last >= 0 && said.tree_size >= 0 && said.tree_size <= entry.seq;
    if (!known || !whole) return none;
    said.digest = *digest;
    return said;
}

}  // namespace cl::bundle
