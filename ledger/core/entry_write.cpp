// Writes an entry's members in RFC 8785 order, which for these names is ASCII order. A direct writer, because it runs for every
// entry that is appended and again for every entry that is verified.
#include "ledger/core/entry_format.hpp"

#include <charconv>

namespace cl::entry_format {
namespace {

/// One JSON object being appended; members have to come in order.
class ObjectWriter {
public:
    explicit ObjectWriter(std::string& out) : out_(out) { out_ += '{'; }
    void text(std::string_view name, std::string_view value) { json::write_string(value, start(name)); }
    /// For members that are absent when empty.
    void some_text(std::string_view name, std::string_view value) {
        if (!value.empty()) {
            text(name, value);
        }
    }
    /// Text that needs no escape: hexadecimal, times.
    void plain(std::string_view name, std::string_view value) { start(name).append("\"").append(value).append("\""); }
    void number(std::string_view name, std::int64_t value) {
        char digits[24];
        auto const end = std::to_chars(digits, digits + sizeof digits, value).ptr;
        start(name).append(digits, end);
    }
    void flag(std::string_view name, bool value) { start(name) += value ? "true" : "false"; }
    void hash(std::string_view name, Hash32 const& value) { plain(name, to_hex(value)); }
    void time(std::string_view name, Millis value) { plain(name, format_time(value)); }
    void texts(std::string_view name, std::vector<std::string> const& values) {
        std::string& out = start(name) += '[';
        char const* separator = "";
        for (std::string const& value : values) {
            out += separator;
            separator = ",";
            json::write_string(value, out);
        }
        out += ']';
    }
    /// The output, with the member's name written: for values of other kinds.
    std::string& start(std::string_view name) {
        out_.append(separator_).append("\"").append(name).append("\":");
        separator_ = ",";
        return out_;
    }
    void end() { out_ += '}'; }

private:
    std::string& out_;
    char const* separator_ = "";
};

void write_actor(Actor const& actor, std::string& out) {
    ObjectWriter object(out);
    object.text("id", actor.id);
    object.text("kind", actor.kind);
    object.end();
}

void write_scope(Scope const& scope, std::string& out) {
    ObjectWriter object(out);
    if (!scope.lists.empty()) {
        object.texts("lists", scope.lists);
    }
    object.some_text("purpose", scope.purpose);
    object.some_text("seller", scope.seller);
    object.end();
}

void write_evidence(Evidence const& item, std::string& out) {
    ObjectWriter object(out);
    object.hash("digest", item.digest);
    object.texts("fields", item.fields);
    if (item.for_seq) {
        object.number("for", *item.for_seq);
    }
    object.some_text("held_by", item.held_by);
    object.text("kind", item.kind);
    if (item.occurred_at) {
        object.time("occurred_at", *item.occurred_at);
    }
    // A scope, like a source, that says nothing is absent: no second spelling of the same entry.
    if (item.scope && *item.scope != Scope{}) {
        write_scope(*item.scope, object.start("scope"));
    }
    if (item.verified) {
        object.flag("verified", *item.verified);
    }
    object.end();
}

void write_evidence_list(std::vector<Evidence> const& items, std::string& out) {
    out += '[';
    for (std::size_t i = 0; i < items.size(); ++i) {
        out += i == 0 ? "" : ",";
        write_evidence(items[i], out);
    }
    out += ']';
}

void write_policy(PolicyRef const& policy, std::string& out) {
    ObjectWriter object(out);
    object.text("pack", policy.pack);
    object.number("rules", policy.rules);
    object.end();
}

void write_request(RequestTag const& request, std::string& out) {
    ObjectWriter object(out);
    object.text("body", request.body);
    object.text("key", request.key);
    object.end();
}

void write_source(Source const& source, std::string& out) {
    ObjectWriter object(out);
    object.some_text("platform", source.platform);
    object.some_text("record", source.record);
    object.some_text("token", source.token);
    object.end();
}

void write_state(StateAfter const& state, std::string& out) {
    ObjectWriter object(out);
    object.flag("blocked", state.blocked);
    object.text("level", name(state.level));
    if (state.list) {
        ObjectWriter list(object.start("list"));
        list.text("id", state.list->id);
        list.flag("member", state.list->member);
        list.end();
    }
    object.flag("opted_in", state.opted_in);
    object.end();
}

/// `account` to `contact_seq`.
void write_subject(Entry const& entry, ObjectWriter& object) {
    object.some_text("account", entry.account);
    if (entry.account_seq) {
        object.number("account_seq", *entry.account_seq);
    }
    if (entry.actor) {
        write_actor(*entry.actor, object.start("actor"));
    }
    object.some_text("channel", entry.channel);
    if (entry.contact) {
        object.hash("contact", *entry.contact);
    }
    if (entry.contact_prev) {
        object.number("contact_prev", *entry.contact_prev);
    }
    if (entry.contact_seq) {
        object.number("contact_seq", *entry.contact_seq);
    }
}

}  // namespace

void write(Entry const& entry, std::string& out) {
    ObjectWriter object(out);
    write_subject(entry, object);
    json::write(entry.data, object.start("data"));
    if (!entry.evidence.empty()) {
        write_evidence_list(entry.evidence, object.start("evidence"));
    }
    object.text("kind", entry.kind);
    if (entry.occurred_at) {
        object.time("occurred_at", *entry.occurred_at);
    }
    if (entry.policy) {
        write_policy(*entry.policy, object.start("policy"));
    }
    object.hash("prev", entry.prev);
    object.time("recorded_at", entry.recorded_at);
    if (entry.request) {
        write_request(*entry.request, object.start("request"));
    }
    object.number("seq", entry.seq);
    if (entry.source && *entry.source != Source{}) {
        write_source(*entry.source, object.start("source"));
    }
    if (entry.state) {
        write_state(*entry.state, object.start("state"));
    }
    object.some_text("to", entry.to);
    object.number("v", 1);
    object.end();
}

}  // namespace cl::entry_format
