// An inbound text as an account's pack reads it: classifier.hpp decides by the whole message, and the pack by whose keywords, and how
// they must stand.
//
// Threads: pure functions, any thread.
#pragma once

#include "ledger/consent/classifier.hpp"
#include "ledger/consent/pack.hpp"

#include <string_view>

namespace cl::consent {

/// classify(), then the pack: a stop keyword of a language that is not the pack's is for review, never dropped; where the pack looks
/// inside a message, a stop keyword there opts out (match "begins_with" or "contains"). Linear in the text.
[[nodiscard]] Classification classify(std::string_view text, Pack const& pack);

}  // namespace cl::consent
