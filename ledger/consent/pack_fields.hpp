// Private: the single values of a pack as a table: what the pack's JSON shows, and what an account may override, in which direction.
//
// Threads: constant data and pure functions, any thread.
#pragma once

#include "ledger/consent/pack.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace cl::consent {

/// Which way an override may go. What the law allows to be stricter may be made stricter; a pack names the fields that are `free`.
enum class Stricter : std::uint8_t {
    never,   ///< not overridable
    less,    ///< a smaller value is stricter: a shorter deadline
    more,    ///< a greater value is stricter: a longer retention
    sooner,  ///< less, where 0 means never
};

enum class FieldType : std::uint8_t { flag, number, choice };

struct PackField {
    std::string_view name;  ///< in the pack's JSON and in overrides; ends with the unit, if there is one
    FieldType type;
    Stricter stricter;
    std::int64_t least;  ///< of an override, in the field's unit; of a choice, an index
    std::int64_t most;
    std::span<std::string_view const> choices;  ///< from the mildest to the strictest
    std::int64_t (*get)(Pack const& pack);      ///< in the field's unit
    void (*set)(Pack& pack, std::int64_t value);
};

/// In the order of their names.
[[nodiscard]] std::span<PackField const> pack_fields() noexcept;
/// Null for a name that is no field.
[[nodiscard]] PackField const* find_pack_field(std::string_view name) noexcept;
/// Whether overriding `base` with `value` loosens nothing.
[[nodiscard]] bool no_looser(PackField const& field, std::int64_t base, std::int64_t value) noexcept;

}  // namespace cl::consent
