#include "verify/bundle/statement.hpp"

#include "ledger/core/bundle_format.hpp"
#include "ledger/core/limits.hpp"

namespace cl::verify::bundle {
namespace {

namespace file = bundle_format::file;

std::int64_t number(json::Object const& data, std::string_view name) {
    json::Value const* const value = data.find(name);
    return value != nullptr && value->as_int() != nullptr ? *value->as_int() : -1;
}

/// What export.issued says that was asked for.
Scope scope_of(json::Object const& data) {
    auto const time = [&data](std::string_view name) {
        auto const parsed = parse_stored_time(data.string(name));
        return parsed ? std::optional<Millis>(*parsed) : std::nullopt;
    };
    Scope scope;
    scope.kind = data.string("scope");
    if (auto const contact = hash_from_hex(data.string("contact"))) scope.contact = *contact;
    scope.list = data.string("list");
    scope.since = time("since");
    scope.until = time("until");
    return scope;
}

class Statement {
public:
    Statement(Entry const& issued, Findings& findings) : issued_(issued), findings_(findings) {}

    void equal(std::string_view what, std::int64_t stated, std::int64_t here) {
        if (stated != here)
            say("it states " + std::string(what) + " " + std::to_string(stated) + ", here it is " + std::to_string(here));
    }
    void say(std::string what) { findings_.add(check::issued, issued_.seq, std::move(what)); }

private:
    Entry const& issued_;
    Findings& findings_;
};

/// Between the last entry that was read and the statement there is no room for more entries of the account than the log has places.
void check_room(Entry const& issued, Manifest const& manifest, Statement& statement) {
    std::int64_t const last = number(issued.data, "account_seq");
    if (last < 0) return;  // a contact's: it has a count of its own
    std::int64_t const between = issued.account_seq.value_or(0) - 1 - last;
    if (between < 0 || between > issued.seq - manifest.tree_size) {
        statement.say("it states that the account had " + grouped(last) + " entries when the log had " +
                      grouped(manifest.tree_size) + ", and is itself the account's entry " +
                      std::to_string(issued.account_seq.value_or(0)));
    }
}

}  // namespace

void check_statement(Manifest const& manifest, Seen const& seen, ScopeCheck const& scope, Digests const& digests,
                     Findings& findings) {
    if (!seen.issued || seen.issued->seq != manifest.issued) {
        findings.add(check::issued, manifest.issued, "export.issued, which states what the bundle holds, is not there");
        return;
    }
    json::Object const& data = seen.issued->data;
    Statement statement(*seen.issued, findings);
    if (seen.issued->account != manifest.account) statement.say("it is of account \"" + printable(seen.issued->account) + "\"");
    if (scope_of(data) != manifest.scope) statement.say("it states another scope than the manifest");
    auto const entries = digests.find(file::entries);
    if (entries != digests.end() && data.string("digest") != to_hex(entries->second)) {
        statement.say("it states SHA-256 " + printable(data.string("digest"), 64) + " of data/entries.ndjson, which has " +
                      to_hex(entries->second));
    }
    statement.equal("entries", number(data, "entries"), scope.entries());
    statement.equal("tree_size", number(data, "tree_size"), manifest.tree_size);
    if (manifest.tree_size > seen.issued->seq) statement.say("it states a log that is longer than the place where it stands");
    std::string const& kind = manifest.scope.kind;
    if (kind == bundle_format::scope::contact)
        statement.equal("contact_seq", number(data, "contact_seq"), scope.last_contact_seq());
    if (kind == bundle_format::scope::account)
        statement.equal("account_seq", number(data, "account_seq"), scope.last_account_seq());
    check_room(*seen.issued, manifest, statement);
}

void check_manifest(Manifest const& manifest, Seen const& seen, ScopeCheck const& scope,
                    std::optional<Checkpoint> const& checkpoint, Findings& findings) {
    auto const differs = [&findings](std::string_view what) {
        findings.add(check::manifest, std::nullopt, "data/manifest.json: its " + std::string(what) + " is not what is here");
    };
    if (manifest.entries != scope.entries()) differs("count of entries");
    if (manifest.first_seq != scope.first() || manifest.last_seq != scope.last()) differs("first or last entry");
    if (manifest.kinds != seen.kinds) differs("count of kinds");
    if (manifest.context != seen.context) differs("count of context");
    if (manifest.openings != seen.openings) differs("count of openings");
    if (manifest.contacts != seen.contacts) differs("count of contacts");
    if (manifest.earlier != seen.earlier) differs("list of earlier bundles");
    if (checkpoint && manifest.checkpoint_size != checkpoint->size) differs("checkpoint size");
    if (manifest.checkpoint_size != manifest.issued + 1) differs("checkpoint size");
    if (checkpoint && manifest.origin != checkpoint->origin) differs("origin");
    if (!seen.issued) return;
    json::Object const& data = seen.issued->data;
    if (manifest.issued_at != seen.issued->recorded_at) differs("time of issue");
    if (manifest.token != (seen.issued->source ? seen.issued->source->token : std::string())) differs("token");
    if (data.string("digest") != to_hex(manifest.digest)) differs("digest");
    if (manifest.last_contact_seq.value_or(-1) != number(data, "contact_seq") ||
        manifest.last_account_seq.value_or(-1) != number(data, "account_seq")) {
        differs("last count");
    }
}

void check_keys(Archive const& archive, KeyHistory const& history, Findings& findings) {
    auto const text = read_whole(archive, file::keys, limits::bundle_line_bytes);
    if (!text) {
        findings.add_failure(file::keys, text.error());
        return;
    }
    auto const keys = parse_keys(*text);
    if (!keys) {
        findings.add(check::manifest, std::nullopt, keys.error().detail);
    } else if (*keys != history.keys()) {
        findings.add(check::manifest, std::nullopt, "data/keys.json has other keys than the entries name");
    }
}

}  // namespace cl::verify::bundle
