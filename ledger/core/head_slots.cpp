#include "ledger/core/head_slots.hpp"

#include "ledger/core/sha256.hpp"

namespace cl::head_slots {
namespace {

constexpr std::string_view magic = "CLHEAD01";
constexpr std::size_t body_bytes = slot_bytes - 32;

void put(std::uint64_t value, int bytes, std::string& out) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out.push_back(static_cast<char>((value >> shift) & 0xff));
}

std::uint64_t get(std::string_view bytes) {
    std::uint64_t value = 0;
    for (char const c : bytes) value = (value << 8) | static_cast<unsigned char>(c);
    return value;
}

std::optional<Slot> decode(std::string_view slot, int place) {
    if (slot.size() != slot_bytes || !slot.starts_with(magic)) return std::nullopt;
    if (sha256(slot.substr(0, body_bytes)).view() != slot.substr(body_bytes)) return std::nullopt;
    std::uint64_t const length = get(slot.substr(16, 4));
    if (length > note_room) return std::nullopt;
    return Slot{get(slot.substr(8, 8)), std::string(slot.substr(20, static_cast<std::size_t>(length))), place};
}

}  // namespace

Result<std::string> encode(std::uint64_t generation, std::string_view note) {
    if (note.size() > note_room) return fail(errc::too_large, "the checkpoint does not fit the head file");
    std::string slot(magic);
    put(generation, 8, slot);
    put(note.size(), 4, slot);
    slot.append(note);
    slot.resize(body_bytes, '\0');
    slot.append(sha256(slot).view());
    return slot;
}

std::optional<Slot> slot_at(std::string_view file, int place) {
    std::size_t const offset = static_cast<std::size_t>(place) * slot_bytes;
    if (file.size() < offset + slot_bytes) return std::nullopt;
    return decode(file.substr(offset, slot_bytes), place);
}

std::optional<Slot> newest(std::string_view file) {
    std::optional<Slot> best;
    for (int place = 0; place < 2; ++place) {
        auto slot = slot_at(file, place);
        if (slot && (!best || slot->generation > best->generation)) best = std::move(slot);
    }
    return best;
}

}  // namespace cl::head_slots
