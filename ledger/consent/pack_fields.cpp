// The table. An override's range is what can be meant at all; the direction is what the law leaves open.
#include "ledger/consent/pack_fields.hpp"

#include "ledger/core/limits.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace cl::consent {
namespace {

constexpr Millis second = 1'000;
constexpr Millis hour = 3'600 * second;
constexpr Millis day = 24 * hour;

constexpr std::string_view scopes[] = {"list", "account"};
constexpr std::string_view matches[] = {"whole", "begins_with", "contains"};
constexpr std::string_view calendars[] = {"us-federal", "ca-federal", "weekends", "every-day"};

template <auto Member, Millis Unit>
std::int64_t get(Pack const& pack) {
    return static_cast<std::int64_t>(pack.*Member) / Unit;
}

template <auto Member, Millis Unit>
void set(Pack& pack, std::int64_t value) {
    using Type = std::remove_reference_t<decltype(pack.*Member)>;
    pack.*Member = static_cast<Type>(value * Unit);
}

template <auto Member>
constexpr PackField flag(std::string_view name, Stricter stricter) {
    return {name, FieldType::flag, stricter, 0, 1, {}, get<Member, 1>, set<Member, 1>};
}

template <auto Member>
constexpr PackField choice(std::string_view name, std::span<std::string_view const> choices, std::int64_t least = 0) {
    auto const most = static_cast<std::int64_t>(choices.size()) - 1;
    return {name, FieldType::choice, Stricter::more, least, most, choices, get<Member, 1>, set<Member, 1>};
}

template <auto Member, Millis Unit = 1>
constexpr PackField number(std::string_view name, Stricter stricter, std::int64_t least, std::int64_t most) {
    return {name, FieldType::number, stricter, least, most, {}, get<Member, Unit>, set<Member, Unit>};
}

constexpr std::int64_t week_s = 7LL * 24 * 3'600;
constexpr std::int64_t days = limits::policy_days;
constexpr std::int64_t deadline = limits::policy_deadline_days;

constexpr std::array<PackField, 31> fields = {{
    flag<&Pack::added_is_opted_in>("added_is_opted_in", Stricter::less),
    number<&Pack::automatic_skew_ms, second>("automatic_skew_seconds", Stricter::less, 0, week_s),
    number<&Pack::bulk_opt_ins>("bulk_opt_ins", Stricter::less, 2, 1'000'000),
    number<&Pack::bulk_window_ms, second>("bulk_window_seconds", Stricter::more, 1, week_s),
    // No calendar's holidays are a part of another's, so an account may only do without holidays.
    choice<&Pack::calendar>("calendar", calendars, 2),
    number<&Pack::certificate_claim_ms, day>("certificate_claim_days", Stricter::less, 1, days),
    flag<&Pack::compliance_keyword_reopts_in>("compliance_keyword_reopts_in", Stricter::less),
    number<&Pack::confirmation_window_ms, second>("confirmation_window_seconds", Stricter::less, 0, week_s),
    number<&Pack::conversational_valid_ms, day>("conversational_validity_days", Stricter::sooner, 0, days),
    number<&Pack::exposure_high_cents>("exposure_high_cents", Stricter::never, 0, 0),
    number<&Pack::exposure_low_cents>("exposure_low_cents", Stricter::never, 0, 0),
    number<&Pack::future_skew_ms, second>("future_skew_seconds", Stricter::less, 0, week_s),
    choice<&Pack::health_screen>("health_screen", screen_settings),
    number<&Pack::informational_valid_ms, day>("informational_validity_days", Stricter::sooner, 0, days),
    number<&Pack::list_removal_days>("list_removal_days", Stricter::less, 0, deadline),
    choice<&Pack::list_request_scope>("list_request_scope", scopes),
    number<&Pack::manual_skew_ms, hour>("manual_skew_hours", Stricter::less, 0, week_s / 3'600),
    choice<&Pack::match>("match", matches),
    flag<&Pack::needs_confirmed_date>("needs_confirmed_date", Stricter::never),
    number<&Pack::optout_sla_ms, second>("optout_sla_seconds", Stricter::less, 0, week_s),
    number<&Pack::optout_urgent_ms, second>("optout_urgent_seconds", Stricter::less, 0, week_s),
    flag<&Pack::ordinary_message_reopts_in>("ordinary_message_reopts_in", Stricter::less),
    choice<&Pack::personal_screen>("personal_screen", screen_settings),
    number<&Pack::promotional_valid_ms, day>("promotional_validity_days", Stricter::sooner, 0, days),
    number<&Pack::receipt_hours_west>("receipt_hours_west", Stricter::more, 0, 12),
    number<&Pack::retention_ms, day>("retention_days", Stricter::more, 1, days),
    number<&Pack::review_days>("review_days", Stricter::less, 0, deadline),
    number<&Pack::revocation_business_days>("revocation_days", Stricter::less, 0, deadline),
    number<&Pack::send_from_hour>("send_from_hour", Stricter::more, 0, 23),
    number<&Pack::send_until_hour>("send_until_hour", Stricter::less, 1, 24),
    flag<&Pack::stop_clears_lists>("stop_clears_lists", Stricter::more),
}};

}  // namespace

std::span<PackField const> pack_fields() noexcept {
    return fields;
}

PackField const* find_pack_field(std::string_view name) noexcept {
    auto const found = std::find_if(fields.begin(), fields.end(), [&](PackField const& field) { return field.name == name; });
    return found == fields.end() ? nullptr : &*found;
}

bool no_looser(PackField const& field, std::int64_t base, std::int64_t value) noexcept {
    auto const time = [](std::int64_t validity) { return validity == 0 ? std::numeric_limits<std::int64_t>::max() : validity; };
    switch (field.stricter) {
    case Stricter::never: return value == base;
    case Stricter::less: return value <= base;
    case Stricter::more: return value >= base;
    case Stricter::sooner: return time(value) <= time(base);
    }
    return false;
}

}  // namespace cl::consent
