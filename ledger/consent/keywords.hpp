// The words that decide as a whole message, and the words of courtesy that may stand around them. Lists by language, frozen by
// classifier_revision: whoever changes one raises it.
//
// Sources: 47 CFR 64.1200(a)(10) for the seven words; CTIA Messaging Principles 5.1.3; the default lists of Twilio, AWS,
// Telnyx, Plivo, Sinch and Vonage as of 2026-11. Left out on purpose: YES, NO, GO, JOIN, END in other languages (FIN, ENDE,
// FIM), which people send as answers.
//
// Threads: constants, any thread.
#pragma once

#include "ledger/consent/classifier.hpp"
#include "ledger/consent/phrase_index.hpp"

#include <cstddef>
#include <string_view>

namespace cl::consent {

/// The keyword that a message without its spaces is, or null: "optout", "stopall", "stpo" (match "typo"), "goodbye" (class
/// review, match "phrase"). Two words "opt out" have no key of their own: without the space they are OPTOUT, another class.
[[nodiscard]] Classification const* find_keyword(std::string_view compact) noexcept;

/// The length in bytes of the longest key of find_keyword: a longer message is none.
[[nodiscard]] std::size_t longest_keyword() noexcept;

/// What surrounds a keyword without changing it.
enum class Around : unsigned char {
    courtesy,  ///< "please", "thank you", "por favor": the keyword still decides
    filler     ///< "ok", "hello", "now", "i said": a person should look
};

/// How many bytes of `folded` from `first` on are courtesy or filler, 0 if none. `second` is the word after it.
struct Surround {
    std::size_t bytes = 0;
    Around around = Around::courtesy;
};
[[nodiscard]] Surround find_surround(std::string_view folded, Word const& first, Word const& second) noexcept;

}  // namespace cl::consent
