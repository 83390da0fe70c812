// The format of the file `head` (DESIGN.md 2): two fixed slots, each with a generation and a signed checkpoint, each with its own
// checksum, so that a write torn by a power cut destroys at most one of them. The service writes the file, the verifier reads it; both
// share this page and nothing else.
//
// A slot is 4,096 bytes:
//   8 bytes   magic "CLHEAD01"
//   8 bytes   generation, unsigned, big-endian, from 1, one more with every write
//   4 bytes   length n of the note, unsigned, big-endian
//   n bytes   the note (C2SP checkpoint)
//   32 bytes  SHA-256 of all the bytes before
//   zeros to the end
// Generation g stands in slot g % 2, at offset (g % 2) * 4096: a write never touches the newest slot. A slot that was never written is
// all zeros. The readable slot with the higher generation is the head.
//
// Threads: plain values and pure functions, any thread.
#pragma once

#include "ledger/core/error.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cl::head {

inline constexpr std::string_view magic = "CLHEAD01";
inline constexpr std::size_t slot_bytes = 4096;
inline constexpr std::size_t slots = 2;
inline constexpr std::size_t file_bytes = slot_bytes * slots;
/// The longest note that fits a slot.
inline constexpr std::size_t note_bytes = slot_bytes - 8 - 8 - 4 - 32;

struct Slot {
    std::uint64_t generation = 0;
    std::string note;
    friend bool operator==(Slot const&, Slot const&) = default;
};

/// Which slot a generation is written to, and where that slot starts in the file.
[[nodiscard]] constexpr std::size_t slot_of(std::uint64_t generation) noexcept {
    return static_cast<std::size_t>(generation % slots);
}
[[nodiscard]] constexpr std::size_t offset_of(std::uint64_t generation) noexcept {
    return slot_of(generation) * slot_bytes;
}

/// Exactly slot_bytes bytes. errc::too_large for a note that does not fit, errc::invalid for generation 0.
[[nodiscard]] Result<std::string> encode(Slot const& slot);

/// The inverse. `bytes` is one slot as read. errc::store_corrupt for anything that encode would not have written: torn, altered, cut off.
/// Whether the note is signed is not looked at.
[[nodiscard]] Result<Slot> decode(std::string_view bytes);

/// True for a slot that was never written.
[[nodiscard]] bool never_written(std::string_view bytes) noexcept;

}  // namespace cl::head
