#include "ledger/sqlite/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace cl::sqlite::detail {

namespace {

Error system_failure(std::string_view doing, std::filesystem::path const& path) {
    return fail(errc::io, std::string(doing) + " " + path.string() + ": " + std::generic_category().message(errno));
}

}  // namespace

Result<void> create_empty(std::filesystem::path const& path) {
    int const file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) return system_failure("creating", path);
    bool const ok = ::fchmod(file, 0600) == 0 && ::fsync(file) == 0;
    Error const error = ok ? Error{} : system_failure("creating", path);
    ::close(file);
    if (!ok) return error;
    return {};
}

Result<void> require_regular_file(std::filesystem::path const& path) {
    struct ::stat status {};
    if (::stat(path.c_str(), &status) != 0) return system_failure("opening", path);
    if (!S_ISREG(status.st_mode)) return fail(errc::io, path.string() + " is not a regular file");
    return {};
}

}  // namespace cl::sqlite::detail
