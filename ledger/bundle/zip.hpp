// A zip of files that are stored as they are, with sizes and CRCs in front of them, one fixed time and one fixed mode: the same files give the same
// bytes on any machine (PKWARE APPNOTE 6.3.10; Zip64 where 4 GiB or 65,535 files are passed).
//
// Why not libarchive: its zip writer puts the CRC behind each file, where readers that stream cannot use it (and some refuse a stored file without),
// and writes times by the local time zone.
//
// Threads: an object belongs to one thread at a time.
#pragma once

#include "ledger/core/hash32.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace cl::bundle {

class Zip {
public:
    /// Appends the header of a file to `out`; its `size` bytes have to follow. `name`: ASCII, at most limits::bundle_name_bytes.
    void add(std::string_view name, std::uint64_t size, std::uint32_t crc, std::string& out);
    /// Appends the directory. The last call.
    void end(std::string& out);

private:
    std::string directory_;
    std::uint64_t at_ = 0;  // bytes so far
    std::uint64_t files_ = 0;
};

}  // namespace cl::bundle
