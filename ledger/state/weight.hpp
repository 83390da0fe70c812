// What things weigh in the overlay: estimates of the heap that they hold, so that a buffer's limit is one of memory and not of rows.
//
// Threads: pure functions, any thread.
#pragma once

#include "ledger/state/projections.hpp"

#include <cstddef>

namespace cl::state {

/// Bytes of a node of a hash table or tree beside its value: links, bucket, allocator's header.
inline constexpr std::size_t node_bytes = 64;

/// With its control block.
[[nodiscard]] std::size_t weight(consent::ContactState const& state) noexcept;
[[nodiscard]] std::size_t weight(consent::AccountState const& state) noexcept;
[[nodiscard]] std::size_t weight(FindingRow const& row) noexcept;
[[nodiscard]] std::size_t weight(ObligationRow const& row) noexcept;
[[nodiscard]] std::size_t weight(TokenRecord const& token) noexcept;

}  // namespace cl::state
