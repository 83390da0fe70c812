#include "ledger/service/new_files.hpp"

#include "ledger/core/sha256_stream.hpp"
#include "ledger/core/sync.hpp"
#include "ledger/service/data_dir.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <functional>
#include <system_error>
#include <utility>
#include <vector>

namespace cl::service {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t block = 1 << 20;

Error io_error(std::string_view doing, fs::path const& path) {
    return fail(errc::io, std::string(doing) + " " + path.string() + ": " + std::generic_category().message(errno));
}

/// A descriptor that closes itself.
class File {
public:
    explicit File(int fd) noexcept : fd_(fd) {}
    File(File const&) = delete;
    File& operator=(File const&) = delete;
    ~File() {
        if (fd_ >= 0) ::close(fd_);
    }
    [[nodiscard]] int get() const noexcept { return fd_; }

private:
    int fd_;
};

Result<void> write_all(int fd, std::string_view bytes, fs::path const& path) {
    while (!bytes.empty()) {
        ssize_t const written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return io_error("writing", path);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

int create(fs::path const& path, unsigned mode) {
    return ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
}

/// Hands a regular file's content over in blocks.
Result<void> read_blocks(fs::path const& path, std::function<Result<void>(std::string_view)> const& take) {
    File const file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct ::stat status {};
    if (file.get() < 0 || ::fstat(file.get(), &status) != 0) return io_error("reading", path);
    if (!S_ISREG(status.st_mode)) return fail(errc::io, path.string() + " is not a regular file");
    std::vector<char> buffer(block);
    for (;;) {
        ssize_t const got = ::read(file.get(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return io_error("reading", path);
        if (got == 0) return {};
        CL_TRY(take({buffer.data(), static_cast<std::size_t>(got)}));
    }
}

}  // namespace

Result<void> write_new_file(fs::path const& path, std::string_view bytes, unsigned mode) {
    File const file(create(path, mode));
    if (file.get() < 0) return io_error("creating", path);
    return write_all(file.get(), bytes, path);
}

Result<Hash32> copy_new_file(fs::path const& from, fs::path const& to) {
    File const file(create(to, 0600));
    if (file.get() < 0) return io_error("creating", to);
    Sha256 digest;
    CL_TRY(read_blocks(from, [&](std::string_view bytes) -> Result<void> {
        digest.add(bytes);
        return write_all(file.get(), bytes, to);
    }));
    return digest.end();
}

Result<Hash32> digest_of_file(fs::path const& path) {
    Sha256 digest;
    CL_TRY(read_blocks(path, [&](std::string_view bytes) -> Result<void> {
        digest.add(bytes);
        return {};
    }));
    return digest.end();
}

Result<std::string> read_small_file(fs::path const& path, std::size_t most_bytes) {
    std::string content;
    CL_TRY(read_blocks(path, [&](std::string_view bytes) -> Result<void> {
        if (content.size() + bytes.size() > most_bytes) return fail(errc::too_large, path.string() + " is too large");
        content += bytes;
        return {};
    }));
    return content;
}

Result<void> sync_file_system(fs::path const& dir) {
    File const file(::open(dir.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (file.get() < 0 || ::syncfs(file.get()) != 0) return io_error("syncing", dir);
    return {};
}

Result<void> make_private_directory(fs::path const& path) {
    if (::mkdir(path.c_str(), 0700) != 0) return io_error("making", path);
    return {};
}

void remove_empty_wal(fs::path const& database) {
    std::error_code ignored;
    if (wal_bytes(database) > 0) return;
    fs::remove(fs::path(database) += "-wal", ignored);
    fs::remove(fs::path(database) += "-shm", ignored);
}

PartDirectory::PartDirectory(fs::path target) : target_(std::move(target)), part_(target_) {
    part_ += ".part";
}

Result<fs::path> place_of(fs::path const& named) {
    std::error_code error;
    fs::path place = fs::absolute(named, error);
    while (place.has_relative_path() && (!place.has_filename() || place.filename() == "."))
        place = place.parent_path();  // "dir/" is dir
    if (!error && place.filename() == "..") place = fs::canonical(place, error);
    fs::path const parent = error ? fs::path() : fs::canonical(place.parent_path(), error);
    if (error) return fail(errc::io, "naming " + named.string() + ": " + error.message());
    return parent / place.filename();
}

Result<PartDirectory> PartDirectory::make(fs::path const& named) {
    CL_TRY_ASSIGN(fs::path target, place_of(named));
    std::error_code error;
    struct ::stat own {};
    struct ::stat around {};
    bool const mounted =
        ::stat(target.c_str(), &own) == 0 && ::stat(target.parent_path().c_str(), &around) == 0 && own.st_dev != around.st_dev;
    if (mounted) return fail(errc::io, target.string() + " is where a volume is mounted; name a directory in it");
    auto const there = fs::symlink_status(target, error);
    if (fs::exists(there) && !(fs::is_directory(there) && fs::is_empty(target, error) && !error)) {
        return fail(errc::io, target.string() + " is there already; nothing is written over it");
    }
    PartDirectory made(std::move(target));
    if (::mkdir(made.part_.c_str(), 0700) != 0) {
        Error why = io_error("making", made.part_);
        if (errno == EEXIST) why.detail += "; an earlier run was interrupted: remove it";
        made.part_.clear();
        return why;
    }
    return made;
}

PartDirectory::PartDirectory(PartDirectory&& other) noexcept
    : target_(std::move(other.target_)), part_(std::exchange(other.part_, {})) {}

PartDirectory::~PartDirectory() {
    std::error_code ignored;
    if (!part_.empty()) fs::remove_all(part_, ignored);
}

Result<void> PartDirectory::keep() {
    CL_TRY(sync_file_system(part_));
    if (::rename(part_.c_str(), target_.c_str()) != 0) return io_error("naming", target_);
    auto synced = sync_directory(target_.parent_path());
    if (synced) {
        part_.clear();
        return {};
    }
    // A power cut might take the name back: what cannot be promised is not left there.
    Error why = synced.error();
    if (::rename(target_.c_str(), part_.c_str()) != 0) {
        why.detail += "; " + target_.string() + " is whole, but a power cut may undo its name";
        part_.clear();
    }
    return why;
}

}  // namespace cl::service
