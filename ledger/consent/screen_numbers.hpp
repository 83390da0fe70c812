// Numbers that say by their own form what they are.
//
// Threads: pure, any thread.
#pragma once

#include "ledger/consent/screen_tokens.hpp"

#include <cstddef>
#include <string_view>

namespace cl::consent {

/// Whether 13 to 19 digits are a payment card's: an issuer's first digits and the Luhn check (ISO/IEC 7812).
[[nodiscard]] bool card_number(std::string_view digits) noexcept;

/// Whether nine digits can be a Social Security number: no area 000, 666 or 9xx, no group 00, no serial 0000.
[[nodiscard]] bool social_security_number(std::string_view digits) noexcept;

/// Whether nine digits are a US routing number by their check digit.
[[nodiscard]] bool routing_number(std::string_view digits) noexcept;

/// Whether the tokens from `i` on begin with a card number: in one piece, in fours, 4-6-5, in pairs or digit by digit.
[[nodiscard]] bool card_at(ScreenText const& text, std::size_t i) noexcept;

/// Whether they begin with an IBAN of the right check digits (ISO 13616), in one piece or in groups.
[[nodiscard]] bool iban_at(ScreenText const& text, std::size_t i) noexcept;

/// A Social Security number at `i`: in one piece, 3-2-4, or digit by digit. `parted` is set if dashes or dots part it as nothing else is.
[[nodiscard]] bool social_security_at(ScreenText const& text, std::size_t i, bool& parted) noexcept;

/// Whether a full date begins at `i`, or stands around it with the month as a word.
[[nodiscard]] bool date_at(ScreenText const& text, std::size_t i) noexcept;

}  // namespace cl::consent
