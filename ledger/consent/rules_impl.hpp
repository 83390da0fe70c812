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

/// Runs all rules that judge by the states before the entry, in the order of the catalogue.
[[nodiscard]] std::vector<Finding> judge(Judged const& judged);
/// Adds what is judged by the state after the entry, which `judged.contact` is here.
void judge_after(Judged const& judged, std::vector<Finding>& raised);

// rules_consent.cpp
[[nodiscard]] Verdict opt_in_without_consent(Judged const& judged);   // CL-001
[[nodiscard]] Verdict agent_opt_in_after_stop(Judged const& judged);  // CL-002
[[nodiscard]] Verdict attestation_only(Judged const& judged);         // CL-005
[[nodiscard]] Verdict actor_unknown(Judged const& judged);            // CL-006
[[nodiscard]] Verdict consent_expired(Judged const& judged);          // CL-060
[[nodiscard]] Verdict number_reassigned(Judged const& judged);        // CL-061
// rules_evidence.cpp
[[nodiscard]] Verdict consent_record_incomplete(Judged const& judged);  // CL-003
[[nodiscard]] Verdict evidence_without_digest(Judged const& judged);    // CL-004
[[nodiscard]] Verdict consent_scope_too_narrow(Judged const& judged);   // CL-007
[[nodiscard]] Verdict certificate_unclaimed(Judged const& judged);      // CL-009
[[nodiscard]] Verdict stale_disclosure(Judged const& judged);           // CL-079
/// A file that somebody holds and that nothing in the item fixes (CL-004).
[[nodiscard]] bool lacks_digest(Evidence const& item);
/// The kinds of evidence that the text of a CL-003 or CL-004 speaks of.
[[nodiscard]] std::vector<std::string> lacking_kinds(std::string_view what);
// rules_optout.cpp
[[nodiscard]] Verdict opt_out_late(Judged const& judged);           // CL-010
[[nodiscard]] Verdict opt_out_without_basis(Judged const& judged);  // CL-014
[[nodiscard]] Verdict revocation_missed(Judged const& judged);      // CL-015
// rules_reoptin.cpp
[[nodiscard]] Verdict re_opt_in_without_message(Judged const& judged);        // CL-020
[[nodiscard]] Verdict re_opt_in_by_older_message(Judged const& judged);       // CL-021
[[nodiscard]] Verdict re_opt_in_by_stop(Judged const& judged);                // CL-022
[[nodiscard]] Verdict re_opt_in_not_applied(Judged const& judged);            // CL-023
[[nodiscard]] Verdict re_opt_in_by_compliance_keyword(Judged const& judged);  // CL-024
[[nodiscard]] Verdict re_opt_in_by_unverified_webhook(Judged const& judged);  // CL-025
// rules_block.cpp
[[nodiscard]] Verdict opt_in_while_blocked(Judged const& judged);   // CL-030
[[nodiscard]] Verdict message_while_blocked(Judged const& judged);  // CL-031
[[nodiscard]] Verdict block_not_opted_out(Judged const& judged);    // CL-032
[[nodiscard]] Verdict unblock_opted_in(Judged const& judged);       // CL-033
// rules_duties.cpp
[[nodiscard]] Verdict not_removed_in_time(Judged const& judged);   // CL-040
[[nodiscard]] Verdict removed_late(Judged const& judged);          // CL-041
[[nodiscard]] Verdict wrong_list_removed(Judged const& judged);    // CL-043
[[nodiscard]] Verdict trigger_without_list(Judged const& judged);  // CL-044
/// The open obligations of that kind that are overdue when the entry is recorded and were not when the one before was; empty = none.
[[nodiscard]] std::string newly_overdue(Judged const& judged, std::string_view kind, std::string_view but_list);
// rules_lists.cpp
[[nodiscard]] Verdict list_addition_after_opt_out(Judged const& judged);    // CL-045
[[nodiscard]] Verdict list_addition_without_consent(Judged const& judged);  // CL-046
[[nodiscard]] Verdict on_list_and_its_opt_out_list(Judged const& judged);   // CL-048
// rules_records.cpp
[[nodiscard]] Verdict erased_early(Judged const& judged);                  // CL-062
[[nodiscard]] Verdict opt_ins_in_bulk(Judged const& judged);               // CL-077
[[nodiscard]] Verdict health_information_suspected(Judged const& judged);  // CL-080
[[nodiscard]] Verdict personal_data_suspected(Judged const& judged);       // CL-081
// rules_time.cpp
[[nodiscard]] Verdict backdated(Judged const& judged);     // CL-070
[[nodiscard]] Verdict future_dated(Judged const& judged);  // CL-071
[[nodiscard]] Verdict out_of_order(Judged const& judged);  // CL-072
// rules_display.cpp: by the state after the entry
[[nodiscard]] Verdict stop_not_applied(Judged const& judged);                                             // CL-011
[[nodiscard]] Verdict request_not_applied(Judged const& judged);                                          // CL-016
[[nodiscard]] Verdict status_display_diverges(Judged const& judged, std::vector<Finding> const& raised);  // CL-082

}  // namespace cl::consent
