// One slip of the thumb away from a keyword: "stkp", "quti", "unsuvscribe". Deliberately narrow for short words, where one letter
// makes another word, and wider for long ones.
//
// Threads: pure, any thread.
#pragma once

#include "ledger/consent/classifier.hpp"

#include <string_view>

namespace cl::consent {

/// The keyword that `word` (folded, no spaces) was meant to be, class stop or optout, or null. "stop" and "quit": two neighbouring
/// letters swapped, a letter that is next to the right one on a QWERTY keyboard, or such a letter too much. From six letters
/// on: any one letter wrong, missing, too much, or swapped; from ten on: any two, after the right first letter. Words of
/// their own ("atop", "cancer", "anmelden") are none. Constant time.
[[nodiscard]] Classification const* find_slip(std::string_view word) noexcept;

}  // namespace cl::consent
