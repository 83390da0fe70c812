// How the exports of others spell times, numbers and the names of columns.
//
// Threads: pure functions, any thread.
#pragma once

#include "ledger/core/clock.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace cl::exports {

/// Without spaces and tabs at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;
/// Whether it is one of `words`, which are in lower case; ASCII case does not count.
[[nodiscard]] bool is_any(std::string_view text, std::initializer_list<std::string_view> words) noexcept;
/// Whether `word`, which is in lower case and not empty, stands in it in any case.
[[nodiscard]] bool contains(std::string_view text, std::string_view word) noexcept;
/// `Date/Time (UTC)` -> `datetimeutc`: how names of columns and words of a status are compared.
[[nodiscard]] std::string plain_name(std::string_view text);

/// RFC 3339; `2026-11-20 10:00:00` with or without an offset; RFC 2822 (`Fri, 20 Nov 2026 10:00:00 +0000`); Unix seconds or milliseconds.
/// Without an offset it is UTC if `utc`, else nothing, and `zoneless` is set.
[[nodiscard]] std::optional<Millis> read_time(std::string_view text, bool utc, bool& zoneless);

/// E.164. `tel:`, `sms:`, `whatsapp:` in front and a spreadsheet's apostrophe are dropped; digits alone only where `bare` says that this
/// export writes E.164 without `+`.
[[nodiscard]] std::optional<std::string> read_number(std::string_view text, bool bare);

}  // namespace cl::exports
