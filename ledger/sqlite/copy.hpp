// A database copied page by page, as one transaction sees it, while its owner goes on writing.
//
// Threads: as the source's Connection.
#pragma once

#include "ledger/core/error.hpp"
#include "ledger/sqlite/connection.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>

namespace cl::sqlite {

/// Called now and then with the pages that are copied, of how many.
using CopyProgress = std::function<void(std::int64_t done, std::int64_t of)>;

/// Copies what `source` sees to a new file (mode 0600), on disk on return; nothing of the free space of a page is left out, so an erased
/// value must have been overwritten in the source. Precondition: `source` is inside of a read transaction that has read, or the copy would
/// start again with each commit of the owner. errc::io, above all if the file exists; store_corrupt. What was made of a copy that failed
/// is removed.
[[nodiscard]] Result<void> copy_database(Connection& source, std::filesystem::path const& to, CopyProgress const& progress);

}  // namespace cl::sqlite
