// Bytes of a file one piece after the other: of a file on disk, or of one within an archive.
//
// Threads: a stream belongs to one thread.
#pragma once

#include "verify/small_file.hpp"

#include <cstddef>
#include <string>

namespace cl::verify {

class ByteStream {
public:
    virtual ~ByteStream() = default;
    /// The next piece, at most a few hundred KiB; empty at the end. errc::io, and what the archive's form makes of it.
    [[nodiscard]] virtual Result<std::string> next() = 0;
};

/// A file on disk, from its start.
class FileStream final : public ByteStream {
public:
    explicit FileStream(FileDescriptor file) : file_(std::move(file)) {}
    [[nodiscard]] Result<std::string> next() override {
        constexpr std::size_t piece_bytes = 262'144;
        CL_TRY_ASSIGN(std::string piece, read_at(file_, offset_, piece_bytes));
        offset_ += piece.size();
        return piece;
    }

private:
    FileDescriptor file_;
    std::size_t offset_ = 0;
};

}  // namespace cl::verify
