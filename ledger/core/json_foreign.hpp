// JSON of others, who count by rules of their own.
//
// Threads: pure functions, any thread.
#pragma once

#include "ledger/core/json.hpp"

namespace cl::json {

/// As parse, and as strict, but for numbers: a fraction, an exponent, minus zero or an integer beyond 2^53-1 is read as its text.
[[nodiscard]] Result<Value> parse_foreign(std::string_view text, std::size_t max_bytes,
                                          std::size_t max_nodes = limits::json_nodes);

}  // namespace cl::json
