// Where a command may keep what it needs only while it runs.
//
// Threads: the main thread.
#pragma once

#include "ledger/core/error.hpp"

#include <filesystem>
#include <string>

namespace cl::api::app {

/// What was asked for, or the system's own folder for such files (TMPDIR). errc::io where that is no directory.
[[nodiscard]] Result<std::filesystem::path> scratch_folder(std::string const& asked);

}  // namespace cl::api::app
