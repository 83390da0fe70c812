#include "api/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace cl::api {

namespace {

class Descriptor {
public:
    /// Without waiting: what is behind the name may be a pipe.
    explicit Descriptor(std::filesystem::path const& path) : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
    ~Descriptor() {
        if (fd_ >= 0) {
            ::close(fd_);
        }
    }
    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;
    [[nodiscard]] int get() const noexcept { return fd_; }

private:
    int const fd_;
};

/// What group and others must not be able to do with a file.
struct Guard {
    mode_t bits = 0;
    char const* deed = "";
    char const* cure = "";
};

Result<std::string> read_checked(std::filesystem::path const& path, std::size_t most, Guard const& guard) {
    Descriptor const file(path);
    struct stat status {};
    if (file.get() < 0 || ::fstat(file.get(), &status) != 0) {
        return fail(errc::key_missing, "cannot read " + path.string());
    }
    if (!S_ISREG(status.st_mode)) {
        return fail(errc::usage, path.string() + " is no regular file");
    }
    if ((status.st_mode & guard.bits) != 0) {
        return fail(errc::key_missing,
                    "others can " + std::string(guard.deed) + " " + path.string() + ": chmod " + guard.cure + " it");
    }
    std::string text(most + 1, '\0');
    std::size_t have = 0;
    while (have < text.size()) {
        ssize_t const got = ::read(file.get(), text.data() + have, text.size() - have);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return fail(errc::key_missing, "cannot read " + path.string());
        }
        if (got == 0) {
            break;
        }
        have += static_cast<std::size_t>(got);
    }
    text.resize(have);
    if (text.size() > most) {
        return fail(errc::usage, path.string() + " is too large");
    }
    return text;
}

}  // namespace

Result<std::string> read_file(std::filesystem::path const& path, std::size_t most) {
    return read_checked(path, most, Guard{});
}

Result<std::string> read_trusted_file(std::filesystem::path const& path, std::size_t most) {
    return read_checked(path, most, Guard{S_IWGRP | S_IWOTH, "write", "go-w"});
}

Result<std::string> read_secret_file(std::filesystem::path const& path, std::size_t most) {
    return read_checked(path, most, Guard{S_IRWXG | S_IRWXO, "read", "600"});
}

}  // namespace cl::api
