// The central directory of a zip (PKWARE APPNOTE 6.3), read so strictly that every program reads the same files out of it: what stands in the
// zip is the entries one after the other, the directory, its end, and not one byte else. A zip in which two readers could see two things
// is no evidence.
//
// Threads: a function without state, any thread.
#pragma once

#include "ledger/core/error.hpp"
#include "verify/small_file.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace cl::verify::bundle {

struct ZipEntry {
    std::string name;  ///< as it stands there, the folder in front; not looked at
    bool deflated = false;
    bool folder = false;  ///< the name ends with `/`, and nothing is in it
    std::uint32_t crc = 0;
    std::int64_t packed = 0;  ///< bytes in the zip
    std::int64_t size = 0;    ///< bytes of the file
    std::int64_t data = 0;    ///< where they begin
};

/// All entries, in the order in which they stand. errc::store_corrupt where the zip contradicts itself, errc::store_foreign where it is cut
/// off, encrypted, spread over several files or packed in another way than stored or deflated, errc::too_large above the limits of a
/// bundle, errc::io.
[[nodiscard]] Result<std::vector<ZipEntry>> read_zip_directory(FileDescriptor const& file);

}  // namespace cl::verify::bundle
