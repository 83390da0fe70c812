// What holds within one entry of version 1, whoever wrote it. How entries follow one another is the verifier's business.
#include "ledger/core/ascii.hpp"
#include "ledger/core/entry_format.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>
#include <array>

namespace cl::entry_format {
namespace {

using Range = std::optional<std::int64_t>;

Error wrong(std::string pointer, std::string why) {
    return fail(errc::invalid, std::move(why), std::move(pointer));
}

using ascii::is_digit;
using ascii::is_lower;

/// An id (docs/format.md "Entry"): `[A-Za-z0-9._:-]{1,128}`.
bool is_id(std::string_view text) {
    auto const allowed = [](char c) {
        return is_lower(c) || is_digit(c) || ascii::is_upper(c) || c == '.' || c == '_' || c == ':' || c == '-';
    };
    return !text.empty() && text.size() <= limits::id_chars && std::all_of(text.begin(), text.end(), allowed);
}

/// An account (docs/format.md "Entry"): `[a-z0-9][a-z0-9-]{0,62}`.
bool is_account(std::string_view text) {
    auto const allowed = [](char c) { return is_lower(c) || is_digit(c) || c == '-'; };
    return !text.empty() && text.size() <= limits::account_chars && text.front() != '-' &&
           std::all_of(text.begin(), text.end(), allowed);
}

/// `[a-z][a-z0-9_.]{0,127}`: the kinds of today and those that come after them.
bool is_kind(std::string_view text) {
    auto const allowed = [](char c) { return is_lower(c) || is_digit(c) || c == '_' || c == '.'; };
    return is_id(text) && is_lower(text.front()) && std::all_of(text.begin(), text.end(), allowed);
}

/// A purpose or a seller: words, on one line.
bool is_words(std::string_view text) {
    auto const control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    return text.size() <= limits::id_chars && json::valid_utf8(text) && std::none_of(text.begin(), text.end(), control);
}

bool is_optional_id(std::string_view text) {
    return text.empty() || is_id(text);
}

/// The account's own number, or the id of another sender of its own: a short code, an alphanumeric name.
bool is_sender(std::string_view text) {
    return text.empty() || is_id(text.substr(text.front() == '+' ? 1 : 0));
}

bool in_range(std::int64_t value, std::int64_t lowest) {
    return value >= lowest && value <= limits::json_integer;
}

bool in_range(Range const& value, std::int64_t lowest) {
    return !value || in_range(*value, lowest);
}

/// Years 0000 to 9999, which is what four digits can say.
bool is_time(std::optional<Millis> const& time) {
    return !time || (*time >= earliest_time && *time <= latest_time);
}

Result<void> check_place(Entry const& entry) {
    if (!in_range(entry.seq, 0)) {
        return wrong("/seq", "a seq is at least 0");
    }
    if (!is_time(entry.recorded_at)) {
        return wrong("/recorded_at", "a time is within the years 0000 to 9999");
    }
    if (!is_time(entry.occurred_at)) {
        return wrong("/occurred_at", "a time is within the years 0000 to 9999");
    }
    if (!is_kind(entry.kind)) {
        return wrong("/kind", "a kind is made of lower-case letters, digits, '_' and '.'");
    }
    return {};
}

Result<void> check_subject(Entry const& entry) {
    if (!entry.account.empty() && !is_account(entry.account)) {
        return wrong("/account", "not an account id");
    }
    if (entry.account.empty() == entry.account_seq.has_value()) {
        return wrong("/account_seq", "account and account_seq go together");
    }
    if (entry.contact && entry.account.empty()) {
        return wrong("/contact", "a contact belongs to an account");
    }
    if (entry.contact.has_value() != entry.contact_seq.has_value()) {
        return wrong("/contact_seq", "contact and contact_seq go together");
    }
    if (!in_range(entry.account_seq, 1)) {
        return wrong("/account_seq", "an account_seq is at least 1");
    }
    if (!in_range(entry.contact_seq, 1)) {
        return wrong("/contact_seq", "a contact_seq is at least 1");
    }
    bool const has_earlier = entry.contact_seq && *entry.contact_seq > 1;
    if (entry.contact_prev.has_value() != has_earlier) {
        return wrong("/contact_prev", "contact_prev is there if contact_seq is above 1, and only then");
    }
    if (entry.contact_prev && (*entry.contact_prev < 0 || *entry.contact_prev >= entry.seq)) {
        return wrong("/contact_prev", "a contact_prev is an earlier seq");
    }
    return {};
}

Result<void> check_origin(Entry const& entry) {
    constexpr std::array<std::string_view, 5> actors = {"contact", "agent", "system", "api", "import"};
    if (entry.actor && std::find(actors.begin(), actors.end(), entry.actor->kind) == actors.end()) {
        return wrong("/actor/kind", "an actor is a contact, agent, system, api or import");
    }
    if (entry.actor && !is_id(entry.actor->id)) {
        return wrong("/actor/id", "not an id");
    }
    if (entry.source && !is_optional_id(entry.source->platform)) {
        return wrong("/source/platform", "not an id");
    }
    if (entry.source && !is_optional_id(entry.source->record)) {
        return wrong("/source/record", "not an id");
    }
    if (entry.source && !is_optional_id(entry.source->token)) {
        return wrong("/source/token", "not an id");
    }
    if (!is_optional_id(entry.channel)) {
        return wrong("/channel", "not an id");
    }
    if (!is_sender(entry.to)) {
        return wrong("/to", "neither a number nor an id");
    }
    return {};
}

Result<void> check_outcome(Entry const& entry) {
    if (entry.state && entry.state->list && !is_id(entry.state->list->id)) {
        return wrong("/state/list/id", "not an id");
    }
    if (entry.policy && !is_id(entry.policy->pack)) {
        return wrong("/policy/pack", "not an id");
    }
    if (entry.policy && !in_range(entry.policy->rules, 0)) {
        return wrong("/policy/rules", "a revision is at least 0");
    }
    if (entry.request && !hash_from_hex(entry.request->key)) {
        return wrong("/request/key", "not 64 hexadecimal digits");
    }
    if (entry.request && !hash_from_hex(entry.request->body)) {
        return wrong("/request/body", "not 64 hexadecimal digits");
    }
    return {};
}

Result<void> check_scope(Scope const& scope, std::string const& at) {
    if (!is_words(scope.purpose)) {
        return wrong(at + "/purpose", "a purpose is at most 128 bytes without control characters");
    }
    if (!is_words(scope.seller)) {
        return wrong(at + "/seller", "a seller is at most 128 bytes without control characters");
    }
    if (scope.lists.size() > limits::lists_per_item || !std::all_of(scope.lists.begin(), scope.lists.end(), is_id)) {
        return wrong(at + "/lists", "a scope has at most 64 lists, each an id");
    }
    return {};
}

Result<void> check_evidence(Evidence const& item, std::string const& at) {
    if (!is_id(item.kind)) {
        return wrong(at + "/kind", "not an id");
    }
    if (!is_time(item.occurred_at)) {
        return wrong(at + "/occurred_at", "a time is within the years 0000 to 9999");
    }
    auto const rises = [](std::string const& a, std::string const& b) { return !json::name_less(a, b); };
    bool const sorted = std::adjacent_find(item.fields.begin(), item.fields.end(), rises) == item.fields.end();
    if (!sorted || !std::all_of(item.fields.begin(), item.fields.end(), is_id)) {
        return wrong(at + "/fields", "fields are sorted names, each once");
    }
    if (!in_range(item.for_seq, 0)) {
        return wrong(at + "/for", "a seq is at least 0");
    }
    if (!is_optional_id(item.held_by)) {
        return wrong(at + "/held_by", "not an id");
    }
    return item.scope ? check_scope(*item.scope, at + "/scope") : Result<void>{};
}

/// `depth` is that of the value's own container, the entry's being 1.
Result<void> check_value(json::Value const& value, std::size_t depth, std::string const& at) {
    if (auto const* text = value.as_string(); text != nullptr && !json::valid_utf8(*text)) {
        return wrong(at, "not UTF-8");
    }
    if (auto const* number = value.as_int(); number != nullptr && !in_range(*number, -limits::json_integer)) {
        return wrong(at, "an integer beyond 2^53-1");
    }
    json::Array const* const array = value.as_array();
    json::Object const* const object = value.as_object();
    if ((array != nullptr || object != nullptr) && depth == limits::json_depth) {
        return wrong(at, "nested too deeply");
    }
    for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
        CL_TRY(check_value((*array)[i], depth + 1, at));
    }
    if (object != nullptr) {
        for (json::Member const& member : *object) {
            if (!json::valid_utf8(member.name)) {
                return wrong(at, "a member name that is not UTF-8");
            }
            CL_TRY(check_value(member.value, depth + 1, at));
        }
    }
    return {};
}

}  // namespace

Result<void> check(Entry const& entry) {
    CL_TRY(check_place(entry));
    CL_TRY(check_subject(entry));
    CL_TRY(check_origin(entry));
    CL_TRY(check_outcome(entry));
    if (entry.evidence.size() > limits::evidence_items) {
        return wrong("/evidence", "more items of evidence than an entry takes");
    }
    for (std::size_t i = 0; i < entry.evidence.size(); ++i) {
        CL_TRY(check_evidence(entry.evidence[i], "/evidence/" + std::to_string(i)));
    }
    return {};
}

Result<void> check_data(json::Object const& data) {
    for (json::Member const& member : data) {
        if (!json::valid_utf8(member.name)) {
            return wrong("/data", "a member name that is not UTF-8");
        }
        CL_TRY(check_value(member.value, 2, json::pointer_join("/data", member.name)));
    }
    return {};
}

}  // namespace cl::entry_format
