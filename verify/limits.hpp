// Limits of the verifier alone, beside those that it shares with the program (ledger/core/limits.hpp): a change here builds no other room anew.
//
// Threads: constants.
#pragma once

#include "ledger/core/limits.hpp"

namespace cl::limits {

inline constexpr std::size_t verify_export_window =
    65'536;  // entries between an export.issued and the end of the log that it states

// Evidence bundles, as read
inline constexpr std::size_t bundle_directory_bytes = 8'388'608;  // of a zip's central directory
inline constexpr std::int64_t bundle_ratio = 200;                 // times that a file of a zip may unpack to
inline constexpr std::size_t bundle_record_bytes = 4'194'304;  // one record of its table: an entry with all that is shown of it
inline constexpr std::size_t bundle_keys = 1'000;              // keys that a ledger had, one after the other

}  // namespace cl::limits
