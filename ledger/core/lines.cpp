// Lines, decimal numbers and hashes of the C2SP texts.
#include "ledger/core/lines.hpp"

#include <charconv>

namespace cl {

std::optional<std::string_view> next_line(std::string_view& text) {
    std::size_t const end = text.find('\n');
    if (end == std::string_view::npos) {
        return std::nullopt;
    }
    std::string_view const line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

std::optional<merkle::Size> parse_size(std::string_view text) {
    merkle::Size value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    bool const whole = error == std::errc{} && end == text.data() + text.size();
    bool const one_spelling = text == "0" || text.find_first_of("-0") != 0;
    return whole && one_spelling ? std::optional(value) : std::nullopt;
}

std::optional<Hash32> parse_hash_line(std::string_view text) {
    auto const bytes = from_base64(text);
    if (!bytes) {
        return std::nullopt;
    }
    auto const hash = hash_from_bytes(*bytes);
    return hash ? std::optional(*hash) : std::nullopt;
}

}  // namespace cl
