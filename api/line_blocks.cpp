#include "api/line_blocks.hpp"

#include "ledger/core/limits.hpp"

#include <algorithm>
#include <utility>

namespace cl::api {

void LineBlocks::put(std::string_view bytes) {
    while (!bytes.empty()) {
        auto const end = bytes.find('\n');
        add(bytes.substr(0, end));
        if (end == std::string_view::npos) {
            return;
        }
        finish_line();
        bytes.remove_prefix(end + 1);
    }
}

void LineBlocks::end() {
    finish_line();
}

void LineBlocks::add(std::string_view part) {
    std::size_t const room = limits::stream_line_bytes + 1 - line_.size();
    line_.append(part.substr(0, room));
}

void LineBlocks::finish_line() {
    // Of a line that was cut nobody knows what stood behind.
    bool const cut = line_.size() > limits::stream_line_bytes;
    if (!cut && line_.find_first_not_of(" \t\r") == std::string::npos) {
        line_.clear();
        return;
    }
    bool const full = blocks_.empty() || blocks_.back().lines == blocks_.back().most ||
                      blocks_.back().text.size() >= limits::stream_step_bytes;
    if (full) {
        blocks_.push_back({{}, 0, lines_ < first_ ? std::min(items_, first_ - lines_) : items_});
    }
    Block& block = blocks_.back();
    block.text += line_;
    block.text += '\n';
    ++block.lines;
    ++lines_;
    held_ += line_.size() + 1;
    line_.clear();
}

std::string LineBlocks::take_block() {
    std::string text = std::move(blocks_.front().text);
    blocks_.pop_front();
    held_ -= text.size();
    return text;
}

}  // namespace cl::api
