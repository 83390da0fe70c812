#include "api/import/part_file.hpp"

#include "ledger/core/sync.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace cl::api::import {
namespace {

/// With links followed, as whoever writes to it would.
bool same_file(std::filesystem::path const& a, std::filesystem::path const& b) {
    struct stat of_a {};
    struct stat of_b {};
    bool const there_a = ::stat(a.c_str(), &of_a) == 0;
    bool const there_b = ::stat(b.c_str(), &of_b) == 0;
    if (there_a || there_b) return there_a && there_b && of_a.st_dev == of_b.st_dev && of_a.st_ino == of_b.st_ino;
    std::error_code error;
    auto const name_a = std::filesystem::weakly_canonical(a, error);
    if (error) return false;
    auto const name_b = std::filesystem::weakly_canonical(b, error);
    return !error && name_a == name_b;
}

/// Nothing, or a file that can be replaced: a device or a pipe would be gone, and a link would not lead there any more.
bool is_ordinary(std::filesystem::path const& path) {
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0 ? S_ISREG(status.st_mode) : errno == ENOENT;
}

Error cannot_write(std::filesystem::path const& path, int cause) {
    return fail(errc::io, "cannot write " + path.string() + ": " + std::strerror(cause));
}

}  // namespace

Result<void> all_different(std::vector<Named> const& files) {
    for (std::size_t i = 0; i < files.size(); ++i) {
        for (std::size_t k = i + 1; k < files.size(); ++k) {
            if (same_file(files[i].path, files[k].path)) {
                return fail(errc::usage,
                            files[i].what + " and " + files[k].what + " are the same file: " + files[k].path.string());
            }
        }
    }
    return {};
}

std::filesystem::path part_of(std::filesystem::path target) {
    target += ".part";
    return target;
}

Result<void> PartFile::open(std::filesystem::path const& target) {
    close();
    target_ = target;
    for (auto const& one : {target, path()}) {
        if (!is_ordinary(one)) return fail(errc::io, "cannot write " + one.string() + ": it is no ordinary file");
    }
    constexpr int flags = O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
    fd_ = ::open(path().c_str(), flags | O_CREAT | O_EXCL, S_IRUSR | S_IWUSR);
    made_ = fd_ >= 0;
    if (!made_ && errno == EEXIST) fd_ = ::open(path().c_str(), flags);
    if (fd_ >= 0 && ::fchmod(fd_, S_IRUSR | S_IWUSR) == 0) return {};
    int const cause = errno;
    close();
    return cannot_write(path(), cause);
}

Result<void> PartFile::lock() {
    struct stat held {};
    struct stat named {};
    bool const alone = ::flock(fd_, LOCK_EX | LOCK_NB) == 0;
    // Whoever had it may have given it its own name just now.
    bool const still = alone && ::fstat(fd_, &held) == 0 && ::stat(path().c_str(), &named) == 0 && held.st_ino == named.st_ino;
    return still ? Result<void>() : fail(errc::busy, "another import is writing " + path().string());
}

Result<void> PartFile::cut(std::uint64_t bytes) {
    bool const done = ::ftruncate(fd_, static_cast<off_t>(bytes)) == 0 && ::lseek(fd_, 0, SEEK_END) >= 0;
    return done ? Result<void>() : cannot_write(path(), errno);
}

Result<void> PartFile::write(std::string_view text) {
    while (!text.empty()) {
        ssize_t const written = ::write(fd_, text.data(), text.size());
        if (written < 0 && errno != EINTR) return cannot_write(path(), errno);
        text.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> PartFile::finish() {
    if (::fsync(fd_) != 0) return cannot_write(path(), errno);
    if (::rename(path().c_str(), target_.c_str()) != 0) return cannot_write(target_, errno);
    close();
    return sync_directory(target_.parent_path());
}

void PartFile::remove() {
    if (is_open()) ::unlink(path().c_str());
    close();
}

void PartFile::close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
}

}  // namespace cl::api::import
