// The file `head` of a data directory: the newest signed checkpoint, outside the databases, in two fixed slots (docs/promises.md "Head guard").
// The bytes alone: who writes and reads the file is elsewhere, and the verifier reads the same page.
//
// A slot: 8 bytes "CLHEAD01" | generation, 8 bytes big-endian | length of the note, 4 bytes big-endian | note | zeros up to 4064 |
// SHA-256 of all before it. The file is slot 0 and slot 1, 4096 bytes each. Two slots, so that a torn write spoils the newer alone.
//
// Threads: pure functions, any thread.
#pragma once

#include "ledger/core/error.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cl::head_slots {

inline constexpr std::size_t slot_bytes = 4096;
inline constexpr std::size_t file_bytes = 2 * slot_bytes;
inline constexpr std::size_t note_room = slot_bytes - 8 - 8 - 4 - 32;

struct Slot {
    std::uint64_t generation = 0;  ///< rises with every checkpoint written
    std::string note;
    int place = 0;  ///< 0 or 1
};

/// errc::too_large if the note does not fit.
[[nodiscard]] Result<std::string> encode(std::uint64_t generation, std::string_view note);

/// Slot `place` (0 or 1) of the file's bytes; nothing if it is not there, torn or altered.
[[nodiscard]] std::optional<Slot> slot_at(std::string_view file, int place);

/// The valid slot of the highest generation in the file's bytes (of any length); nothing if no slot is valid.
[[nodiscard]] std::optional<Slot> newest(std::string_view file);

}  // namespace cl::head_slots
