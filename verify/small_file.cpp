#include "verify/small_file.hpp"

#include "ledger/core/sync.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace cl::verify {
namespace {

Error io_error(std::filesystem::path const& path, std::string_view what) {
    int const code = errno;
    return fail(code == ENOENT ? errc::not_found : errc::io,
                path.string() + ": cannot " + std::string(what) + ": " + std::generic_category().message(code));
}

Result<void> write_all(int fd, std::string_view content, std::filesystem::path const& path) {
    while (!content.empty()) {
        ssize_t const written = ::write(fd, content.data(), content.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return io_error(path, "write");
        }
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> write_new_file(std::filesystem::path const& path, std::string_view content) {
    FileDescriptor const file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644));
    if (file.get() < 0) {
        return io_error(path, "create");
    }
    CL_TRY(write_all(file.get(), content, path));
    if (::fsync(file.get()) != 0) {
        return io_error(path, "sync");
    }
    return {};
}

}  // namespace

FileDescriptor::FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
}

FileDescriptor::~FileDescriptor() {
    if (fd_ >= 0) {
        ::close(fd_);
    }
}

Result<FileDescriptor> open_regular(std::filesystem::path const& path) {
    FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (file.get() < 0) {
        return io_error(path, "open");
    }
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) {
        return io_error(path, "look at");
    }
    if (!S_ISREG(status.st_mode)) {
        return fail(errc::io, path.string() + " is not a regular file");
    }
    return file;
}

Result<std::string> read_at(FileDescriptor const& file, std::size_t offset, std::size_t count) {
    std::string out(count, '\0');
    std::size_t done = 0;
    while (done < count) {
        ssize_t const got = ::pread(file.get(), out.data() + done, count - done, static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return fail(errc::io, "reading failed: " + std::generic_category().message(errno));
        }
        if (got == 0) {
            break;
        }
        done += static_cast<std::size_t>(got);
    }
    out.resize(done);
    return out;
}

Result<std::size_t> size_of(FileDescriptor const& file) {
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) {
        return fail(errc::io, "reading failed: " + std::generic_category().message(errno));
    }
    return static_cast<std::size_t>(status.st_size);
}

Result<std::string> read_small_file(std::filesystem::path const& path, std::size_t most) {
    CL_TRY_ASSIGN(FileDescriptor const file, open_regular(path));
    CL_TRY_ASSIGN(std::string content, read_at(file, 0, most + 1));
    if (content.size() > most) {
        return fail(errc::too_large, path.string() + " is larger than such a file can be");
    }
    return content;
}

Result<void> replace_file(std::filesystem::path const& path, std::string_view content) {
    std::filesystem::path beside = path;
    beside += ".new-" + std::to_string(::getpid());
    if (auto written = write_new_file(beside, content); !written) {
        ::unlink(beside.c_str());
        return written;
    }
    if (::rename(beside.c_str(), path.c_str()) != 0) {
        auto failure = io_error(path, "replace");
        ::unlink(beside.c_str());
        return failure;
    }
    return sync_directory(path.parent_path());
}

}  // namespace cl::verify
