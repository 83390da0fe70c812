// A body of lines that arrives in pieces of any size, handed on in blocks of whole lines.
//
// Threads: belongs to one.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

namespace cl::api {

/// Lines without anything but spaces, tabs and carriage returns are dropped. A line that is longer than limits::stream_line_bytes is cut
/// one byte behind that, so that whoever reads it sees that it was too long; what is held stays bounded however long it goes on.
class LineBlocks {
public:
    /// `first`: no block goes across the end of the first so many lines (0: there is no such place); `items`: the most lines of one block, at least 1. A block
    /// ends with the line that fills limits::stream_step_bytes.
    LineBlocks(std::size_t first, std::size_t items) : first_(first), items_(items) {}

    void put(std::string_view bytes);
    /// The body is whole: what stands after the last line end is a line too.
    void end();

    [[nodiscard]] bool has_block() const noexcept { return !blocks_.empty(); }
    /// The next block, each line with its line end. Precondition: has_block().
    [[nodiscard]] std::string take_block();
    /// Bytes of whole lines that are held; the unfinished one comes on top, limits::stream_line_bytes and one at most.
    [[nodiscard]] std::size_t held() const noexcept { return held_; }
    /// Lines so far, without blank ones.
    [[nodiscard]] std::size_t lines() const noexcept { return lines_; }

private:
    struct Block {
        std::string text;
        std::size_t lines = 0;
        std::size_t most = 0;
    };
    void add(std::string_view part);
    void finish_line();

    std::size_t const first_;
    std::size_t const items_;
    std::deque<Block> blocks_;
    std::string line_;  ///< the one that has not ended yet
    std::size_t held_ = 0;
    std::size_t lines_ = 0;
};

}  // namespace cl::api
