#include "ledger/service/lock_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

namespace cl::service {
namespace {

std::string reason() {
    return std::generic_category().message(errno);
}

/// The number that the holder wrote; it may be about to: 0.
int written_pid(int fd) {
    std::array<char, 16> text{};
    ssize_t const got = ::pread(fd, text.data(), text.size(), 0);
    int pid = 0;
    if (got > 0) std::from_chars(text.data(), text.data() + got, pid);
    return std::max(pid, 0);
}

Error held_by(int pid) {
    return fail(errc::store_locked, "another process holds this data directory (process id " +
                                        (pid > 0 ? std::to_string(pid) : "unknown") + "); stop it first");
}

/// Whoever asks who holds the lock holds a shared one for an instant: so the first refusal is not the last word.
bool lock_patiently(int fd) {
    for (int i = 0; i < 5; ++i) {
        if (::flock(fd, LOCK_EX | LOCK_NB) == 0) return true;
        if (errno != EWOULDBLOCK) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    errno = EWOULDBLOCK;
    return false;
}

}  // namespace

Result<LockFile> LockFile::take(std::filesystem::path const& path) {
    int const fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) return fail(errc::io, "cannot open the lock file: " + reason());
    LockFile lock(fd);
    if (!lock_patiently(fd)) {
        if (errno != EWOULDBLOCK) return fail(errc::io, "cannot lock the data directory: " + reason());
        return held_by(written_pid(fd));
    }
    std::string const pid = std::to_string(::getpid()) + "\n";
    if (::ftruncate(fd, 0) != 0 || ::pwrite(fd, pid.data(), pid.size(), 0) != static_cast<ssize_t>(pid.size())) {
        return fail(errc::io, "cannot write the lock file: " + reason());
    }
    return lock;
}

Result<LockFile> LockFile::share(std::filesystem::path const& path) {
    int const fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) return fail(errc::io, "cannot open the lock file: " + reason());
    LockFile lock(fd);
    if (::flock(fd, LOCK_SH | LOCK_NB) == 0) return lock;
    if (errno != EWOULDBLOCK) return fail(errc::io, "cannot lock the data directory: " + reason());
    return held_by(written_pid(fd));
}

std::optional<int> LockFile::holder(std::filesystem::path const& path) {
    int const fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) return std::nullopt;
    LockFile const guard(fd);
    if (::flock(fd, LOCK_SH | LOCK_NB) == 0) return std::nullopt;
    return written_pid(fd);
}

LockFile::LockFile(LockFile&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

LockFile& LockFile::operator=(LockFile&& other) noexcept {
    if (this != &other) {
        release();
        fd_ = std::exchange(other.fd_, -1);
    }
    return *this;
}

LockFile::~LockFile() {
    release();
}

void LockFile::release() noexcept {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
}

}  // namespace cl::service
