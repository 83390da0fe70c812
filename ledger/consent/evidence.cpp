// What an item of evidence is worth.
#include "ledger/consent/evidence.hpp"

#include "ledger/consent/pack_evidence.hpp"

#include <algorithm>

namespace cl::consent {
namespace {

bool has_field(Evidence const& item, std::string_view name) {
    if (name == "occurred_at") return item.occurred_at.has_value();
    return std::find(item.fields.begin(), item.fields.end(), name) != item.fields.end();
}

}  // namespace

std::vector<std::string> missing_fields(Evidence const& item, Pack const& pack) {
    std::vector<std::string> missing;
    EvidenceTerms const* const terms = find_terms(pack, item.kind);
    if (terms == nullptr) return missing;
    for (std::string_view const need : terms->required) {
        std::size_t const bar = need.find('|');
        bool const first = has_field(item, need.substr(0, bar));
        bool const second = bar != std::string_view::npos && has_field(item, need.substr(bar + 1));
        if (!first && !second) missing.emplace_back(need.substr(0, bar));
    }
    return missing;
}

Level evidence_level(Evidence const& item, Pack const& pack, std::string_view purpose, bool disclosure_named) {
    EvidenceTerms const* const terms = find_terms(pack, item.kind);
    if (terms == nullptr) return Level::none;
    if (terms->level != Level::promotional) return terms->level;
    std::string_view const scope_purpose = item.scope && !item.scope->purpose.empty() ? item.scope->purpose : purpose;
    bool const disclosed = disclosure_named || has_field(item, "disclosure") || has_field(item, "disclosure_text");
    return scope_purpose == "marketing" && disclosed ? Level::promotional : Level::informational;
}

bool is_consent_evidence(Evidence const& item) noexcept {
    return item.kind != "agent_attestation";
}

bool is_backing_evidence(Evidence const& item) noexcept {
    return item.kind != "agent_attestation" && item.kind != "inbound_sms";
}

}  // namespace cl::consent
