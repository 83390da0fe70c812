// The policy pack: the choices of the rules that a jurisdiction or the source document makes. Data, passed in.
//
// Threads: constant data, any thread.
#pragma once

#include "ledger/core/clock.hpp"
#include "ledger/core/entry.hpp"

#include <string_view>

namespace cl::consent {

struct Pack {
    std::string_view name;
    std::int64_t rules;                 ///< revision of rules + keyword lists that produced a `state`
    bool added_is_opted_in;             ///< contact.added opts in (the source document's default)
    bool stop_clears_lists;             ///< S1, I6
    bool compliance_keyword_reopts_in;  ///< HELP and OPTOUT count as a new message (S2 read literally, T4)
    int revocation_business_days;       ///< 47 CFR 64.1200(a)(10)
    Millis optout_sla_ms;               ///< CL-010 medium above this
    Millis automatic_skew_ms;           ///< CL-070 for automatic kinds
    Millis manual_skew_ms;              ///< CL-070 for agents' acts
    Millis future_skew_ms;              ///< CL-071
    Millis confirmation_window_ms;      ///< 47 CFR 64.1200(a)(12): the one confirmation of an opt-out
    Millis retention_ms;                ///< CL-062: how long evidence is needed after the last act
    Millis certificate_claim_ms;        ///< CL-009: an unclaimed certificate is gone after this
    std::int64_t bulk_opt_ins;          ///< CL-077: so many opt-ins by one person …
    Millis bulk_window_ms;              ///< … within this time
};

/// The default pack `texting`: the source document's behaviour with US deadlines.
[[nodiscard]] Pack const& texting_pack() noexcept;
/// Null for a pack this program does not know (its entries' rules are then not evaluated).
[[nodiscard]] Pack const* find_pack(PolicyRef const& ref) noexcept;

}  // namespace cl::consent
