// The check that text is UTF-8. Done once, before anything looks at the text: what follows may rely on it.
#include "ledger/core/json.hpp"

#include <cstring>

namespace cl::json {
namespace {

/// Length of the well-formed sequence at the front (Unicode table 3-7), 0 where there is none.
std::size_t sequence_length(unsigned char const* p, std::size_t available) {
    auto const continues = [p, available](std::size_t count) {
        if (available <= count) {
            return false;
        }
        for (std::size_t i = 1; i <= count; ++i) {
            if ((p[i] & 0xc0) != 0x80) {
                return false;
            }
        }
        return true;
    };
    if (p[0] < 0x80) {
        return 1;
    }
    if (p[0] >= 0xc2 && p[0] <= 0xdf) {
        return continues(1) ? 2 : 0;
    }
    if ((p[0] & 0xf0) == 0xe0 && continues(2)) {
        bool const overlong = p[0] == 0xe0 && p[1] < 0xa0;
        bool const surrogate = p[0] == 0xed && p[1] >= 0xa0;
        return overlong || surrogate ? 0 : 3;
    }
    if (p[0] >= 0xf0 && p[0] <= 0xf4 && continues(3)) {
        bool const overlong = p[0] == 0xf0 && p[1] < 0x90;
        bool const beyond = p[0] == 0xf4 && p[1] >= 0x90;
        return overlong || beyond ? 0 : 4;
    }
    return 0;
}

}  // namespace

bool valid_utf8(std::string_view text) noexcept {
    return valid_utf8_prefix(text) == text.size();
}

std::size_t valid_utf8_prefix(std::string_view text) noexcept {
    constexpr std::uint64_t high_bits = 0x8080808080808080;
    auto const* p = reinterpret_cast<unsigned char const*>(text.data());
    std::size_t left = text.size();
    while (left > 0) {
        std::uint64_t word = high_bits;
        if (left >= sizeof word) {
            std::memcpy(&word, p, sizeof word);
        }
        // Eight ASCII characters at a time; nearly all of our text is nothing else.
        std::size_t const step = (word & high_bits) == 0 ? sizeof word : sequence_length(p, left);
        if (step == 0) {
            break;
        }
        p += step;
        left -= step;
    }
    return text.size() - left;
}

}  // namespace cl::json
