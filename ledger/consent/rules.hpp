// The findings: what is wrong with a consent history, each with its law. The catalogue is data; the conditions live in rules_*.cpp
// and are run by apply() on append and on replay alike.
//
// Threads: constant data and plain values, any thread.
#pragma once

#include "ledger/core/entry.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cl::consent {

enum class Severity : std::uint8_t { info, low, medium, high, critical };
[[nodiscard]] std::string_view name(Severity severity) noexcept;
[[nodiscard]] std::optional<Severity> severity_from(std::string_view text) noexcept;

struct RuleInfo {
    std::string_view id;         ///< `CL-001`; stable for ever
    std::string_view title;      ///< one line for a person who is not an engineer
    Severity severity;           ///< the highest it is raised with
    std::string_view citation;   ///< source sentence (S-number), law, or practice; [S]/[M] marks kept in words
    std::string_view condition;  ///< exactly when it is raised
    std::string_view remedy;     ///< what to do about it
};
[[nodiscard]] std::span<RuleInfo const> all_rules() noexcept;
/// Null for an id that is not in the catalogue.
[[nodiscard]] RuleInfo const* find_rule(std::string_view id) noexcept;

/// Whether Finding::what, which names the evidence that was incomplete, decides what cures the rule's findings (CL-003, CL-004). Who keeps
/// open findings in a form of its own keeps it for these.
[[nodiscard]] bool cured_by_what(std::string_view rule) noexcept;

struct Finding {
    std::string id;  ///< `CL-001`
    Severity severity{};
    Seq seq = 0;       ///< the entry that it is about
    std::string what;  ///< the facts of this case, no personal value; may be empty
    friend bool operator==(Finding const&, Finding const&) = default;
};

/// A finding that a later entry cured.
struct Closed {
    std::string id;
    Seq seq = 0;  ///< as in the Finding
    Seq by = 0;   ///< the entry that cured it
    friend bool operator==(Closed const&, Closed const&) = default;
};

}  // namespace cl::consent
