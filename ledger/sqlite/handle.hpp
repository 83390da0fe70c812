// Private to the room: a raw handle that closes itself, and how a file is opened.
//
// Threads: as the connection that it becomes.
#pragma once

#include "ledger/core/error.hpp"

#include <filesystem>
#include <memory>

struct sqlite3;

namespace cl::sqlite::detail {

struct Closer {
    void operator()(sqlite3* handle) const noexcept;
};
using Handle = std::unique_ptr<sqlite3, Closer>;

/// `flags` of sqlite3_open_v2; NOMUTEX and extended result codes are added. Not hardened. errc::io and as failure().
[[nodiscard]] Result<Handle> open_handle(std::filesystem::path const& path, int flags, char const* vfs);

}  // namespace cl::sqlite::detail
