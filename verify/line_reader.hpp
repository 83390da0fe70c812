// Lines of a file that somebody hands over, one at a time, however long they claim to be.
//
// Threads: a LineReader belongs to one thread.
#pragma once

#include "verify/small_file.hpp"

#include <cstddef>
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

    LineReader(FileDescriptor file, std::size_t most) : file_(std::move(file)), most_(most) {}

    /// False at the end of the file. errc::io.
    [[nodiscard]] Result<bool> next(Line& line);

private:
    [[nodiscard]] Result<bool> fill();

    FileDescriptor file_;
    std::size_t most_;
    std::size_t offset_ = 0;
    std::string buffer_;
    std::size_t used_ = 0;
};

}  // namespace cl::verify
