// What the making of one bundle holds in memory and shows on a page, beside ledger/core/limits.hpp.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cl::bundle::bounds {

inline constexpr std::size_t listed = 1'048'576;  // contacts of one bundle, entries of one contact or list: 8 or 32 bytes each
inline constexpr std::int64_t html_entries = 2'000;  // shown in report.html; all are in entries.csv

}  // namespace cl::bundle::bounds
