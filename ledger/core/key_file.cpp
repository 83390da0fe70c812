// The files that hold the secrets. Opened without following links and checked by their handle, so that what is checked is what is
// read; synced with their directory, because a key lost in a power cut takes the ledger with it.
#include "ledger/core/keys.hpp"
#include "ledger/core/sync.hpp"

#include <sodium.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace cl {
namespace {

constexpr std::size_t key_bytes = 32;

/// A file descriptor that closes itself.
class File {
public:
    File(std::filesystem::path const& path, int flags, mode_t mode = 0) : fd_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
    File(File const&) = delete;
    File& operator=(File const&) = delete;
    ~File() {
        if (fd_ >= 0) {
            ::close(fd_);
        }
    }
    [[nodiscard]] bool is_open() const { return fd_ >= 0; }
    [[nodiscard]] int fd() const { return fd_; }

private:
    int fd_;
};

/// Key material on the stack, wiped when it goes out of scope.
struct Wiped {
    std::array<std::uint8_t, key_bytes + 1> bytes{};
    Wiped() = default;
    Wiped(Wiped const&) = delete;
    Wiped& operator=(Wiped const&) = delete;
    ~Wiped() { sodium_memzero(bytes.data(), bytes.size()); }
};

Error system_failure(std::string_view what, std::filesystem::path const& path) {
    int const cause = errno;
    return fail(errc::io, std::string(what) + " " + path.string() + ": " + std::system_category().message(cause));
}

bool write_all(int fd, std::span<std::uint8_t const> bytes) {
    while (!bytes.empty()) {
        ssize_t const written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR) {
            return false;
        }
        bytes = bytes.subspan(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
    return true;
}

/// Number of bytes read, at most out.size(); negative on failure.
ssize_t read_up_to(int fd, std::span<std::uint8_t> out) {
    std::size_t have = 0;
    while (have < out.size()) {
        ssize_t const got = ::read(fd, out.data() + have, out.size() - have);
        if (got == 0) {
            break;
        }
        if (got < 0 && errno != EINTR) {
            return -1;
        }
        have += got < 0 ? 0 : static_cast<std::size_t>(got);
    }
    return static_cast<ssize_t>(have);
}

Result<void> write_and_sync(std::filesystem::path const& path, std::span<std::uint8_t const> bytes) {
    {
        File const file(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, S_IRUSR | S_IWUSR);
        if (!file.is_open()) {
            return system_failure("cannot create", path);
        }
        // The mode given to open() is cut by the umask only; this makes it exact.
        if (::fchmod(file.fd(), S_IRUSR | S_IWUSR) != 0 || !write_all(file.fd(), bytes) || ::fsync(file.fd()) != 0) {
            Error failure = system_failure("cannot write", path);
            ::unlink(path.c_str());
            return failure;
        }
    }
    return sync_directory(path.parent_path());
}

}  // namespace

Result<void> create_key_file(std::filesystem::path const& path, Random& random) {
    Wiped key;
    std::span<std::uint8_t> const secret(key.bytes.data(), key_bytes);
    random.fill(secret);
    return write_and_sync(path, secret);
}

Result<SecretBytes> read_key_file(std::filesystem::path const& path) {
    // O_NONBLOCK: opening a pipe that somebody put there must not wait for its other end.
    File const file(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    if (!file.is_open()) {
        if (errno == ENOENT) {
            return fail(errc::key_missing, "there is no key file " + path.string());
        }
        if (errno == ELOOP) {
            return fail(errc::key_mismatch, "the key file is a symbolic link: " + path.string());
        }
        return system_failure("cannot open", path);
    }
    struct stat info {};
    if (::fstat(file.fd(), &info) != 0) {
        return system_failure("cannot examine", path);
    }
    if (!S_ISREG(info.st_mode)) {
        return fail(errc::key_mismatch, "the key file is not a regular file: " + path.string());
    }
    if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return fail(errc::key_mismatch, "the key file is open to others than its owner (chmod 600): " + path.string());
    }
    Wiped key;
    ssize_t const size = read_up_to(file.fd(), key.bytes);
    if (size < 0) {
        return system_failure("cannot read", path);
    }
    if (size != static_cast<ssize_t>(key_bytes)) {
        return fail(errc::key_mismatch, "the key file does not hold exactly 32 bytes: " + path.string());
    }
    return SecretBytes(std::span<std::uint8_t const>(key.bytes.data(), key_bytes));
}

}  // namespace cl
