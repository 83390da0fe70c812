// Whether a message, taken as a whole, is a keyword: "STOP", "S.T.O.P", "stopppp", "Please stop. Thank you".
//
// Threads: pure, any thread.
#pragma once

#include "ledger/consent/classifier.hpp"

#include <string_view>

namespace cl::consent {

/// What the folded message is as a whole; class other if it is no keyword. Constant time: a message longer than
/// limits::keyword_message_bytes is none.
[[nodiscard]] Classification match_whole(std::string_view folded) noexcept;

}  // namespace cl::consent
