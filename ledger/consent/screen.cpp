// See screen.hpp: what the signs add up to, and what is said about them. How they are found is in screen_scan.cpp.

#include "ledger/consent/screen.hpp"

#include <algorithm>

namespace cl::consent {

namespace {

constexpr std::uint32_t of(Seen kind) noexcept {
    return 1U << static_cast<unsigned>(kind);
}

constexpr std::uint32_t care = of(Seen::care);
constexpr std::uint32_t illness = of(Seen::condition) | of(Seen::medication);
constexpr std::uint32_t patient = of(Seen::record_number) | of(Seen::insurance_id);
// identifiers that say something about a patient even beside a word as weak as "doctor"
constexpr std::uint32_t strong = of(Seen::birth_date) | of(Seen::social_security);
constexpr std::uint32_t person = strong | of(Seen::email) | of(Seen::street_address) | of(Seen::bank_account);
constexpr std::uint32_t personal_data = person | of(Seen::payment_card) | of(Seen::iban);

// the part of the list that belongs to a screen
constexpr std::uint32_t health_data = care | illness | patient | person;

bool any(std::uint32_t set, std::uint32_t kinds) noexcept {
    return (set & kinds) != 0;
}

}  // namespace

bool ScreenResult::phi_suspected() const noexcept {
    int const health = signs(illness | patient) + (has(Seen::care) ? 1 : 0);
    if (health >= 2) return true;
    if (any(seen_, illness | patient)) return any(seen_, person);
    return has(Seen::care) && any(seen_, strong);
}

bool ScreenResult::personal_suspected() const noexcept {
    return signs(personal_data) >= 2;
}

std::string_view name(Seen kind) noexcept {
    switch (kind) {
    case Seen::care: return "medical care";
    case Seen::condition: return "diagnosis";
    case Seen::medication: return "medication";
    case Seen::record_number: return "medical record number";
    case Seen::insurance_id: return "health insurance number";
    case Seen::birth_date: return "date of birth";
    case Seen::social_security: return "social security number";
    case Seen::payment_card: return "payment card number";
    case Seen::email: return "e-mail address";
    case Seen::iban: return "IBAN";
    case Seen::bank_account: return "bank account number";
    case Seen::street_address: return "street address";
    }
    return "personal data";
}

std::string ScreenDecision::detail() const {
    if (!health && !personal) return {};
    std::string out = health ? "the text seems to hold health information (" : "the text seems to hold personal data (";
    std::string_view part;
    std::uint32_t const kinds = (health ? health_data : 0U) | (personal ? personal_data : 0U);
    for (std::size_t i = 0; i < seen_kinds; ++i) {
        auto const kind = static_cast<Seen>(i);
        if (!result.has(kind) || !any(of(kind), kinds)) continue;
        out.append(part).append(name(kind));
        part = ", ";
    }
    return out.append("); leave it out: a record of consent has no need of it");
}

ScreenDecision decide(ScreenResult const& result, ScreenPolicy const& policy) noexcept {
    ScreenDecision d;
    d.result = result;
    d.health = policy.health != ScreenSetting::off && result.phi_suspected();
    d.personal = policy.personal != ScreenSetting::off && result.personal_suspected();
    bool const refused =
        (d.health && policy.health == ScreenSetting::refuse) || (d.personal && policy.personal == ScreenSetting::refuse);
    if (refused) {
        d.action = ScreenAction::refuse;
        // the code names the screen that refuses, not the one that would only have flagged
        if (policy.health != ScreenSetting::refuse) d.health = false;
    } else if (d.health || d.personal) {
        d.action = ScreenAction::flag;
    }
    return d;
}

}  // namespace cl::consent
