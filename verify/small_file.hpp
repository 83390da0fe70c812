// Files as the verifier handles them: small inputs that somebody hands over (keys, notes, the pin), and the one file that it writes.
//
// Threads: functions without state, any thread.
#pragma once

#include "ledger/core/error.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace cl::verify {

/// A descriptor that closes itself.
class FileDescriptor {
public:
    explicit FileDescriptor(int fd) noexcept : fd_(fd) {}
    FileDescriptor(FileDescriptor&& other) noexcept;
    FileDescriptor& operator=(FileDescriptor&& other) noexcept;
    FileDescriptor(FileDescriptor const&) = delete;
    FileDescriptor& operator=(FileDescriptor const&) = delete;
    ~FileDescriptor();
    [[nodiscard]] int get() const noexcept { return fd_; }

private:
    int fd_;
};

/// Opens a regular file for reading, never anything that could block (a pipe) or act (a device). errc::not_found if there is none,
/// errc::io otherwise.
[[nodiscard]] Result<FileDescriptor> open_regular(std::filesystem::path const& path);

/// `count` bytes from `offset` on, fewer at the end of the file. errc::io.
[[nodiscard]] Result<std::string> read_at(FileDescriptor const& file, std::size_t offset, std::size_t count);

/// Size in bytes. errc::io.
[[nodiscard]] Result<std::size_t> size_of(FileDescriptor const& file);

/// The whole file. errc::not_found, io, too_large above `most` bytes.
[[nodiscard]] Result<std::string> read_small_file(std::filesystem::path const& path, std::size_t most);

/// Writes beside the file, syncs, renames, syncs the directory: after a crash the old or the new content is there, whole. errc::io.
[[nodiscard]] Result<void> replace_file(std::filesystem::path const& path, std::string_view content);

}  // namespace cl::verify
