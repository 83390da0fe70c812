// How long a contact's record is needed: as long as consent is relied on, and after the last act that somebody may have to account for as
// long as the policy pack says (16 CFR 310.5; CL-062).
//
// Threads: pure, any thread.
#pragma once

#include "ledger/consent/pack.hpp"
#include "ledger/consent/state.hpp"
#include "ledger/core/error.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace cl::consent {

enum class Retention : std::uint8_t {
    nothing,  ///< no act on record that somebody may have to account for: there is no date from which to count
    in_use,   ///< opted in by consent that is on record: its evidence is relied on with each text, however old it is
    keep,
    due,     ///< not needed any more: may be erased
    held,    ///< a legal hold forbids it, whatever the date
    erased,  ///< and nothing recorded since
};

struct RetentionOf {
    Retention status = Retention::nothing;
    std::optional<Millis> last_act;    ///< newest_act of facts.hpp
    std::optional<Millis> keep_until;  ///< last_act and the pack's retention
};

/// `held`: a hold on the contact or its account is in force.
[[nodiscard]] RetentionOf retention_of(ContactState const& contact, Pack const& pack, bool held, Millis now) noexcept;

/// Why somebody of this status is not erased by a retention run; nothing for due. errc::hold, errc::refused_by_policy.
[[nodiscard]] std::optional<Error> not_due(RetentionOf const& found);

/// `in_use`; for reports, queries and the command line.
[[nodiscard]] std::string_view name(Retention status) noexcept;
[[nodiscard]] std::optional<Retention> retention_from(std::string_view text) noexcept;

}  // namespace cl::consent
