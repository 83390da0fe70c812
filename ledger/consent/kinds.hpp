// The kinds of entry (docs/behaviour.md "What each kind does"), who may post them and what they are about. The table is the single list;
// everything else asks it.
//
// Threads: constant data, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace cl::consent {

enum class Kind : std::uint8_t {
    contact_added,
    contact_edited,
    opt_out_stop,
    opt_in_inbound,
    opt_in_agent,
    opt_out_agent,
    opt_in_consent,
    consent_recorded,
    opt_out_request,
    contact_blocked,
    contact_unblocked,
    trigger_fired,
    list_added,
    list_removed,
    review_opened,
    review_resolved,
    obligation_assigned,
    consent_expired,
    number_reassigned,
    record_corrected,
    finding_waived,
    subject_erased,
    hold_placed,
    hold_released,
    account_defined,
    actor_defined,
    list_defined,
    trigger_defined,
    disclosure_defined,
    policy_activated,
    export_issued,
    token_created,
    token_revoked,
    ledger_created,
    ledger_restored,
    key_rotated,
};

/// The roles of a token (docs/tokens.md).
enum class Role : std::uint8_t { writer, sender, auditor, admin };
[[nodiscard]] std::string_view name(Role role) noexcept;
[[nodiscard]] std::optional<Role> role_from(std::string_view text) noexcept;

/// What an entry of the kind is about, which decides the members it carries.
enum class Subject : std::uint8_t {
    contact,             ///< carries account and contact
    contact_or_account,  ///< contact if one is named (record.corrected, finding.waived, holds, obligation.assigned)
    account,             ///< carries account only
    account_or_ledger,   ///< tokens: for one account, or for all
    ledger,              ///< neither
};

struct KindInfo {
    Kind kind;
    std::string_view name;  ///< `opt_out.stop`
    Role least_role;        ///< who may post it beside an admin
    Subject subject;
    bool by_program_only;  ///< never accepted from a request
    bool protective;       ///< an opt-out or a block: no screen, limit or rule ever refuses it
};

[[nodiscard]] KindInfo const& info(Kind kind) noexcept;
[[nodiscard]] std::optional<Kind> kind_from(std::string_view name) noexcept;
[[nodiscard]] std::span<KindInfo const> all_kinds() noexcept;

/// Whether a token of `role` may post an entry of `kind`.
[[nodiscard]] bool may_post(Role role, Kind kind) noexcept;

}  // namespace cl::consent
