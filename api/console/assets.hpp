// The files of the auditor's page, as they were built into the program.
//
// Threads: constants.
#pragma once

#include <span>
#include <string_view>

namespace cl::console {

struct Asset {
    std::string_view path;  ///< in the URL: `/`, `/console/app.<hash>.js`. A name with a hash never has other content
    std::string_view type;  ///< its media type
    std::string_view bytes;
    std::string_view hash;  ///< hex SHA-256 of the bytes, shortened: an ETag
};

/// All of them; none in a program that was built without the console.
[[nodiscard]] std::span<Asset const> assets() noexcept;

}  // namespace cl::console
