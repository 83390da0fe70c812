// The words that the screens know, by what they say about a text.
//
// Threads: constants, any thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace cl::consent {

/// What a folded word means to the screens; a set of bits.
enum ScreenWord : std::uint32_t {
    w_none = 0,
    w_care = 1U << 0U,
    w_condition = 1U << 1U,
    w_diagnosed = 1U << 2U,  ///< what names a condition: "diagnosed", "dx"
    w_medicine = 1U << 3U,
    w_dose = 1U << 4U,  ///< "mg", "tablets"
    w_mrn = 1U << 5U,
    w_record = 1U << 6U,  ///< "record", "chart", "patient": with w_number or w_medical
    w_medical = 1U << 7U,
    w_number = 1U << 8U,  ///< "number", "id"
    w_member = 1U << 9U,  ///< "member", "subscriber", "insurance"
    w_medicare = 1U << 10U,
    w_ssn = 1U << 11U,
    w_social = 1U << 12U,
    w_security = 1U << 13U,
    w_birth = 1U << 14U,
    w_card = 1U << 15U,
    w_account = 1U << 16U,
    w_bank = 1U << 17U,
    w_routing = 1U << 18U,
    w_month = 1U << 19U,
    w_street = 1U << 20U,     ///< after a name: "street", "ave"
    w_calle = 1U << 21U,      ///< before a name: "calle", "rue"
    w_no_street = 1U << 22U,  ///< in no street's name: "the", "min"
    w_state = 1U << 23U,
    w_flat = 1U << 24U,   ///< "apt", "suite"
    w_domain = 1U << 25U  ///< "com", "org"
};

/// The meaning of a folded word, given its WordHash (phrase_index.hpp); w_none for most.
[[nodiscard]] std::uint32_t screen_word(std::string_view folded, std::uint32_t hash) noexcept;

}  // namespace cl::consent
