// The table of kinds (docs/behaviour.md "What each kind does").
#include "ledger/consent/kinds.hpp"

#include <algorithm>
#include <array>

namespace cl::consent {
namespace {

constexpr bool from_requests = false;
constexpr bool by_program = true;
constexpr bool ordinary = false;
constexpr bool protective = true;

/// In the order of the enumeration, which info() relies on and the assertion below checks.
/// A token is made by the program alone: its secret is born there, and a posted token.created could name accounts that its poster
/// does not hold.
constexpr std::array<KindInfo, 36> table = {{
    {Kind::contact_added, "contact.added", Role::writer, Subject::contact, from_requests, ordinary},
    {Kind::contact_edited, "contact.edited", Role::writer, Subject::contact, from_requests, ordinary},
    {Kind::opt_out_stop, "opt_out.stop", Role::writer, Subject::contact, from_requests, protective},
    {Kind::opt_in_inbound, "opt_in.inbound", Role::writer, Subject::contact, from_requests, ordinary},
    {Kind::opt_in_agent, "opt_in.agent", Role::writer, Subject::contact, from_requests, ordinary},
    {Kind::opt_out_agent, "opt_out.agent", Role::writer, Subject::contact, from_requests, protective},
    {Kind::opt_in_consent, "opt_in.consent", Role::writer, Subject::contact, from_requests, ordinary},
    {Kind::consent_recorded, "consent.recorded", Role::writer, Subject::contact, from_requests, ordinary},
    {Kind::opt_out_request, "opt_out.request", Role::writer, Subject::contact, from_requests, protective},
    {Kind::contact_blocked, "contact.blocked", Role::writer, Subject::contact, from_requests, protective},
    {Kind::contact_unblocked, "contact.unblocked", Role::writer, Subject::contact, from_requests, ordinary},
    {Kind::trigger_fired, "trigger.fired", Role::writer, Subject::contact, from_requests, ordinary},
    {Kind::list_added, "list.added", Role::writer, Subject::contact, from_requests, ordinary},
    {Kind::list_removed, "list.removed", Role::writer, Subject::contact, from_requests, ordinary},
    {Kind::review_opened, "review.opened", Role::writer, Subject::contact, from_requests, ordinary},
    {Kind::review_resolved, "review.resolved", Role::writer, Subject::contact, from_requests, ordinary},
    {Kind::obligation_assigned, "obligation.assigned", Role::writer, Subject::contact_or_account, from_requests, ordinary},
    {Kind::consent_expired, "consent.expired", Role::writer, Subject::contact, from_requests, ordinary},
    {Kind::number_reassigned, "number.reassigned", Role::writer, Subject::contact, from_requests, ordinary},
    {Kind::record_corrected, "record.corrected", Role::writer, Subject::contact_or_account, from_requests, ordinary},
    {Kind::finding_waived, "finding.waived", Role::auditor, Subject::contact_or_account, from_requests, ordinary},
    {Kind::subject_erased, "subject.erased", Role::admin, Subject::contact, from_requests, ordinary},
    {Kind::hold_placed, "hold.placed", Role::admin, Subject::contact_or_account, from_requests, ordinary},
    {Kind::hold_released, "hold.released", Role::admin, Subject::contact_or_account, from_requests, ordinary},
    {Kind::account_defined, "account.defined", Role::admin, Subject::account, from_requests, ordinary},
    {Kind::actor_defined, "actor.defined", Role::admin, Subject::account, from_requests, ordinary},
    {Kind::list_defined, "list.defined", Role::admin, Subject::account, from_requests, ordinary},
    {Kind::trigger_defined, "trigger.defined", Role::admin, Subject::account, from_requests, ordinary},
    {Kind::disclosure_defined, "disclosure.defined", Role::admin, Subject::account, from_requests, ordinary},
    {Kind::policy_activated, "policy.activated", Role::admin, Subject::account, from_requests, ordinary},
    {Kind::export_issued, "export.issued", Role::auditor, Subject::account, from_requests, ordinary},
    {Kind::token_created, "token.created", Role::admin, Subject::account_or_ledger, by_program, ordinary},
    {Kind::token_revoked, "token.revoked", Role::admin, Subject::account_or_ledger, by_program, ordinary},
    {Kind::ledger_created, "ledger.created", Role::admin, Subject::ledger, by_program, ordinary},
    {Kind::ledger_restored, "ledger.restored", Role::admin, Subject::ledger, by_program, ordinary},
    {Kind::key_rotated, "key.rotated", Role::admin, Subject::ledger, by_program, ordinary},
}};

consteval bool in_order() {
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (static_cast<std::size_t>(table[i].kind) != i) return false;
    }
    return true;
}
static_assert(in_order(), "the table follows the enumeration");

constexpr std::array<std::string_view, 4> role_names = {"writer", "sender", "auditor", "admin"};

}  // namespace

std::string_view name(Role role) noexcept {
    return role_names[static_cast<std::size_t>(role)];
}

std::optional<Role> role_from(std::string_view text) noexcept {
    auto const found = std::find(role_names.begin(), role_names.end(), text);
    if (found == role_names.end()) return std::nullopt;
    return static_cast<Role>(found - role_names.begin());
}

KindInfo const& info(Kind kind) noexcept {
    return table[static_cast<std::size_t>(kind)];
}

std::optional<Kind> kind_from(std::string_view name) noexcept {
    auto const found = std::find_if(table.begin(), table.end(), [&](KindInfo const& row) { return row.name == name; });
    if (found == table.end()) return std::nullopt;
    return found->kind;
}

std::span<KindInfo const> all_kinds() noexcept {
    return table;
}

bool may_post(Role role, Kind kind) noexcept {
    KindInfo const& row = info(kind);
    return !row.by_program_only && (role == Role::admin || role == row.least_role);
}

}  // namespace cl::consent
