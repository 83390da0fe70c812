// C2SP signed-note: keys, signature lines and the text above them. Strict where golang.org/x/mod/sumdb/note is: what we accept, it
// accepts.
#include "ledger/core/note.hpp"

#include "ledger/core/json.hpp"
#include "ledger/core/keys.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/core/sha256.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>

namespace cl::note {
namespace {

constexpr std::string_view line_start = "\xe2\x80\x94 ";  // an em dash and a space
constexpr char ed25519_type = '\x01';
constexpr std::size_t id_bytes = 4;

Error malformed(std::string why) {
    return fail(errc::note_malformed, std::move(why));
}

std::string_view raw(std::array<std::uint8_t, 32> const& key) {
    return {reinterpret_cast<char const*>(key.data()), key.size()};
}

/// Unicode White_Space, as UTF-8. None of these sequences can begin inside another character.
bool has_space(std::string_view text) {
    constexpr std::array<std::string_view, 25> spaces = {
        "\t",           "\n",           "\v",           "\f",           "\r",           " ",
        "\xc2\x85",     "\xc2\xa0",     "\xe1\x9a\x80", "\xe2\x80\x80", "\xe2\x80\x81", "\xe2\x80\x82",
        "\xe2\x80\x83", "\xe2\x80\x84", "\xe2\x80\x85", "\xe2\x80\x86", "\xe2\x80\x87", "\xe2\x80\x88",
        "\xe2\x80\x89", "\xe2\x80\x8a", "\xe2\x80\xa8", "\xe2\x80\xa9", "\xe2\x80\xaf", "\xe2\x81\x9f",
        "\xe3\x80\x80"};
    return std::any_of(spaces.begin(), spaces.end(),
                       [text](std::string_view space) { return text.find(space) != std::string_view::npos; });
}

bool valid_name(std::string_view name) {
    return !name.empty() && json::valid_utf8(name) && !has_space(name) && name.find('+') == std::string_view::npos;
}

std::uint32_t big_endian_32(std::string_view bytes) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < id_bytes; ++i) {
        value = value << 8 | static_cast<unsigned char>(bytes[i]);
    }
    return value;
}

std::string id_raw(std::uint32_t id) {
    std::string out;
    for (int shift = 24; shift >= 0; shift -= 8) {
        out += static_cast<char>(id >> shift & 0xff);
    }
    return out;
}

/// First four bytes of SHA-256(name 0x0A type key).
std::uint32_t key_id(std::string_view name, std::array<std::uint8_t, 32> const& key) {
    return big_endian_32(sha256({name, "\n", std::string_view(&ed25519_type, 1), raw(key)}).view());
}

std::optional<Signature> parse_line(std::string_view line) {
    if (!line.starts_with(line_start)) {
        return std::nullopt;
    }
    line.remove_prefix(line_start.size());
    std::size_t const space = line.find(' ');
    if (space == std::string_view::npos || !valid_name(line.substr(0, space))) {
        return std::nullopt;
    }
    auto const bytes = from_base64(line.substr(space + 1));
    if (!bytes || bytes->size() <= id_bytes) {
        return std::nullopt;
    }
    return Signature{std::string(line.substr(0, space)), big_endian_32(*bytes), bytes->substr(id_bytes)};
}

}  // namespace

Result<VerifierKey> make_key(std::string_view name, std::array<std::uint8_t, 32> const& key) {
    if (!valid_name(name)) {
        return fail(errc::invalid, "a key's name is UTF-8 without white space and '+', and not empty");
    }
    return VerifierKey{std::string(name), key_id(name, key), key};
}

std::string to_vkey(VerifierKey const& key) {
    return key.name + "+" + to_hex(id_raw(key.id)) + "+" + to_base64(ed25519_type + std::string(raw(key.key)));
}

Result<VerifierKey> parse_vkey(std::string_view text) {
    std::size_t const first = text.find('+');
    std::size_t const second = first == std::string_view::npos ? first : text.find('+', first + 1);
    if (second == std::string_view::npos) {
        return malformed("a verifier key is <name>+<key id>+<base64>");
    }
    auto const id = from_hex(text.substr(first + 1, second - first - 1));
    auto const key = from_base64(text.substr(second + 1));
    if (!id || id->size() != id_bytes || !key || key->size() != 33 || key->front() != ed25519_type) {
        return malformed("not an Ed25519 verifier key");
    }
    VerifierKey out{std::string(text.substr(0, first)), big_endian_32(*id), {}};
    std::copy(key->begin() + 1, key->end(), out.key.begin());
    if (!valid_name(out.name) || out.id != key_id(out.name, out.key)) {
        return malformed("the verifier key's id does not belong to its name and key");
    }
    return out;
}

std::string sign(std::string_view text, std::string_view name, Signer const& signer) {
    if (!text.ends_with('\n') || !valid_name(name)) {
        throw std::logic_error("a note's text ends with a newline, and its signer has a name");
    }
    auto const signature = signer.sign(text);
    std::string payload = id_raw(key_id(name, signer.public_key()));
    payload.append(reinterpret_cast<char const*>(signature.data()), signature.size());
    std::string out(text);
    out += '\n';
    out += line_start;
    out += name;
    return out + " " + to_base64(payload) + "\n";
}

Result<Note> parse(std::string_view note) {
    if (note.size() > limits::note_bytes) {
        return malformed("the note is too long");
    }
    auto const is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; };
    if (!json::valid_utf8(note) || std::any_of(note.begin(), note.end(), is_control)) {
        return malformed("a note is UTF-8 without control characters");
    }
    std::size_t const blank = note.rfind("\n\n");
    if (blank == std::string_view::npos) {
        return malformed("the note has no blank line");
    }
    Note out{std::string(note.substr(0, blank + 1)), {}};
    std::string_view lines = note.substr(blank + 2);
    if (!lines.ends_with('\n')) {
        return malformed("the note has no signature line, or does not end with a newline");
    }
    while (!lines.empty()) {
        std::size_t const end = lines.find('\n');
        auto signature = parse_line(lines.substr(0, end));
        if (!signature) {
            return malformed("a line below the note's text is no signature");
        }
        if (out.signatures.size() == limits::note_signatures) {
            return malformed("the note has too many signatures");
        }
        out.signatures.push_back(std::move(*signature));
        lines.remove_prefix(end + 1);
    }
    return out;
}

Result<void> verify(Note const& note, std::vector<VerifierKey> const& keys) {
    bool verified = false;
    for (Signature const& signature : note.signatures) {
        for (VerifierKey const& key : keys) {
            if (key.name != signature.name || key.id != signature.id) {
                continue;
            }
            if (!ed25519_verify(note.text, signature.bytes, key.key)) {
                return fail(errc::signature_invalid, "the signature of a known key does not verify");
            }
            verified = true;
        }
    }
    if (!verified) {
        return fail(errc::signature_invalid, "no signature is by a known key");
    }
    return {};
}

}  // namespace cl::note
