// Private: the table of evidence kinds.
//
// Threads: constant data and pure functions, any thread.
#pragma once

#include "ledger/core/entry.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace cl::consent {

/// What a member of an item must be. `prose`: a text that a person wrote, which the screens look at, as at a `message`. `party`: a number, or an id such as a short code. `file`: {sha256, held_by, ref}.
enum class Field : std::uint8_t { id, text, prose, message, time, date, sha256, count, file, party };

struct FieldRule {
    std::string_view name;
    Field shape;
};

struct EvidenceRule {
    std::string_view kind;
    std::span<FieldRule const> fields;
    std::string_view own_time;  ///< the member that stands in for occurred_at
};

/// Null for a kind that is not in the table.
[[nodiscard]] EvidenceRule const* find_evidence(std::string_view kind) noexcept;
/// Nothing for a member that neither the kind nor all kinds have.
[[nodiscard]] std::optional<Field> find_field(EvidenceRule const& rule, std::string_view name) noexcept;

}  // namespace cl::consent
