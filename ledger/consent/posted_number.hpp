// Private: keeps the number that a change is about out of the members that the log holds in clear (docs/http-api.md "Names, numbers, times").
//
// Threads: pure functions, any thread.
#pragma once

#include "ledger/consent/change_item.hpp"

#include <string_view>

namespace cl::consent {

/// True if `text` holds the last seven or more digits of the number, whatever separates them: seven digits are what a person dials,
/// and less would find numbers in every date. A text that is a number in full carries only itself.
[[nodiscard]] bool carries_number(std::string_view text, std::string_view e164);

/// errc::invalid with the member's pointer where a clear member carries item.phone. In an opt-out or a block, which nothing refuses: a
/// data member goes behind a commitment, any other is withheld and data.text_withheld says so.
[[nodiscard]] Result<void> keep_number_out(ChangeItem& item);

}  // namespace cl::consent
