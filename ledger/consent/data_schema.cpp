// The table of `data` members. docs/openapi/kinds.yaml describes the same, and a test compares the two.
#include "ledger/consent/data_schema.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace cl::consent {
namespace {

constexpr bool required = true;
constexpr bool optional = false;
constexpr bool by_server = true;

constexpr std::array<std::string_view, 3> origins = {"manual", "inbound", "import"};
constexpr std::array<std::string_view, 5> methods = {"form", "call", "paper", "keyword", "double_opt_in"};
constexpr std::array<std::string_view, 6> ways = {"phone", "email", "in_person", "web", "mail", "text"};
constexpr std::array<std::string_view, 2> verdicts = {"opt_out", "not_opt_out"};
constexpr std::array<std::string_view, 2> match_modes = {"exact", "included"};
constexpr std::array<std::string_view, 3> trigger_classes = {"help", "optout", "custom"};
constexpr std::array<std::string_view, 6> message_classes = {"stop", "help", "optout", "start", "review", "other"};
constexpr std::array<std::string_view, 4> levels = {"none", "conversational", "informational", "promotional"};
constexpr std::array<std::string_view, 4> roles = {"writer", "sender", "auditor", "admin"};
constexpr std::array<std::string_view, 5> export_scopes = {"contact", "list", "account", "range", "ledger"};

constexpr MemberRule contact_added[] = {
    {"origin", Shape::choice, required, false, origins}, {"batch", Shape::id}, {"name", Shape::text}};
constexpr MemberRule contact_edited[] = {{"fields", Shape::ids, required}, {"name", Shape::text}};
constexpr MemberRule stop[] = {{"keyword", Shape::line}, {"match", Shape::id}, {"language", Shape::id}};
constexpr MemberRule opt_in_inbound[] = {{"message", Shape::id, required},
                                         {"class", Shape::choice, optional, by_server, message_classes},
                                         {"mismatch", Shape::ids, optional, by_server}};
constexpr MemberRule with_note[] = {{"note", Shape::text}};
constexpr MemberRule with_reason[] = {{"reason", Shape::text}};
constexpr MemberRule opt_in_consent[] = {{"method", Shape::choice, required, false, methods},
                                         {"purpose", Shape::line},
                                         {"lists", Shape::ids},
                                         {"disclosure", Shape::id}};
constexpr MemberRule consent_recorded[] = {{"for", Shape::seq}, {"purpose", Shape::line}, {"lists", Shape::ids}};
constexpr MemberRule opt_out_request[] = {
    {"via", Shape::choice, required, false, ways}, {"list", Shape::id}, {"words", Shape::text}};
constexpr MemberRule trigger_fired[] = {{"trigger", Shape::id, required}, {"list", Shape::id}, {"reply", Shape::text}};
constexpr MemberRule list_change[] = {{"list", Shape::id, required}, {"because", Shape::seq}};
constexpr MemberRule review_resolved[] = {{"opened", Shape::seq, required},
                                          {"verdict", Shape::choice, required, false, verdicts}};
constexpr MemberRule obligation_assigned[] = {{"obligation", Shape::seq, required}, {"assignee", Shape::id, required}};
constexpr MemberRule tenure_end[] = {{"reason", Shape::id}, {"list", Shape::id}};
constexpr MemberRule record_corrected[] = {{"seq", Shape::seq, required}, {"note", Shape::text}};
constexpr MemberRule finding_waived[] = {{"rule", Shape::id, required},
                                         {"seq", Shape::seq, required},
                                         {"until", Shape::time, required},
                                         {"reason", Shape::text, required}};
constexpr MemberRule subject_erased[] = {{"request", Shape::id}};
constexpr MemberRule hold[] = {{"matter", Shape::id, required}};
constexpr MemberRule account_defined[] = {{"enforce", Shape::flag}, {"numbers", Shape::numbers}, {"pack", Shape::id}};
constexpr MemberRule actor_defined[] = {{"actor", Shape::id, required}, {"name", Shape::text}};
constexpr MemberRule list_defined[] = {{"list", Shape::id, required},
                                       {"name", Shape::text},
                                       {"purpose", Shape::line},
                                       {"level_required", Shape::choice, optional, false, levels},
                                       {"opt_out_of", Shape::id}};
constexpr MemberRule trigger_defined[] = {{"trigger", Shape::id, required},
                                          {"name", Shape::text},
                                          {"words", Shape::words, required},
                                          {"match", Shape::choice, required, false, match_modes},
                                          {"class", Shape::choice, required, false, trigger_classes},
                                          {"list", Shape::id},
                                          {"reply", Shape::text}};
constexpr MemberRule disclosure_defined[] = {
    {"disclosure", Shape::id, required}, {"name", Shape::text}, {"text", Shape::text, required}};
constexpr MemberRule policy_activated[] = {{"pack", Shape::id, required},
                                           {"digest", Shape::digest, required},
                                           {"rules", Shape::count, required},
                                           {"overrides", Shape::settings}};
constexpr MemberRule export_issued[] = {{"scope", Shape::choice, required, false, export_scopes},
                                        {"digest", Shape::digest, required},
                                        {"entries", Shape::count, required},
                                        {"tree_size", Shape::count, required},
                                        {"contact", Shape::digest},
                                        {"list", Shape::id},
                                        {"since", Shape::time},
                                        {"until", Shape::time},
                                        {"contact_seq", Shape::count},
                                        {"account_seq", Shape::count}};
constexpr MemberRule token_created[] = {{"token", Shape::id, required},
                                        {"role", Shape::choice, required, false, roles},
                                        {"accounts", Shape::accounts, required},
                                        {"secret_hash", Shape::digest, required},
                                        {"expires", Shape::time}};
// `at`: it ends then, not with the entry; `replaced_by`: the token that takes its place.
constexpr MemberRule token_revoked[] = {{"token", Shape::id, required},
                                        {"role", Shape::choice, optional, false, roles},
                                        {"accounts", Shape::accounts},
                                        {"at", Shape::time},
                                        {"replaced_by", Shape::id}};
constexpr MemberRule ledger_created[] = {{"origin", Shape::line, required},
                                         {"key", Shape::line, required},
                                         {"format", Shape::count, required},
                                         {"contact_key_check", Shape::digest, required}};
constexpr MemberRule ledger_restored[] = {
    {"origin", Shape::line, required}, {"head_size", Shape::count}, {"head_root", Shape::digest}, {"key", Shape::line}};
constexpr MemberRule key_rotated[] = {{"old_key", Shape::line, required}, {"new_key", Shape::line, required}};

constexpr MemberRule about_contacts[] = {{"traceparent", Shape::trace, optional, by_server},
                                         {"claimed", Shape::claimed, optional, by_server},
                                         {"suspected", Shape::ids, optional, by_server},
                                         {"text_withheld", Shape::flag, optional, by_server}};
constexpr std::span<MemberRule const> about_anything = std::span(about_contacts).first(1);

}  // namespace

std::span<MemberRule const> data_members(Kind kind) noexcept {
    switch (kind) {
    case Kind::contact_added: return contact_added;
    case Kind::contact_edited: return contact_edited;
    case Kind::opt_out_stop: return stop;
    case Kind::opt_in_inbound: return opt_in_inbound;
    case Kind::opt_in_agent: return with_note;
    case Kind::opt_in_consent: return opt_in_consent;
    case Kind::consent_recorded: return consent_recorded;
    case Kind::opt_out_request: return opt_out_request;
    case Kind::opt_out_agent:
    case Kind::contact_blocked:
    case Kind::contact_unblocked: return with_reason;
    case Kind::trigger_fired: return trigger_fired;
    case Kind::list_added:
    case Kind::list_removed: return list_change;
    case Kind::review_opened: return {};
    case Kind::review_resolved: return review_resolved;
    case Kind::obligation_assigned: return obligation_assigned;
    case Kind::consent_expired:
    case Kind::number_reassigned: return tenure_end;
    case Kind::record_corrected: return record_corrected;
    case Kind::finding_waived: return finding_waived;
    case Kind::subject_erased: return subject_erased;
    case Kind::hold_placed:
    case Kind::hold_released: return hold;
    case Kind::account_defined: return account_defined;
    case Kind::actor_defined: return actor_defined;
    case Kind::list_defined: return list_defined;
    case Kind::trigger_defined: return trigger_defined;
    case Kind::disclosure_defined: return disclosure_defined;
    case Kind::policy_activated: return policy_activated;
    case Kind::export_issued: return export_issued;
    case Kind::token_created: return token_created;
    case Kind::token_revoked: return token_revoked;
    case Kind::ledger_created: return ledger_created;
    case Kind::ledger_restored: return ledger_restored;
    case Kind::key_rotated: return key_rotated;
    }
    return {};
}

std::span<MemberRule const> server_members(Kind kind) noexcept {
    if (info(kind).subject != Subject::contact) return about_anything;
    return about_contacts;
}

MemberRule const* find_member(Kind kind, std::string_view name) noexcept {
    for (std::span<MemberRule const> const rules : {data_members(kind), server_members(kind)}) {
        auto const found = std::find_if(rules.begin(), rules.end(), [&](MemberRule const& rule) { return rule.name == name; });
        if (found != rules.end()) return &*found;
    }
    return nullptr;
}

}  // namespace cl::consent
