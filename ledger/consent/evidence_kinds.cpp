// The table of evidence kinds. Required is what the domain notes 3.2 list, less what the example of WIRE.md 1 leaves out (a call's
// duration and script) or what belongs to one vendor's product (a form's lead certificate). A name with `|` is satisfied by either.
#include "ledger/consent/evidence_kinds.hpp"

#include <algorithm>
#include <array>

namespace cl::consent {
namespace {

constexpr FieldRule common_fields[] = {{"name", Field::text},       {"note", Field::text},       {"language", Field::id},
                                       {"expires_at", Field::time}, {"jurisdiction", Field::id}, {"recorded_by", Field::id},
                                       {"disclosure", Field::id}};

constexpr FieldRule sms_fields[] = {{"provider", Field::id},      {"message_id", Field::id},
                                    {"from", Field::party},       {"to", Field::party},
                                    {"body", Field::message},     {"body_sha256", Field::sha256},
                                    {"class", Field::id},         {"provider_time", Field::time},
                                    {"received_at", Field::time}, {"payload_sha256", Field::sha256},
                                    {"in_reply_to", Field::id},   {"signature_scheme", Field::id}};
constexpr FieldRule form_fields[] = {{"url", Field::text},
                                     {"form", Field::id},
                                     {"form_version", Field::id},
                                     {"disclosure_text", Field::text},
                                     {"disclosure_sha256", Field::sha256},
                                     {"checkbox_default", Field::id},
                                     {"ip", Field::text},
                                     {"user_agent", Field::text},
                                     {"submitted_at", Field::time},
                                     {"certificate", Field::text}};
constexpr FieldRule call_fields[] = {{"agent", Field::id},         {"call", Field::id},          {"words", Field::text},
                                     {"recording", Field::file},   {"duration_s", Field::count}, {"started_at", Field::time},
                                     {"script_version", Field::id}};
constexpr FieldRule paper_fields[] = {
    {"scan", Field::file},    {"signed_on", Field::date},       {"form_version", Field::id},
    {"custodian", Field::id}, {"disclosure_text", Field::text}, {"disclosure_sha256", Field::sha256}};
constexpr FieldRule join_fields[] = {{"keyword", Field::text},
                                     {"short_code", Field::party},
                                     {"cta_sha256", Field::sha256},
                                     {"confirmation_message_id", Field::id},
                                     {"disclosure_text", Field::text}};
constexpr FieldRule person_fields[] = {{"witness", Field::id}, {"words", Field::text}, {"place", Field::text}};
constexpr FieldRule email_fields[] = {
    {"message_id", Field::text}, {"headers_sha256", Field::sha256}, {"from", Field::text}, {"words", Field::text}};
constexpr FieldRule certificate_fields[] = {{"issuer", Field::id},
                                            {"token", Field::text},
                                            {"claimed_at", Field::time},
                                            {"url", Field::text},
                                            {"disclosure_text", Field::text}};
constexpr FieldRule attestation_fields[] = {{"agent", Field::id}, {"reason", Field::id}, {"supervisor", Field::id}};

constexpr std::string_view sms_required[] = {"body|body_sha256", "from", "message_id", "occurred_at", "to"};
constexpr std::string_view form_required[] = {
    "url", "form", "form_version", "disclosure|disclosure_text", "checkbox_default", "ip", "user_agent", "occurred_at"};
constexpr std::string_view call_required[] = {"agent", "call", "words", "recording", "occurred_at"};
constexpr std::string_view paper_required[] = {"scan", "signed_on", "form_version", "custodian", "occurred_at"};
constexpr std::string_view join_required[] = {"keyword", "short_code", "cta_sha256", "confirmation_message_id", "occurred_at"};
constexpr std::string_view person_required[] = {"witness", "occurred_at"};
constexpr std::string_view email_required[] = {"message_id", "headers_sha256", "occurred_at"};
constexpr std::string_view certificate_required[] = {"issuer", "token", "claimed_at", "expires_at"};
constexpr std::string_view attestation_required[] = {"agent", "reason", "supervisor", "occurred_at"};

constexpr std::array<EvidenceRule, 9> rules = {{
    {"inbound_sms", sms_fields, sms_required, "received_at", Level::conversational},
    {"web_form", form_fields, form_required, "submitted_at", Level::promotional},
    {"verbal_call", call_fields, call_required, "started_at", Level::informational},
    {"paper_form", paper_fields, paper_required, {}, Level::promotional},
    {"text_to_join", join_fields, join_required, {}, Level::promotional},
    {"in_person", person_fields, person_required, {}, Level::informational},
    {"email", email_fields, email_required, {}, Level::informational},
    {"third_party_certificate", certificate_fields, certificate_required, "claimed_at", Level::promotional},
    {"agent_attestation", attestation_fields, attestation_required, {}, Level::conversational},
}};

}  // namespace

EvidenceRule const* find_evidence(std::string_view kind) noexcept {
    auto const found = std::find_if(rules.begin(), rules.end(), [&](EvidenceRule const& rule) { return rule.kind == kind; });
    return found == rules.end() ? nullptr : &*found;
}

std::optional<Field> find_field(EvidenceRule const& rule, std::string_view name) noexcept {
    for (std::span<FieldRule const> const fields : {rule.fields, std::span<FieldRule const>(common_fields)}) {
        for (FieldRule const& field : fields) {
            if (field.name == name) return field.shape;
        }
    }
    return std::nullopt;
}

}  // namespace cl::consent
