// A line of NDJSON that was not taken, as it stands among the rejects: `{"import_line":3,"import_reason":"…","row":…}` with the row as it was,
// which an import reads as the row.
//
// Threads: pure functions, any thread.
#pragma once

#include "ledger/core/error.hpp"
#include "ledger/core/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cl::api::import {

inline constexpr std::string_view rejected_line_start = "{\"import_line\":";

/// `row` is the text itself where it is an object, else a string of it: mended, either is read. What is no UTF-8 stands as U+FFFD.
[[nodiscard]] std::string rejected_line(std::int64_t line, std::string_view reason, std::string_view text);

struct RejectedRow {
    std::string text;   ///< of the row, on one line where it is JSON
    std::string fault;  ///< why it cannot be posted; empty = it can
};
/// The row in such an object; nothing where the line is a row itself.
[[nodiscard]] std::optional<RejectedRow> row_of_rejected(json::Value const& line);

}  // namespace cl::api::import
