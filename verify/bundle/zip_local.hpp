// What stands in front of each file of a zip, and behind it, against the directory. Used by zip_directory.cpp only.
//
// Threads: a function without state, any thread.
#pragma once

#include "verify/bundle/zip_directory.hpp"

#include <cstdint>
#include <vector>

namespace cl::verify::bundle {

inline constexpr std::uint16_t stored = 0;
inline constexpr std::uint16_t deflated = 8;

/// An entry of the directory with what its local header must repeat.
struct LocalHeader {
    ZipEntry entry;  ///< `data` and `deflated` are set by check_local_headers()
    std::uint16_t flags = 0;
    std::uint16_t method = 0;
    std::int64_t offset = 0;  ///< of the local header
};

/// `headers` by offset: each local header says what the directory says, the first stands at 0, each next one behind the data of the one
/// before, the directory (at `end`) behind the last. errc::store_corrupt, io.
[[nodiscard]] Result<void> check_local_headers(FileDescriptor const& file, std::vector<LocalHeader>& headers, std::int64_t end);

}  // namespace cl::verify::bundle
