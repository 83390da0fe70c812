// Cursors of paged lists: opaque to the client, bound to the list and its filter, so that a cursor of another list is refused instead
// of skipping entries silently. That is no protection: anybody can make one up, and whoever reads one checks where it leads.
//
// Threads: pure functions, any thread.
#pragma once

#include "ledger/core/error.hpp"

#include <string>
#include <string_view>

namespace cl::service {

/// base64url of `payload` and a check over the list, its filter and the payload.
[[nodiscard]] std::string write_cursor(std::string_view filter, std::string_view payload);
/// The payload; errc::invalid for anything that write_cursor did not write for this filter.
[[nodiscard]] Result<std::string> read_cursor(std::string_view filter, std::string_view cursor);

/// errc::invalid at `/cursor`.
[[nodiscard]] Error foreign_cursor();
/// The same for a position.
[[nodiscard]] std::string write_position(std::string_view filter, std::int64_t position);
[[nodiscard]] Result<std::int64_t> read_position(std::string_view filter, std::string_view cursor);

}  // namespace cl::service
