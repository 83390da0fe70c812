// W3C Trace Context: which request of whose system something belongs to.
//
// Threads: pure functions, any thread.
#pragma once

#include <string_view>

namespace cl {

/// A `traceparent` of version 00: 00-<32 hex>-<16 hex>-<2 hex>, lower case, the two ids not all zeros.
[[nodiscard]] bool valid_traceparent(std::string_view text) noexcept;

}  // namespace cl
