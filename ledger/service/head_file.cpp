#include "ledger/service/head_file.hpp"

#include "ledger/core/head_slots.hpp"
#include "ledger/core/limits.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace cl::service {
namespace {

Error io_error(std::string_view what) {
    return fail(errc::io, "head: cannot " + std::string(what) + ": " + std::generic_category().message(errno));
}

Result<std::string> read_all(int fd) {
    std::string bytes(head_slots::file_bytes, '\0');
    ssize_t const got = ::pread(fd, bytes.data(), bytes.size(), 0);
    if (got < 0) return io_error("read");
    bytes.resize(static_cast<std::size_t>(got));
    return bytes;
}

}  // namespace

Result<HeadFile::Content> HeadFile::read(std::filesystem::path const& path) {
    int const fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);  // a pipe is no head, and not waited for
    if (fd < 0 && errno == ENOENT) return Content{};
    if (fd < 0) return io_error("open");
    auto const bytes = read_all(fd);
    ::close(fd);
    if (!bytes) return bytes.error();
    auto slot = head_slots::newest(*bytes);
    if (!slot) return Content{HeadPresence::damaged, {}};
    return Content{HeadPresence::valid, std::move(slot->note)};
}

Result<void> HeadFile::make(std::filesystem::path const& path, std::string_view note) {
    CL_TRY_ASSIGN(HeadFile file, open(path));
    CL_TRY(file.write(note, 0));
    return file.sync(0);
}

Result<HeadFile> HeadFile::open(std::filesystem::path const& path) {
    int const fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) return io_error("open");
    HeadFile file(fd);
    CL_TRY_ASSIGN(auto const bytes, read_all(fd));
    if (auto const slot = head_slots::newest(bytes)) {
        file.generation_ = slot->generation;
        file.place_ = 1 - slot->place;
    }
    return file;
}

HeadFile::HeadFile(HeadFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      generation_(other.generation_),
      place_(other.place_),
      dirty_(other.dirty_),
      synced_at_(other.synced_at_) {}

HeadFile& HeadFile::operator=(HeadFile&& other) noexcept {
    std::swap(fd_, other.fd_);
    generation_ = other.generation_;
    place_ = other.place_;
    dirty_ = other.dirty_;
    synced_at_ = other.synced_at_;
    return *this;
}

HeadFile::~HeadFile() {
    if (fd_ >= 0) ::close(fd_);
}

Result<void> HeadFile::write(std::string_view note, Millis steady) {
    CL_TRY_ASSIGN(auto const slot, head_slots::encode(++generation_, note));
    auto const offset = static_cast<off_t>(place_) * static_cast<off_t>(head_slots::slot_bytes);
    if (::pwrite(fd_, slot.data(), slot.size(), offset) != static_cast<ssize_t>(slot.size())) return io_error("write");
    dirty_ = true;
    return sync_if_due(steady);
}

Result<void> HeadFile::sync_if_due(Millis steady) {
    if (synced_at_ && steady - *synced_at_ < limits::head_sync_ms) return {};
    return sync(steady);
}

Result<void> HeadFile::sync(Millis steady) {
    if (!dirty_) return {};
    if (::fdatasync(fd_) != 0) return io_error("sync");
    dirty_ = false;
    synced_at_ = steady;
    place_ = 1 - place_;
    return {};
}

}  // namespace cl::service
