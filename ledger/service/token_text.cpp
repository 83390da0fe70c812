#include "ledger/service/token_text.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace cl::service {
namespace {

constexpr std::string_view id_alphabet = "abcdefghijklmnopqrstuvwxyz234567";  // 32 letters: five bits of a byte, no bias
constexpr std::size_t id_chars = 10;
constexpr std::size_t secret_digits = 64;
constexpr std::size_t crc_digits = 8;

std::string crc_hex(std::string_view text) {
    std::uint32_t const crc = crc32(text);
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>((crc >> shift) & 0xff));
    return to_hex(bytes);
}

bool valid_token_id(std::string_view id) {
    auto const allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    return !id.empty() && id.size() <= 32 && std::all_of(id.begin(), id.end(), allowed);
}

}  // namespace

std::uint32_t crc32(std::string_view bytes) noexcept {
    std::uint32_t crc = 0xffffffffU;
    for (char const c : bytes) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (0xedb88320U & (0U - (crc & 1U)));
    }
    return ~crc;
}

TokenText new_token_text(Random& random) {
    std::array<std::uint8_t, id_chars> letters{};
    random.fill(letters);
    TokenText token;
    for (std::uint8_t const letter : letters) token.id.push_back(id_alphabet[letter % id_alphabet.size()]);
    token.secret = std::string(random_hash(random).view());
    return token;
}

std::string to_text(TokenText const& token) {
    std::string text = "cl_" + token.id + "_" + to_hex(token.secret);
    text += crc_hex(text);
    return text;
}

Result<TokenText> parse_token_text(std::string_view text) {
    Error const malformed = fail(errc::unauthorized, "not a token of this service");
    std::size_t const tail = 1 + secret_digits + crc_digits;
    if (!text.starts_with("cl_") || text.size() <= 3 + tail) return malformed;
    std::string_view const id = text.substr(3, text.size() - 3 - tail);
    std::string_view const rest = text.substr(3 + id.size());
    if (!valid_token_id(id) || rest.front() != '_') return malformed;
    if (crc_hex(text.substr(0, text.size() - crc_digits)) != text.substr(text.size() - crc_digits)) {
        return fail(errc::unauthorized, "the token is incomplete or mistyped: its checksum does not fit");
    }
    auto secret = from_hex(rest.substr(1, secret_digits));
    if (!secret) return malformed;
    return TokenText{std::string(id), std::move(*secret)};
}

}  // namespace cl::service
