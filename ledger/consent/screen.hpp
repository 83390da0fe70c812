// The screens of free texts: health information (the product that the manual describes is not for it, S22) and personal data that
// consent has no need of. An append-only record cannot take back what it was told, so a text is judged before it is stored.
//
// Which texts are looked at, and what becomes of one, is screened_item.hpp. Nothing that these functions return contains any of the text.
//
// Sources: 45 CFR 164.514(b)(2) for the identifiers, ISO/IEC 7812 (Luhn), ISO 13616 (IBAN), the numbering rules of the Social Security
// Administration.
//
// Threads: pure functions, any thread.
#pragma once

#include "ledger/core/error.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cl::consent {

/// What can be seen in a text.
enum class Seen : std::uint8_t {
    care,             ///< doctor, clinic, surgery, pain: weak, people chat about it
    condition,        ///< diabetes, HIV, chemotherapy: what somebody suffers from
    medication,       ///< a prescription medicine
    record_number,    ///< MRN, chart or patient number
    insurance_id,     ///< a member, subscriber, Medicare or Medicaid number
    birth_date,       ///< a date of birth, named as such
    social_security,  ///< a US Social Security number
    payment_card,     ///< 13 to 19 digits that an issuer gives out and the Luhn check accepts
    email,            ///< an e-mail address
    iban,             ///< an IBAN with the right check digits
    bank_account,     ///< an account or routing number, named as such
    street_address    ///< a house number and a street, or a postal code after one
};
inline constexpr std::size_t seen_kinds = 12;

/// What was seen, and which of it has a second, independent sign: digits of the right form are one, their name beside them
/// ("SSN", "card", "DOB") is another; so are a medicine and its dose, an illness and "diagnosed with".
class ScreenResult {
public:
    void add(Seen kind, bool twice) noexcept {
        seen_ |= bit(kind);
        if (twice) twice_ |= bit(kind);
    }

    [[nodiscard]] bool has(Seen kind) const noexcept { return (seen_ & bit(kind)) != 0; }
    [[nodiscard]] bool has_twice(Seen kind) const noexcept { return (twice_ & bit(kind)) != 0; }
    [[nodiscard]] bool empty() const noexcept { return seen_ == 0; }

    /// Two independent signs of health information: of care, conditions, medicines and the numbers of patients and insured; or one of
    /// these and an identifier of a person. Care alone, however often, is one.
    [[nodiscard]] bool phi_suspected() const noexcept;
    /// Two independent signs of personal data: two kinds of it, or one kind that is also named.
    [[nodiscard]] bool personal_suspected() const noexcept;

private:
    static constexpr std::uint32_t bit(Seen kind) noexcept { return 1U << static_cast<unsigned>(kind); }
    [[nodiscard]] int signs(std::uint32_t kinds) const noexcept {
        return std::popcount(seen_ & kinds) + std::popcount(twice_ & kinds);
    }

    std::uint32_t seen_ = 0;
    std::uint32_t twice_ = 0;
};

/// What is to be seen in a text, disguised or not: full-width digits, zero-width characters, spaces in numbers. Linear in the text,
/// never fails on any bytes; no number or address that it looks for is longer than a few dozen characters.
[[nodiscard]] ScreenResult screen(std::string_view text);

/// What an account does about a suspicion.
enum class ScreenSetting : std::uint8_t { off, flag, refuse };
/// What they are called, in the enum's order.
inline constexpr std::string_view screen_settings[] = {"off", "flag", "refuse"};

/// By screen, as the pack has it (docs/policy-packs.md "Texts"). Health information is refused; personal data is flagged, because a note of
/// consent may need some.
struct ScreenPolicy {
    ScreenSetting health = ScreenSetting::refuse;
    ScreenSetting personal = ScreenSetting::flag;
};

/// "diagnosis", "payment card number": what `kind` is called in a problem or a finding.
[[nodiscard]] std::string_view name(Seen kind) noexcept;

enum class ScreenAction : std::uint8_t { pass, flag, refuse };

/// What to do with a text, and the words for it.
struct ScreenDecision {
    ScreenAction action = ScreenAction::pass;
    bool health = false;    ///< health information is suspected and its setting is not off
    bool personal = false;  ///< the same of personal data
    ScreenResult result;

    /// What a refusal is answered with: errc::phi_suspected, or errc::invalid for other personal data.
    [[nodiscard]] errc code() const noexcept { return health ? errc::phi_suspected : errc::invalid; }
    /// What was seen and what to do about it, in words of ours alone; empty if nothing is suspected.
    [[nodiscard]] std::string detail() const;
};

/// The stricter of the two screens' answers. Pure.
[[nodiscard]] ScreenDecision decide(ScreenResult const& result, ScreenPolicy const& policy) noexcept;

}  // namespace cl::consent
