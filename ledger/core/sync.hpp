// What makes a name durable.
//
// Threads: any thread.
#pragma once

#include "ledger/core/error.hpp"

#include <filesystem>

namespace cl {

/// fsync(2) of a directory, the working directory where `dir` is empty: a new file's name is on disk only after it. errc::io.
[[nodiscard]] Result<void> sync_directory(std::filesystem::path const& dir);

}  // namespace cl
