// Small helpers for sentences in reports.
//
// Threads: pure functions, any thread.
#pragma once

#include "ledger/core/entry.hpp"
#include "ledger/core/hash32.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace cl::verify {

/// Text out of a file that somebody handed over, safe for a terminal: anything but printable ASCII is written as `\xNN`, and it is cut
/// off after `most` characters.
[[nodiscard]] std::string printable(std::string_view text, std::size_t most = 200);

/// `1,234,567`.
[[nodiscard]] std::string grouped(std::int64_t number);

/// `1 entry`, `2 entries`.
[[nodiscard]] std::string counted(std::int64_t number, std::string_view one, std::string_view many);

/// `entry 7`, or `one of the entries 7 to 9`.
[[nodiscard]] std::string entry_or_stretch(Seq first, Seq last);

/// `opted in, not blocked, level promotional, on list promo`.
[[nodiscard]] std::string describe(StateAfter const& state);

/// The first 12 hex digits and an ellipsis: enough to tell contacts apart on paper.
[[nodiscard]] std::string shortened(Hash32 const& hash);

}  // namespace cl::verify
