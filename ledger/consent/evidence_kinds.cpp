// The table of evidence kinds. What of it is required, and what it is worth, is the pack's affair: pack_evidence.hpp.
#include "ledger/consent/evidence_kinds.hpp"

#include <algorithm>
#include <array>

namespace cl::consent {
namespace {

constexpr FieldRule common_fields[] = {{"name", Field::prose},      {"note", Field::prose},      {"language", Field::id},
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
                                     {"disclosure_text", Field::prose},
                                     {"disclosure_sha256", Field::sha256},
                                     {"checkbox_default", Field::id},
                                     {"ip", Field::text},
                                     {"user_agent", Field::text},
                                     {"submitted_at", Field::time},
                                     {"certificate", Field::text}};
constexpr FieldRule call_fields[] = {{"agent", Field::id},         {"call", Field::id},          {"words", Field::prose},
                                     {"recording", Field::file},   {"duration_s", Field::count}, {"started_at", Field::time},
                                     {"script_version", Field::id}};
constexpr FieldRule paper_fields[] = {
    {"scan", Field::file},    {"signed_on", Field::date},        {"form_version", Field::id},
    {"custodian", Field::id}, {"disclosure_text", Field::prose}, {"disclosure_sha256", Field::sha256}};
constexpr FieldRule join_fields[] = {{"keyword", Field::text},
                                     {"short_code", Field::party},
                                     {"cta_sha256", Field::sha256},
                                     {"confirmation_message_id", Field::id},
                                     {"disclosure_text", Field::prose}};
constexpr FieldRule person_fields[] = {{"witness", Field::id}, {"words", Field::prose}, {"place", Field::prose}};
constexpr FieldRule email_fields[] = {
    {"message_id", Field::text}, {"headers_sha256", Field::sha256}, {"from", Field::text}, {"words", Field::prose}};
constexpr FieldRule certificate_fields[] = {{"issuer", Field::id},
                                            {"token", Field::text},
                                            {"claimed_at", Field::time},
                                            {"url", Field::text},
                                            {"disclosure_text", Field::prose}};
constexpr FieldRule attestation_fields[] = {{"agent", Field::id}, {"reason", Field::id}, {"supervisor", Field::id}};

constexpr std::array<EvidenceRule, 9> rules = {{
    {"inbound_sms", sms_fields, "received_at"},
    {"web_form", form_fields, "submitted_at"},
    {"verbal_call", call_fields, "started_at"},
    {"paper_form", paper_fields, {}},
    {"text_to_join", join_fields, {}},
    {"in_person", person_fields, {}},
    {"email", email_fields, {}},
    {"third_party_certificate", certificate_fields, "claimed_at"},
    {"agent_attestation", attestation_fields, {}},
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
