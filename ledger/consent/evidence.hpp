// Private: the kinds of evidence (docs/policy-packs.md "Evidence"), what an item may and must hold, and what it is worth.
//
// Threads: constant data and pure functions, any thread.
#pragma once

#include "ledger/consent/pack.hpp"
#include "ledger/core/entry.hpp"
#include "ledger/core/json.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cl::consent {

/// An item as posted: kind, shapes of its members, nothing unknown. `digest` is left to the service, `verified` to the server.
/// `fields` are the names present that are the kind's own; a recording or scan counts with its sha256 only. The time of an item
/// without `occurred_at` is the kind's own one (received_at, submitted_at, claimed_at). errc::invalid below `pointer`.
[[nodiscard]] Result<Evidence> parse_evidence(json::Value const& posted, std::string const& pointer);

/// CL-003: the fields that the pack requires of its kind and the item does not have, in the pack's order. Empty for a kind that this
/// revision of the rules does not know.
[[nodiscard]] std::vector<std::string> missing_fields(Evidence const& item, Pack const& pack);

/// The level of its kind as the pack has it (docs/policy-packs.md "Evidence"). `purpose` stands in where the item's scope
/// names none; `disclosure_named` is that of the entry.
[[nodiscard]] Level evidence_level(Evidence const& item, Pack const& pack, std::string_view purpose, bool disclosure_named);

/// Anything but an agent's own word (CL-001).
[[nodiscard]] bool is_consent_evidence(Evidence const& item) noexcept;
/// What lets an opt-in stand against an older opt-out that arrives later (docs/behaviour.md "What the sentences leave open"): neither a text
/// message nor an agent's own word.
[[nodiscard]] bool is_backing_evidence(Evidence const& item) noexcept;

}  // namespace cl::consent
