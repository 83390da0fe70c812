#include "verify/line_reader.hpp"

#include <string_view>

namespace cl::verify {

Result<bool> LineReader::fill() {
    CL_TRY_ASSIGN(buffer_, stream_->next());
    used_ = 0;
    return !buffer_.empty();
}

Result<bool> LineReader::next(Line& line) {
    line = Line{};
    bool any = false;
    for (;;) {
        if (used_ == buffer_.size()) {
            CL_TRY_ASSIGN(bool const more, fill());
            if (!more) {
                return any;
            }
        }
        any = true;
        std::string_view const rest = std::string_view(buffer_).substr(used_);
        std::size_t const end = rest.find('\n');
        std::string_view const part = rest.substr(0, end);
        std::size_t const room = most_ - line.bytes.size();
        line.too_long = line.too_long || part.size() > room;
        line.bytes.append(part.substr(0, room));
        used_ += part.size();
        if (end != std::string_view::npos) {
            ++used_;
            line.ended = true;
            return true;
        }
    }
}

}  // namespace cl::verify
