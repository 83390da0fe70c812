// Reads the typed form out of parsed JSON. Each object is read through a Members, which counts what was asked for: what is left over
// is a member that version 1 does not have.
#include "ledger/core/entry_format.hpp"

namespace cl::entry_format {
namespace {

/// Fills variables from an object's members and remembers the first thing that is wrong, so that a reader is a plain list of
/// members with one check at its end. Absent members leave their variable as it is, unless `needs` was called.
class Members {
public:
    Members(json::Object& object, std::string pointer) : object_(object), pointer_(std::move(pointer)) {}

    /// The value of a member that may be absent.
    json::Value* take(std::string_view name) {
        json::Value* const value = object_.find(name);
        taken_ += value != nullptr ? 1 : 0;
        return value;
    }
    json::Value* needs(std::string_view name) {
        json::Value* const value = take(name);
        if (value == nullptr) {
            refuse(name, "a required member is missing");
        }
        return value;
    }
    void text(std::string_view name, std::string& out) { text_of(name, take(name), out); }
    void needs_text(std::string_view name, std::string& out) { text_of(name, needs(name), out); }
    void flag(std::string_view name, std::optional<bool>& out) {
        if (json::Value const* const value = take(name)) {
            bool const* const flag = value->as_bool();
            flag != nullptr ? void(out = *flag) : refuse(name, "not true or false");
        }
    }
    void number(std::string_view name, std::optional<std::int64_t>& out) {
        if (json::Value const* const value = take(name)) {
            std::int64_t const* const number = value->as_int();
            number != nullptr ? void(out = *number) : refuse(name, "not an integer");
        }
    }
    template <class T>
    void required(std::string_view name, T& out, void (Members::*read)(std::string_view, std::optional<T>&)) {
        std::optional<T> value;
        (this->*read)(name, value);
        if (value) {
            out = std::move(*value);
        } else {
            refuse(name, "a required member is missing");
        }
    }
    void hash(std::string_view name, std::optional<Hash32>& out) { parsed(name, out, hash_from_hex); }
    void time(std::string_view name, std::optional<Millis>& out) { parsed(name, out, parse_stored_time); }
    void texts(std::string_view name, json::Value const* value, std::vector<std::string>& out) {
        json::Array const* const items = value == nullptr ? nullptr : value->as_array();
        if (value != nullptr && items == nullptr) {
            refuse(name, "not an array");
        }
        for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
            std::string const* const item = (*items)[i].as_string();
            item != nullptr ? out.push_back(*item) : refuse(name, "not an array of strings");
        }
    }
    /// An object member, read by `read(Members&) -> T`.
    template <class T, class Read>
    void object(std::string_view name, std::optional<T>& out, Read read) {
        if (json::Value* const value = take(name)) {
            nested(json::pointer_join(pointer_, name), *value, [&](Members& members) { out = read(members); });
        }
    }
    /// Reads `value`, which stands at `pointer`, as an object of its own.
    template <class Read>
    void nested(std::string pointer, json::Value& value, Read read) {
        json::Object* const inner = value.as_object();
        if (inner == nullptr) {
            remember(fail(errc::entry_malformed, "not an object", std::move(pointer)));
            return;
        }
        Members members(*inner, std::move(pointer));
        read(members);
        if (auto failure = members.finish()) {
            remember(std::move(*failure));
        }
    }
    void refuse(std::string_view name, std::string_view why) {
        remember(fail(errc::entry_malformed, std::string(why), json::pointer_join(pointer_, name)));
    }
    /// What was wrong, if anything was; to be asked when all members that may be there were read.
    std::optional<Error> finish() {
        if (taken_ != object_.size()) {
            remember(fail(errc::entry_malformed, "a member that version 1 does not have", pointer_));
        }
        return failure_;
    }

private:
    void remember(Error failure) {
        if (!failure_) {
            failure_ = std::move(failure);
        }
    }
    void text_of(std::string_view name, json::Value const* value, std::string& out) {
        if (value != nullptr) {
            std::string const* const text = value->as_string();
            text != nullptr ? void(out = *text) : refuse(name, "not a string");
        }
    }
    template <class T>
    void parsed(std::string_view name, std::optional<T>& out, Result<T> (*parse)(std::string_view)) {
        if (json::Value const* const value = take(name)) {
            std::string const* const text = value->as_string();
            auto result = text == nullptr ? Result<T>(fail(errc::malformed, "not a string")) : parse(*text);
            result ? void(out = *result) : refuse(name, result.error().detail);
        }
    }

    json::Object& object_;
    std::string pointer_;
    std::size_t taken_ = 0;
    std::optional<Error> failure_;
};

Actor read_actor(Members& in) {
    Actor actor;
    in.needs_text("kind", actor.kind);
    in.needs_text("id", actor.id);
    return actor;
}

Source read_source(Members& in) {
    Source source;
    in.text("platform", source.platform);
    in.text("record", source.record);
    in.text("token", source.token);
    return source;
}

Scope read_scope(Members& in) {
    Scope scope;
    in.text("purpose", scope.purpose);
    in.texts("lists", in.take("lists"), scope.lists);
    in.text("seller", scope.seller);
    return scope;
}

Evidence read_evidence(Members& in) {
    Evidence item;
    in.needs_text("kind", item.kind);
    in.time("occurred_at", item.occurred_at);
    in.required("digest", item.digest, &Members::hash);
    in.texts("fields", in.needs("fields"), item.fields);
    in.object("scope", item.scope, read_scope);
    in.number("for", item.for_seq);
    in.flag("verified", item.verified);
    in.text("held_by", item.held_by);
    return item;
}

void read_evidence_list(Members& in, std::vector<Evidence>& out) {
    json::Value* const value = in.take("evidence");
    json::Array* const items = value == nullptr ? nullptr : value->as_array();
    if (value != nullptr && items == nullptr) {
        in.refuse("evidence", "not an array");
    }
    for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
        in.nested("/evidence/" + std::to_string(i), (*items)[i], [&out](Members& item) { out.push_back(read_evidence(item)); });
    }
}

ListChange read_list(Members& in) {
    ListChange list;
    in.needs_text("id", list.id);
    in.required("member", list.member, &Members::flag);
    return list;
}

StateAfter read_state(Members& in) {
    StateAfter state;
    in.required("opted_in", state.opted_in, &Members::flag);
    in.required("blocked", state.blocked, &Members::flag);
    std::string level;
    in.needs_text("level", level);
    auto const known = level_from(level);
    known ? void(state.level = *known) : in.refuse("level", "not a level");
    in.object("list", state.list, read_list);
    return state;
}

PolicyRef read_policy(Members& in) {
    PolicyRef policy;
    in.needs_text("pack", policy.pack);
    in.required("rules", policy.rules, &Members::number);
    return policy;
}

RequestTag read_request(Members& in) {
    RequestTag request;
    in.needs_text("key", request.key);
    in.needs_text("body", request.body);
    return request;
}

void read_data(Members& in, json::Object& out) {
    json::Value* const value = in.needs("data");
    json::Object* const object = value == nullptr ? nullptr : value->as_object();
    if (object != nullptr) {
        out = std::move(*object);  // moved: the one member that can be large
    } else if (value != nullptr) {
        in.refuse("data", "not an object");
    }
}

}  // namespace

Result<Entry> read(json::Object& root) {
    Members in(root, "");
    Entry entry;
    in.take("v");
    in.required("seq", entry.seq, &Members::number);
    in.required("prev", entry.prev, &Members::hash);
    in.required("recorded_at", entry.recorded_at, &Members::time);
    in.time("occurred_at", entry.occurred_at);
    in.text("account", entry.account);
    in.number("account_seq", entry.account_seq);
    in.hash("contact", entry.contact);
    in.number("contact_seq", entry.contact_seq);
    in.number("contact_prev", entry.contact_prev);
    in.needs_text("kind", entry.kind);
    read_data(in, entry.data);
    in.object("actor", entry.actor, read_actor);
    in.object("source", entry.source, read_source);
    in.text("channel", entry.channel);
    in.text("to", entry.to);
    read_evidence_list(in, entry.evidence);
    in.object("state", entry.state, read_state);
    in.object("policy", entry.policy, read_policy);
    in.object("request", entry.request, read_request);
    if (auto failure = in.finish()) {
        return std::move(*failure);
    }
    return entry;
}

}  // namespace cl::entry_format
