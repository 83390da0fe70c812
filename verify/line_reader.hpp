// Lines of a file that somebody hands over, one at a time, however long they claim to be.
//
// Threads: a LineReader belongs to one thread.
#pragma once

#include "verify/byte_stream.hpp"

#include <cstddef>
#include <memory>
#include <string>

namespace cl::verify {

class LineReader {
public:
    /// What stood between two line ends.
    struct Line {
        std::string bytes;      ///< at most `most_`, without the line end
        bool too_long = false;  ///< the rest was passed over
        bool ended = false;     ///< a line end followed; only the last line can lack it
    };

    LineReader(std::unique_ptr<ByteStream> stream, std::size_t most) : stream_(std::move(stream)), most_(most) {}
    LineReader(FileDescriptor file, std::size_t most) : LineReader(std::make_unique<FileStream>(std::move(file)), most) {}

    /// False at the end of the file. Fails as the stream does.
    [[nodiscard]] Result<bool> next(Line& line);

private:
    [[nodiscard]] Result<bool> fill();

    std::unique_ptr<ByteStream> stream_;
    std::size_t most_;
    std::string buffer_;
    std::size_t used_ = 0;
};

}  // namespace cl::verify
