// The policy packs that this program knows.
#include "ledger/consent/pack.hpp"

namespace cl::consent {
namespace {

constexpr Millis second = 1'000;
constexpr Millis minute = 60 * second;
constexpr Millis hour = 60 * minute;
constexpr Millis day = 24 * hour;

constexpr Pack texting = {
    .name = "texting",
    .rules = 1,
    .added_is_opted_in = true,
    .stop_clears_lists = false,
    .compliance_keyword_reopts_in = true,
    .revocation_business_days = 10,
    .optout_sla_ms = 5 * minute,
    .automatic_skew_ms = 5 * minute,
    .manual_skew_ms = 24 * hour,
    .future_skew_ms = 2 * minute,
    .confirmation_window_ms = 5 * minute,
    .retention_ms = 1'826 * day,
    .certificate_claim_ms = 90 * day,
    .bulk_opt_ins = 20,
    .bulk_window_ms = minute,
};

}  // namespace

Pack const& texting_pack() noexcept {
    return texting;
}

Pack const* find_pack(PolicyRef const& ref) noexcept {
    return ref.pack == texting.name && ref.rules == texting.rules ? &texting : nullptr;
}

}  // namespace cl::consent
