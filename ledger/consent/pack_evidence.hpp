// Private: what the packs ask of evidence, by kind, in alphabetical order. The members that an item may have at all are in
// evidence_kinds.cpp and the same for every pack.
//
// Threads: constant data, any thread.
#pragma once

#include "ledger/consent/pack.hpp"

#include <string_view>

namespace cl::consent {

/// The terms of a kind; null for a kind that this program does not know.
[[nodiscard]] EvidenceTerms const* find_terms(Pack const& pack, std::string_view kind) noexcept;

namespace evidence_fields {

// What every pack asks for, unless it asks for more below (docs/policy-packs.md "Evidence"): not a call's duration, and nothing that
// belongs to one vendor's product (a form's lead certificate).
inline constexpr std::string_view attestation[] = {"agent", "reason", "supervisor", "occurred_at"};
inline constexpr std::string_view email[] = {"message_id", "headers_sha256", "occurred_at"};
inline constexpr std::string_view person[] = {"witness", "occurred_at"};
inline constexpr std::string_view sms[] = {"body|body_sha256", "from", "message_id", "occurred_at", "to"};
inline constexpr std::string_view paper[] = {"scan", "signed_on", "form_version", "custodian", "occurred_at"};
inline constexpr std::string_view join[] = {"keyword", "short_code", "cta_sha256", "confirmation_message_id", "occurred_at"};
inline constexpr std::string_view certificate[] = {"issuer", "token", "claimed_at", "expires_at"};
inline constexpr std::string_view call[] = {"agent", "call", "words", "recording", "occurred_at"};
inline constexpr std::string_view form[] = {
    "url", "form", "form_version", "disclosure|disclosure_text", "checkbox_default", "ip", "user_agent", "occurred_at"};

// 16 CFR 310.5(a)(8), as summarised by Magnify (docs/rules.md): the person's name, and the request as it was put.
inline constexpr std::string_view us_paper[] = {
    "name", "scan", "signed_on", "form_version", "disclosure|disclosure_text", "custodian", "occurred_at"};
inline constexpr std::string_view us_call[] = {"name", "agent", "call", "words", "recording", "occurred_at"};
inline constexpr std::string_view us_form[] = {
    "name", "url", "form", "form_version", "disclosure|disclosure_text", "checkbox_default", "ip", "user_agent", "occurred_at"};

// CASL section 13, as the CRTC explains it (docs/rules.md): the sender must prove consent; of a spoken one, what was asked is part of it.
inline constexpr std::string_view casl_person[] = {"witness", "words", "occurred_at"};
inline constexpr std::string_view casl_call[] = {"agent", "call", "words", "recording", "script_version", "occurred_at"};

// GDPR Art. 7(1), the ICO's record of consent: who, when, how, and what they were told.
inline constexpr std::string_view gdpr_email[] = {"message_id", "headers_sha256", "from", "words", "occurred_at"};
inline constexpr std::string_view gdpr_person[] = {"name", "witness", "words", "occurred_at"};
inline constexpr std::string_view gdpr_certificate[] = {"issuer", "token", "claimed_at", "expires_at",
                                                        "disclosure|disclosure_text"};
inline constexpr std::string_view gdpr_call[] = {"name",  "language",  "agent",          "call",
                                                 "words", "recording", "script_version", "occurred_at"};
inline constexpr std::string_view gdpr_form[] = {
    "name", "language",   "url",        "form", "form_version", "disclosure|disclosure_text", "checkbox_default",
    "ip",   "user_agent", "occurred_at"};

}  // namespace evidence_fields

// The levels: docs/policy-packs.md "Evidence".
inline constexpr EvidenceTerms evidence_texting[] = {
    {"agent_attestation", Level::conversational, evidence_fields::attestation},
    {"email", Level::informational, evidence_fields::email},
    {"in_person", Level::informational, evidence_fields::person},
    {"inbound_sms", Level::conversational, evidence_fields::sms},
    {"paper_form", Level::promotional, evidence_fields::paper},
    {"text_to_join", Level::promotional, evidence_fields::join},
    {"third_party_certificate", Level::promotional, evidence_fields::certificate},
    {"verbal_call", Level::informational, evidence_fields::call},
    {"web_form", Level::promotional, evidence_fields::form},
};

inline constexpr EvidenceTerms evidence_us[] = {
    {"agent_attestation", Level::conversational, evidence_fields::attestation},
    {"email", Level::informational, evidence_fields::email},
    {"in_person", Level::informational, evidence_fields::person},
    {"inbound_sms", Level::conversational, evidence_fields::sms},
    {"paper_form", Level::promotional, evidence_fields::us_paper},
    {"text_to_join", Level::promotional, evidence_fields::join},
    {"third_party_certificate", Level::promotional, evidence_fields::certificate},
    {"verbal_call", Level::informational, evidence_fields::us_call},
    {"web_form", Level::promotional, evidence_fields::us_form},
};

inline constexpr EvidenceTerms evidence_casl[] = {
    {"agent_attestation", Level::conversational, evidence_fields::attestation},
    {"email", Level::informational, evidence_fields::email},
    {"in_person", Level::informational, evidence_fields::casl_person},
    {"inbound_sms", Level::conversational, evidence_fields::sms},
    {"paper_form", Level::promotional, evidence_fields::paper},
    {"text_to_join", Level::promotional, evidence_fields::join},
    {"third_party_certificate", Level::promotional, evidence_fields::certificate},
    {"verbal_call", Level::informational, evidence_fields::casl_call},
    {"web_form", Level::promotional, evidence_fields::form},
};

// An agent's own word demonstrates nothing (Art. 7(1)).
inline constexpr EvidenceTerms evidence_gdpr[] = {
    {"agent_attestation", Level::none, evidence_fields::attestation},
    {"email", Level::informational, evidence_fields::gdpr_email},
    {"in_person", Level::informational, evidence_fields::gdpr_person},
    {"inbound_sms", Level::conversational, evidence_fields::sms},
    {"paper_form", Level::promotional, evidence_fields::us_paper},
    {"text_to_join", Level::promotional, evidence_fields::join},
    {"third_party_certificate", Level::promotional, evidence_fields::gdpr_certificate},
    {"verbal_call", Level::informational, evidence_fields::gdpr_call},
    {"web_form", Level::promotional, evidence_fields::gdpr_form},
};

// All that any pack asks for; what rests on one person's memory, or on a third party, is worth a step less.
inline constexpr EvidenceTerms evidence_strict[] = {
    {"agent_attestation", Level::none, evidence_fields::attestation},
    {"email", Level::informational, evidence_fields::gdpr_email},
    {"in_person", Level::conversational, evidence_fields::gdpr_person},
    {"inbound_sms", Level::conversational, evidence_fields::sms},
    {"paper_form", Level::promotional, evidence_fields::us_paper},
    {"text_to_join", Level::promotional, evidence_fields::join},
    {"third_party_certificate", Level::informational, evidence_fields::gdpr_certificate},
    {"verbal_call", Level::informational, evidence_fields::gdpr_call},
    {"web_form", Level::promotional, evidence_fields::gdpr_form},
};

}  // namespace cl::consent
