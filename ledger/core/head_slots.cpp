// Encoding and strict decoding of one slot of the head file.
#include "ledger/core/head_slots.hpp"

#include "ledger/core/sha256.hpp"

#include <algorithm>

namespace cl::head {
namespace {

constexpr std::size_t generation_at = 8;
constexpr std::size_t length_at = 16;
constexpr std::size_t note_at = 20;
constexpr std::size_t checksum_bytes = 32;

void append_big_endian(std::uint64_t value, std::size_t bytes, std::string& out) {
    for (std::size_t i = bytes; i-- > 0;) {
        out.push_back(static_cast<char>((value >> (8 * i)) & 0xFFU));
    }
}

std::uint64_t read_big_endian(std::string_view bytes) {
    std::uint64_t value = 0;
    for (char const c : bytes) {
        value = (value << 8) | static_cast<unsigned char>(c);
    }
    return value;
}

bool all_zero(std::string_view bytes) noexcept {
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c == '\0'; });
}

}  // namespace

Result<std::string> encode(Slot const& slot) {
    if (slot.note.size() > note_bytes) {
        return fail(errc::too_large, "a checkpoint of " + std::to_string(slot.note.size()) + " bytes does not fit a head slot");
    }
    if (slot.generation == 0) {
        return fail(errc::invalid, "generations of the head file count from 1");
    }
    std::string out;
    out.reserve(slot_bytes);
    out.append(magic);
    append_big_endian(slot.generation, 8, out);
    append_big_endian(slot.note.size(), 4, out);
    out.append(slot.note);
    out.append(sha256(out).view());
    out.resize(slot_bytes, '\0');
    return out;
}

Result<Slot> decode(std::string_view bytes) {
    if (bytes.size() != slot_bytes || bytes.substr(0, magic.size()) != magic) {
        return fail(errc::store_corrupt, "not a head slot");
    }
    auto const length = static_cast<std::size_t>(read_big_endian(bytes.substr(length_at, 4)));
    if (length > note_bytes) {
        return fail(errc::store_corrupt, "head slot with an impossible length");
    }
    std::size_t const end = note_at + length;
    if (sha256(bytes.substr(0, end)).view() != bytes.substr(end, checksum_bytes)) {
        return fail(errc::store_corrupt, "head slot whose checksum does not match");
    }
    if (!all_zero(bytes.substr(end + checksum_bytes))) {
        return fail(errc::store_corrupt, "head slot with bytes behind its checksum");
    }
    Slot slot;
    slot.generation = read_big_endian(bytes.substr(generation_at, 8));
    slot.note = bytes.substr(note_at, length);
    if (slot.generation == 0) {
        return fail(errc::store_corrupt, "head slot of generation 0");
    }
    return slot;
}

bool never_written(std::string_view bytes) noexcept { return bytes.size() == slot_bytes && all_zero(bytes); }

}  // namespace cl::head
