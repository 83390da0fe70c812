// Where the repository and the built programs are. In one file of its own, so that no other test depends on where it was compiled, and
// two checkouts can share a compiler cache.
//
// Threads: constant data.
#pragma once

#include <filesystem>

namespace cl::test {

/// The repository.
[[nodiscard]] std::filesystem::path source_dir();
/// Where consent-ledger and consent-verify are.
[[nodiscard]] std::filesystem::path binary_dir();

}  // namespace cl::test
