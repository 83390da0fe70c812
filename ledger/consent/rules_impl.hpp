// Private: one function a rule, run from one table (rules.cpp). Each looks at the entry and at the states before it, and answers with
// at most one finding.
//
// Threads: pure functions, any thread.
#pragma once

#include "ledger/consent/pack.hpp"
#include "ledger/consent/rules.hpp"
#include "ledger/consent/state.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cl::consent {

/// What a rule judges: an entry about a contact, and the states before it.
struct Judged {
    Entry const& entry;
    Kind kind;
    Pack const& pack;
    AccountState const& account;
    ContactState const& contact;
    Millis key;
};

using Verdict = std::optional<Finding>;

/// The finding `id` about the judged entry. `what` names facts and ids, never a personal value.
[[nodiscard]] Finding finding(Judged const& judged, std::string_view id, Severity severity, std::string what = {});

/// Runs all rules, in the order of the catalogue.
[[nodiscard]] std::vector<Finding> judge(Judged const& judged);

// rules_consent.cpp
[[nodiscard]] Verdict opt_in_without_consent(Judged const& judged);     // CL-001
[[nodiscard]] Verdict agent_opt_in_after_stop(Judged const& judged);    // CL-002
[[nodiscard]] Verdict consent_record_incomplete(Judged const& judged);  // CL-003
[[nodiscard]] Verdict attestation_only(Judged const& judged);           // CL-005
[[nodiscard]] Verdict actor_unknown(Judged const& judged);              // CL-006
// rules_optout.cpp
[[nodiscard]] Verdict opt_out_late(Judged const& judged);  // CL-010
// rules_reoptin.cpp
[[nodiscard]] Verdict re_opt_in_without_message(Judged const& judged);   // CL-020
[[nodiscard]] Verdict re_opt_in_by_older_message(Judged const& judged);  // CL-021
[[nodiscard]] Verdict re_opt_in_by_stop(Judged const& judged);           // CL-022
[[nodiscard]] Verdict re_opt_in_not_applied(Judged const& judged);       // CL-023
// rules_block.cpp
[[nodiscard]] Verdict opt_in_while_blocked(Judged const& judged);   // CL-030
[[nodiscard]] Verdict message_while_blocked(Judged const& judged);  // CL-031
[[nodiscard]] Verdict block_not_opted_out(Judged const& judged);    // CL-032
[[nodiscard]] Verdict unblock_opted_in(Judged const& judged);       // CL-033
// rules_lists.cpp
[[nodiscard]] Verdict list_addition_after_opt_out(Judged const& judged);  // CL-045
// rules_time.cpp
[[nodiscard]] Verdict backdated(Judged const& judged);     // CL-070
[[nodiscard]] Verdict future_dated(Judged const& judged);  // CL-071

}  // namespace cl::consent
