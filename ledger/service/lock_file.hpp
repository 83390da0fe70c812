// The lock of a data directory: one process writes. An flock on the file `lock`, which the kernel drops with the process, so that a
// crash never leaves a directory locked; the holder's process id stands in the file for the message.
//
// Threads: an object belongs to one thread at a time.
#pragma once

#include "ledger/core/error.hpp"

#include <filesystem>
#include <optional>

namespace cl::service {

class LockFile {
public:
    /// Creates the file if needed. errc::store_locked, naming the holder's process id, if another open of it holds the lock (in this
    /// process too); errc::io.
    [[nodiscard]] static Result<LockFile> take(std::filesystem::path const& path);
    /// The same lock, shared with others who only look: nobody takes it while the object lives, which should be an instant. The file is
    /// neither made nor written to. errc::store_locked as take; errc::io, above all if there is no file.
    [[nodiscard]] static Result<LockFile> share(std::filesystem::path const& path);
    /// The process that holds the lock, 0 if it has not written its id; nothing if nobody does. Takes nothing that outlasts the call.
    [[nodiscard]] static std::optional<int> holder(std::filesystem::path const& path);
    LockFile(LockFile&& other) noexcept;
    LockFile& operator=(LockFile&& other) noexcept;
    LockFile(LockFile const&) = delete;
    LockFile& operator=(LockFile const&) = delete;
    ~LockFile();

    /// Gives the lock back. Idempotent.
    void release() noexcept;

private:
    explicit LockFile(int fd) noexcept : fd_(fd) {}
    int fd_ = -1;
};

}  // namespace cl::service
