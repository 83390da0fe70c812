// The integrity findings: every way in which the bytes of a ledger can be wrong, with a stable id, and in words for somebody who is not
// an engineer. docs/verifier.md shows the same table (a test compares them).
//
// Threads: constant data, any thread.
#pragma once

#include "ledger/consent/rules.hpp"

#include <span>
#include <string_view>

namespace cl::verify {

struct CheckInfo {
    std::string_view id;       ///< `INT-005`; stable for ever, never reused
    std::string_view title;    ///< one line
    std::string_view meaning;  ///< what it means, in plain words
    std::string_view remedy;   ///< what to do about it
};

[[nodiscard]] std::span<CheckInfo const> all_checks() noexcept;
/// Null for an id that is not in the catalogue.
[[nodiscard]] CheckInfo const* find_check(std::string_view id) noexcept;

namespace check {
inline constexpr std::string_view not_an_entry = "INT-001";
inline constexpr std::string_view not_canonical = "INT-002";
inline constexpr std::string_view missing = "INT-003";
inline constexpr std::string_view misplaced = "INT-004";
inline constexpr std::string_view chain = "INT-005";
inline constexpr std::string_view time = "INT-006";
inline constexpr std::string_view account_count = "INT-007";
inline constexpr std::string_view contact_count = "INT-008";
inline constexpr std::string_view content = "INT-009";
inline constexpr std::string_view beginning = "INT-010";
inline constexpr std::string_view tile_differs = "INT-020";
inline constexpr std::string_view tile_missing = "INT-021";
inline constexpr std::string_view tile_beyond = "INT-022";
inline constexpr std::string_view signature = "INT-030";
inline constexpr std::string_view root = "INT-031";
inline constexpr std::string_view cut_off = "INT-032";
inline constexpr std::string_view trailer = "INT-033";
inline constexpr std::string_view unsigned_tail = "INT-034";
inline constexpr std::string_view head_damaged = "INT-035";
inline constexpr std::string_view fork = "INT-036";
inline constexpr std::string_view rollback = "INT-037";
inline constexpr std::string_view identity = "INT-038";
inline constexpr std::string_view key = "INT-039";
inline constexpr std::string_view store_damaged = "INT-050";
inline constexpr std::string_view schema = "INT-051";
inline constexpr std::string_view archive = "INT-060";
inline constexpr std::string_view file_digest = "INT-061";
inline constexpr std::string_view file_listing = "INT-062";
inline constexpr std::string_view manifest = "INT-063";
inline constexpr std::string_view scope = "INT-064";
inline constexpr std::string_view inclusion = "INT-065";
inline constexpr std::string_view consistency = "INT-066";
inline constexpr std::string_view issued = "INT-067";
inline constexpr std::string_view opening = "INT-068";
inline constexpr std::string_view opening_row = "INT-069";
inline constexpr std::string_view pseudonym = "INT-070";
inline constexpr std::string_view range = "INT-071";
inline constexpr std::string_view view = "INT-072";
inline constexpr std::string_view row = "INT-073";
}  // namespace check

/// The consent finding that only a replay can raise: intact bytes, but another state than these rules give (docs/verifier.md "What is checked").
[[nodiscard]] consent::RuleInfo const& state_rule() noexcept;
/// The other one: an export.issued that states what the ledger does not hold. The bytes are intact, and whoever may issue exports wrote it.
[[nodiscard]] consent::RuleInfo const& export_rule() noexcept;
/// A rule of the consent catalogue, state_rule() or export_rule(); null for an unknown id.
[[nodiscard]] consent::RuleInfo const* find_rule(std::string_view id) noexcept;

}  // namespace cl::verify
