// The files that an import writes beside the one that it reads. Each is written under another name, `FILE.part`, and has its own when it is whole:
// what stood in FILE is never lost to an import that did not end.
//
// Threads: one thread at a time.
#pragma once

#include "ledger/core/error.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace cl::api::import {

/// A file of the command line, and how the operator knows it.
struct Named {
    std::string what;
    std::filesystem::path path;
};

/// errc::usage where two of them are the same file: by another spelling, through links, or both yet to be made under one name.
[[nodiscard]] Result<void> all_different(std::vector<Named> const& files);

[[nodiscard]] std::filesystem::path part_of(std::filesystem::path target);

/// `FILE.part`, open for writing and for nobody else's eyes (mode 0600).
class PartFile {
public:
    PartFile() = default;
    PartFile(PartFile const&) = delete;
    PartFile& operator=(PartFile const&) = delete;
    ~PartFile() { close(); }

    /// Makes it, or opens the one that is there as it stands. errc::io where it or `target` is a folder, a link or a device, or cannot be written.
    [[nodiscard]] Result<void> open(std::filesystem::path const& target);
    /// Nobody else has it open like this. errc::busy.
    [[nodiscard]] Result<void> lock();
    [[nodiscard]] bool is_open() const noexcept { return fd_ >= 0; }
    /// It was not there before.
    [[nodiscard]] bool made() const noexcept { return made_; }
    [[nodiscard]] std::filesystem::path path() const { return part_of(target_); }
    [[nodiscard]] std::filesystem::path const& target() const noexcept { return target_; }

    /// Nothing of it is left behind the first `bytes`; what is written next stands there. errc::io.
    [[nodiscard]] Result<void> cut(std::uint64_t bytes);
    /// With the operating system when it returns. errc::io.
    [[nodiscard]] Result<void> write(std::string_view text);
    /// In place of the target, whole, and closed; on the disk before that, so that a power cut leaves the one or the other. errc::io.
    [[nodiscard]] Result<void> finish();
    /// Closed, and gone.
    void remove();
    void close();

private:
    int fd_ = -1;
    bool made_ = false;
    std::filesystem::path target_;
};

}  // namespace cl::api::import
