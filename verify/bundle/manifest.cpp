#include "verify/bundle/manifest.hpp"

#include "verify/bundle/members.hpp"

#include <algorithm>
#include <array>

namespace cl::verify::bundle {
namespace {

namespace format = bundle_format;

Error malformed(std::string_view what) {
    return fail(errc::malformed, std::string(what) + " is not canonical JSON of the form that a bundle has");
}

std::optional<Millis> time_of(Members& members, std::string_view name) {
    if (!members.has(name)) return std::nullopt;
    auto const time = parse_stored_time(members.text(name));
    members.require(time.has_value());
    return time ? std::optional<Millis>(*time) : std::nullopt;
}

Scope read_scope(Members members, bool& ok) {
    Scope scope;
    scope.kind = members.text("kind");
    if (scope.kind == format::scope::contact) scope.contact = members.hash("contact");
    if (scope.kind == format::scope::list) scope.list = members.text("list");
    if (scope.kind == format::scope::range) {
        scope.since = time_of(members, "since");
        scope.until = time_of(members, "until");
        members.require(scope.since || scope.until);
    }
    constexpr std::array known = {format::scope::contact, format::scope::list, format::scope::account, format::scope::range};
    ok = ok && members.ok() && std::find(known.begin(), known.end(), scope.kind) != known.end();
    return scope;
}

Shown read_shown(Members members, bool& ok) {
    Shown shown{members.number("full"), members.number("withheld"), members.number("erased")};
    ok = ok && members.ok();
    return shown;
}

void read_issued(Members members, Manifest& out, bool& ok) {
    out.issued = members.number("seq");
    auto const time = parse_stored_time(members.text("recorded_at"));
    out.issued_at = time ? *time : 0;
    if (members.has("token")) out.token = members.text("token");
    ok = ok && members.ok() && time.has_value();
}

void read_counts(Members members, Manifest& out, bool& ok) {
    out.entries = members.number("count");
    out.first_seq = members.number("first_seq");
    out.last_seq = members.number("last_seq");
    Members kinds = members.object("kinds");
    if (kinds.all() != nullptr) {
        for (json::Member const& kind : *kinds.all()) out.kinds[kind.name] = kinds.number(kind.name);
    }
    ok = ok && members.ok() && kinds.ok();
}

void read_last(Members members, Manifest& out, bool& ok) {
    bool const contact = members.has("contact_seq");
    (contact ? out.last_contact_seq : out.last_account_seq) = members.number(contact ? "contact_seq" : "account_seq");
    ok = ok && members.ok();
}

}  // namespace

Result<Manifest> parse_manifest(std::string_view text) {
    auto const value = read_canonical(text);
    if (!value) return malformed(format::file::manifest);
    Members members(&*value);
    if (std::string const form = members.text("format"); form != format::format) {
        bool const ours = form.starts_with("consent-ledger-bundle/");
        return ours ? fail(errc::store_foreign,
                           "the bundle has another format than this program knows (" + form.substr(0, 80) + ")")
                    : malformed(format::file::manifest);
    }
    Manifest out;
    bool ok = true;
    out.origin = members.text("origin");
    out.account = members.text("account");
    out.scope = read_scope(members.object("scope"), ok);
    std::string const openings = members.text("openings");
    out.redacted = openings == format::openings_redacted;
    ok = ok && (out.redacted || openings == format::openings_full);
    read_issued(members.object("issued"), out, ok);
    out.tree_size = members.number("tree_size");
    out.checkpoint_size = members.number("checkpoint_size");
    out.digest = members.hash("digest");
    read_counts(members.object("entries"), out, ok);
    Members context = members.object("context");
    out.context = context.number("count");
    out.openings = read_shown(members.object("openings_count"), ok);
    out.contacts = read_shown(members.object("contacts"), ok);
    read_last(members.object("last"), out, ok);
    for (json::Value const& size : members.array("earlier")) {
        ok = ok && size.as_int() != nullptr;
        if (ok) out.earlier.push_back(*size.as_int());
    }
    out.program = members.text("program");
    if (!ok || !context.ok() || !members.ok()) return malformed(format::file::manifest);
    return out;
}

Result<Keys> parse_keys(std::string_view text) {
    auto const value = read_canonical(text);
    if (!value) return malformed(format::file::keys);
    Members members(&*value);
    Keys keys;
    bool ok = true;
    keys.origin = members.text("origin");
    for (json::Value const& each : members.array("keys")) {
        Members span(&each);
        KeySpan read{span.text("vkey"), span.number("from_seq"), std::nullopt};
        if (span.has("to_seq")) read.to = span.number("to_seq");
        ok = ok && span.ok();
        keys.spans.push_back(std::move(read));
    }
    if (!ok || !members.ok()) return malformed(format::file::keys);
    return keys;
}

}  // namespace cl::verify::bundle
