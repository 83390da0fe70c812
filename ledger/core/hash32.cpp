// Hexadecimal and base64 with one spelling for each value: whatever decodes, encodes back to the same text.
#include "ledger/core/hash32.hpp"

#include <algorithm>
#include <cstring>

namespace cl {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t no_digit = 0xff;

/// Value of each byte as a digit of `alphabet`, or no_digit.
consteval std::array<std::uint8_t, 256> reverse(std::string_view alphabet) {
    std::array<std::uint8_t, 256> table{};
    table.fill(no_digit);
    for (std::size_t i = 0; i < alphabet.size(); ++i) {
        table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
    }
    return table;
}

constexpr auto hex_values = reverse(hex_digits);
constexpr auto base64_values = reverse(base64_digits);

std::uint8_t hex_value(char c) {
    return hex_values[static_cast<unsigned char>(c)];
}

std::uint8_t base64_value(char c) {
    return base64_values[static_cast<unsigned char>(c)];
}

Error bad_hex() {
    return fail(errc::malformed, "not lower-case hexadecimal");
}

Error bad_base64() {
    return fail(errc::malformed, "not canonical base64");
}

/// Writes hex.size() / 2 bytes; false unless every character is a digit.
bool decode_hex(std::string_view hex, char* out) {
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        auto const high = hex_value(hex[i]);
        auto const low = hex_value(hex[i + 1]);
        if (high == no_digit || low == no_digit) {
            return false;
        }
        *out++ = static_cast<char>(high << 4 | low);
    }
    return true;
}

}  // namespace

std::size_t Hash32Hasher::operator()(Hash32 const& hash) const noexcept {
    std::size_t value = 0;
    std::memcpy(&value, hash.bytes.data(), sizeof value);
    return value;
}

std::string to_hex(std::string_view bytes) {
    std::string out(bytes.size() * 2, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        auto const byte = static_cast<unsigned char>(bytes[i]);
        out[2 * i] = hex_digits[byte >> 4];
        out[2 * i + 1] = hex_digits[byte & 15];
    }
    return out;
}

std::string to_hex(Hash32 const& hash) {
    return to_hex(hash.view());
}

Result<std::string> from_hex(std::string_view hex) {
    std::string out(hex.size() / 2, '\0');
    if (hex.size() % 2 != 0 || !decode_hex(hex, out.data())) {
        return bad_hex();
    }
    return out;
}

Result<Hash32> hash_from_hex(std::string_view hex) {
    Hash32 hash;
    if (hex.size() != 64) {
        return fail(errc::malformed, "not 64 hexadecimal digits");
    }
    if (!decode_hex(hex, reinterpret_cast<char*>(hash.bytes.data()))) {
        return bad_hex();
    }
    return hash;
}

Result<Hash32> hash_from_bytes(std::string_view bytes) {
    Hash32 hash;
    if (bytes.size() != hash.bytes.size()) {
        return fail(errc::malformed, "not 32 bytes");
    }
    std::memcpy(hash.bytes.data(), bytes.data(), bytes.size());
    return hash;
}

std::string to_base64(std::string_view bytes) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::size_t const have = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k) {
            group = group << 8 | (k < have ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        }
        for (std::size_t k = 0; k < 4; ++k) {
            out += k <= have ? base64_digits[group >> (18 - 6 * k) & 63] : '=';
        }
    }
    return out;
}

Result<std::string> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) {
        return bad_base64();
    }
    std::size_t const padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    std::string_view const digits = text.substr(0, text.size() - padding);
    std::string out;
    out.reserve(text.size() / 4 * 3);
    std::uint32_t group = 0;
    int bits = 0;
    for (char const c : digits) {
        auto const value = base64_value(c);
        if (value == no_digit) {
            return bad_base64();
        }
        group = (group << 6 | value) & 0xffffff;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out += static_cast<char>(group >> bits & 0xff);
        }
    }
    // Bits that the padding leaves over must be zero, or one value would have several spellings.
    if ((group & ((1U << bits) - 1)) != 0) {
        return bad_base64();
    }
    return out;
}

}  // namespace cl
