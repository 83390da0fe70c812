// What an account may change in a pack: a closed list of fields, each within its range, and only towards the stricter side unless the
// pack leaves it free.
#include "ledger/consent/pack_fields.hpp"
#include "ledger/consent/pack_policy.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>

namespace cl::consent {
namespace {

constexpr std::string_view confirmed = "confirmed_effective";

Error wrong(std::string pointer, std::string why) {
    return fail(errc::invalid, std::move(why), std::move(pointer));
}

std::string range(PackField const& field) {
    return "must be an integer from " + std::to_string(field.least) + " to " + std::to_string(field.most);
}

Result<std::int64_t> read_choice(PackField const& field, json::Value const& value, std::string const& pointer) {
    auto const allowed = field.choices.subspan(static_cast<std::size_t>(field.least));
    std::string const* const text = value.as_string();
    auto const found = text == nullptr ? allowed.end() : std::find(allowed.begin(), allowed.end(), *text);
    if (found != allowed.end()) return field.least + (found - allowed.begin());
    std::string why = "must be one of";
    for (std::string_view const one : allowed) why.append(" ").append(one);
    return wrong(pointer, std::move(why));
}

Result<std::int64_t> read_value(PackField const& field, json::Value const& value, std::string const& pointer) {
    switch (field.type) {
    case FieldType::flag:
        if (value.as_bool() == nullptr) return wrong(pointer, "must be true or false");
        return *value.as_bool() ? 1 : 0;
    case FieldType::choice: return read_choice(field, value, pointer);
    case FieldType::number: break;
    }
    std::int64_t const* const number = value.as_int();
    if (number == nullptr || *number < field.least || *number > field.most) return wrong(pointer, range(field));
    return *number;
}

std::string_view direction(PackField const& field) {
    bool const more = field.stricter == Stricter::more;
    if (field.type == FieldType::flag) return more ? "turned on" : "turned off";
    if (field.type == FieldType::choice) return "made stricter";
    if (field.stricter == Stricter::sooner) return "made shorter, where 0 is for ever";
    return more ? "made greater" : "made smaller";
}

Result<void> apply_override(Pack const& base, json::Member const& member, std::string const& pointer, Pack& pack) {
    PackField const* const field = find_pack_field(member.name);
    if (field == nullptr || field->stricter == Stricter::never)
        return wrong(pointer, "is nothing that an account can override");
    CL_TRY_ASSIGN(std::int64_t const value, read_value(*field, member.value, pointer));
    bool const free = std::find(base.free.begin(), base.free.end(), field->name) != base.free.end();
    if (!free && !no_looser(*field, field->get(base), value)) {
        return wrong(pointer, "is looser than the pack, which an override may not be: this field can only be " +
                                  std::string(direction(*field)));
    }
    field->set(pack, value);
    return {};
}

/// YYYY-MM-DD as the first moment of that day, UTC.
Result<Millis> read_date(json::Value const& value, std::string const& pointer) {
    constexpr std::size_t date_chars = 10;
    std::string const* const text = value.as_string();
    if (text == nullptr || text->size() != date_chars) return wrong(pointer, "must be a date, YYYY-MM-DD");
    auto const time = parse_rfc3339(*text + "T00:00:00Z");
    if (!time) return wrong(pointer, "must be a date, YYYY-MM-DD");
    return *time;
}

Result<void> check_confirmed(Pack const& pack, json::Object const& overrides, Millis at, std::string const& pointer) {
    std::string const place = json::pointer_join(pointer, confirmed);
    json::Value const* const given = overrides.find(confirmed);
    if (!pack.needs_confirmed_date) {
        if (given == nullptr) return {};
        return wrong(place, "this pack needs no confirmed date");
    }
    if (given == nullptr) {
        return wrong(
            place,
            "this pack is off: the date from which its law applies is not confirmed. Give the confirmed date, YYYY-MM-DD, here");
    }
    CL_TRY_ASSIGN(Millis const date, read_date(*given, place));
    if (date > at) return wrong(place, "is still to come: activate the pack when its law applies");
    return {};
}

}  // namespace

Result<Pack> with_overrides(Pack const& pack, json::Object const& overrides, Millis at, std::string const& pointer) {
    if (overrides.size() > limits::policy_overrides) return wrong(pointer, "has too many members");
    CL_TRY(check_confirmed(pack, overrides, at, pointer));
    Pack effective = pack;
    for (json::Member const& member : overrides) {
        if (member.name == confirmed) continue;
        CL_TRY(apply_override(pack, member, json::pointer_join(pointer, member.name), effective));
    }
    if (effective.send_from_hour >= effective.send_until_hour) {
        return wrong(json::pointer_join(pointer, "send_from_hour"), "must be before send_until_hour");
    }
    return effective;
}

}  // namespace cl::consent
