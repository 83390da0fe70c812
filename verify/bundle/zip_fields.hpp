// Little-endian fields of a zip's headers, taken off the front of bytes that may be too short.
//
// Threads: belongs to one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace cl::verify::bundle {

class Fields {
public:
    explicit Fields(std::string_view bytes) : rest_(bytes) {}

    /// The next `count` bytes as a number, at most 8. 0 once they have run out: ok() tells.
    std::uint64_t number(std::size_t count) {
        std::uint64_t value = 0;
        std::string_view const field = bytes(count);
        for (std::size_t i = field.size(); i-- > 0;) value = value << 8 | static_cast<unsigned char>(field[i]);
        return value;
    }
    std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
    std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
    std::uint64_t u64() { return number(8); }
    std::string_view bytes(std::size_t count) {
        ok_ = ok_ && count <= rest_.size();
        if (!ok_) return {};
        std::string_view const field = rest_.substr(0, count);
        rest_.remove_prefix(count);
        return field;
    }
    [[nodiscard]] bool ok() const noexcept { return ok_; }
    [[nodiscard]] bool empty() const noexcept { return rest_.empty(); }

private:
    std::string_view rest_;
    bool ok_ = true;
};

/// The extra field of that id among a header's extra fields; nothing if there is none, or they are not well-formed.
inline std::optional<std::string_view> extra_field(std::string_view extra, std::uint16_t id) {
    Fields fields(extra);
    while (!fields.empty()) {
        std::uint16_t const found = fields.u16();
        std::uint16_t const size = fields.u16();
        std::string_view const value = fields.bytes(size);
        if (!fields.ok()) return std::nullopt;
        if (found == id) return value;
    }
    return std::nullopt;
}

inline constexpr std::uint16_t zip64_extra = 0x0001;
inline constexpr std::uint16_t other_name_extra = 0x7075;  ///< Info-ZIP: a name that replaces the one in the header
inline constexpr std::uint32_t in_zip64 = 0xffffffff;      ///< a 32-bit field whose value is in the extra field

}  // namespace cl::verify::bundle
