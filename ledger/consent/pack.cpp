// The policy packs that this program knows. Each value's source and how sure it is: docs/policy-packs.md.
#include "ledger/consent/pack.hpp"

#include "ledger/consent/pack_evidence.hpp"

#include <algorithm>
#include <array>

namespace cl::consent {
namespace {

constexpr Millis second = 1'000;
constexpr Millis minute = 60 * second;
constexpr Millis hour = 60 * minute;
constexpr Millis day = 24 * hour;
constexpr Millis half_year = 181 * day;  // the shortest six months
constexpr Millis two_years = 730 * day;

// A keyword of any list is a revocation that a reasonable person understands, whatever the account's own language.
constexpr std::string_view all_languages[] = {"de", "en", "es", "fr", "it", "nl", "pt", "ru", "zh"};

constexpr std::string_view us_2027_free[] = {"list_request_scope"};
constexpr std::string_view casl_free[] = {"informational_validity_days"};
constexpr std::string_view gdpr_free[] = {"retention_days"};

constexpr Pack texting = {
    .name = "texting",
    .rules = 1,
    .in_force_from = {},
    .needs_confirmed_date = false,
    .added_is_opted_in = true,
    .stop_clears_lists = false,
    .ordinary_message_reopts_in = true,
    .compliance_keyword_reopts_in = true,
    .list_request_scope = RequestScope::list,
    .match = MatchMode::whole,
    .languages = all_languages,
    .calendar = Calendar::us_federal,
    .receipt_hours_west = 11,
    .revocation_business_days = 10,
    .list_removal_days = 10,
    .review_days = 10,
    .optout_sla_ms = 5 * minute,
    .optout_urgent_ms = day,
    .automatic_skew_ms = 5 * minute,
    .manual_skew_ms = 24 * hour,
    .future_skew_ms = 2 * minute,
    .confirmation_window_ms = 5 * minute,
    .retention_ms = 1'827 * day,
    .certificate_claim_ms = 90 * day,
    .bulk_opt_ins = 20,
    .bulk_window_ms = minute,
    .conversational_valid_ms = 0,
    .informational_valid_ms = 0,
    .promotional_valid_ms = 0,
    .exposure_low_cents = 50'000,
    .exposure_high_cents = 150'000,
    .exposure_currency = "USD",
    .send_from_hour = 8,
    .send_until_hour = 21,
    .health_screen = ScreenSetting::refuse,
    .personal_screen = ScreenSetting::flag,
    .evidence = evidence_texting,
    .free = {},
};

constexpr Pack us_2025() {
    Pack pack = texting;
    pack.name = "us-2025";
    pack.in_force_from = "2025-04-11";
    pack.added_is_opted_in = false;
    pack.compliance_keyword_reopts_in = false;
    pack.evidence = evidence_us;
    return pack;
}

constexpr Pack us_2027() {
    Pack pack = us_2025();
    pack.name = "us-2027";
    pack.in_force_from = "2027-01-31";
    pack.needs_confirmed_date = true;
    pack.list_request_scope = RequestScope::account;
    pack.free = us_2027_free;
    return pack;
}

constexpr Pack ca_casl() {
    Pack pack = us_2025();
    pack.name = "ca-casl";
    pack.in_force_from = "2014-07-01";
    pack.calendar = Calendar::ca_federal;
    pack.receipt_hours_west = 8;
    pack.conversational_valid_ms = half_year;
    pack.informational_valid_ms = two_years;
    pack.exposure_low_cents = 0;
    pack.exposure_high_cents = 1'000'000'000;
    pack.exposure_currency = "CAD";
    pack.evidence = evidence_casl;
    pack.free = casl_free;
    return pack;
}

constexpr Pack eu_gdpr() {
    Pack pack = us_2025();
    pack.name = "eu-gdpr";
    pack.in_force_from = "2018-05-25";
    pack.stop_clears_lists = true;
    pack.ordinary_message_reopts_in = false;
    pack.calendar = Calendar::weekends;
    pack.receipt_hours_west = 4;
    pack.revocation_business_days = 2;
    pack.list_removal_days = 2;
    pack.review_days = 2;
    pack.exposure_low_cents = 0;
    pack.exposure_high_cents = 0;
    pack.exposure_currency = "EUR";
    pack.send_until_hour = 20;
    pack.evidence = evidence_gdpr;
    pack.free = gdpr_free;
    return pack;
}

constexpr Pack strict() {
    Pack pack = eu_gdpr();
    pack.name = "strict";
    pack.in_force_from = {};
    pack.list_request_scope = RequestScope::account;
    pack.match = MatchMode::begins_with;
    pack.calendar = Calendar::every_day;
    pack.receipt_hours_west = 12;
    pack.optout_sla_ms = minute;
    pack.optout_urgent_ms = hour;
    pack.manual_skew_ms = hour;
    pack.retention_ms = 3'653 * day;
    pack.bulk_opt_ins = 10;
    pack.conversational_valid_ms = half_year;
    pack.informational_valid_ms = two_years;
    pack.promotional_valid_ms = two_years;
    pack.exposure_low_cents = texting.exposure_low_cents;
    pack.exposure_high_cents = texting.exposure_high_cents;
    pack.exposure_currency = texting.exposure_currency;
    pack.send_from_hour = 9;
    pack.personal_screen = ScreenSetting::refuse;
    pack.evidence = evidence_strict;
    pack.free = {};
    return pack;
}

constexpr std::array<Pack, 6> packs = {texting, us_2025(), us_2027(), ca_casl(), eu_gdpr(), strict()};

}  // namespace

Pack const& texting_pack() noexcept {
    return packs.front();
}

std::span<Pack const> all_packs() noexcept {
    return packs;
}

Pack const* find_pack(PolicyRef const& ref) noexcept {
    auto const found = std::find_if(packs.begin(), packs.end(),
                                    [&](Pack const& pack) { return pack.name == ref.pack && pack.rules == ref.rules; });
    return found == packs.end() ? nullptr : &*found;
}

EvidenceTerms const* find_terms(Pack const& pack, std::string_view kind) noexcept {
    auto const found = std::find_if(pack.evidence.begin(), pack.evidence.end(),
                                    [&](EvidenceTerms const& terms) { return terms.kind == kind; });
    return found == pack.evidence.end() ? nullptr : &*found;
}

Millis valid_ms(Pack const& pack, Level level) noexcept {
    switch (level) {
    case Level::none: break;
    case Level::conversational: return pack.conversational_valid_ms;
    case Level::informational: return pack.informational_valid_ms;
    case Level::promotional: return pack.promotional_valid_ms;
    }
    return 0;
}

bool has_expired(Pack const& pack, Level level, Millis given, Millis now) noexcept {
    Millis const valid = valid_ms(pack, level);
    return valid > 0 && now - given > valid;
}

Millis due_at(Pack const& pack, Millis received, int days) {
    return due_at(received, days, pack.calendar, pack.receipt_hours_west);
}

}  // namespace cl::consent
