#include "ledger/core/sync.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace cl {

Result<void> sync_directory(std::filesystem::path const& dir) {
    std::filesystem::path const folder = dir.empty() ? std::filesystem::path(".") : dir;
    int const fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool const synced = fd >= 0 && ::fsync(fd) == 0;
    int const cause = errno;
    if (fd >= 0) ::close(fd);
    if (synced) return {};
    return fail(errc::io, "cannot sync " + folder.string() + ": " + std::generic_category().message(cause));
}

}  // namespace cl
