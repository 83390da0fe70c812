// See pack_json.hpp.
#include "ledger/consent/pack_json.hpp"

#include "ledger/consent/pack_fields.hpp"
#include "ledger/core/sha256.hpp"

namespace cl::consent {
namespace {

json::Array names(std::span<std::string_view const> texts) {
    json::Array array;
    for (std::string_view const text : texts) array.emplace_back(text);
    return array;
}

json::Value field_json(PackField const& field, Pack const& pack) {
    std::int64_t const value = field.get(pack);
    switch (field.type) {
    case FieldType::flag: return json::Value(value != 0);
    case FieldType::choice: return json::Value(field.choices[static_cast<std::size_t>(value)]);
    case FieldType::number: break;
    }
    return json::Value(value);
}

json::Object evidence_json(Pack const& pack) {
    json::Object kinds;
    for (EvidenceTerms const& terms : pack.evidence) {
        kinds.set(terms.kind, json::Object{{"level", name(terms.level)}, {"required", names(terms.required)}});
    }
    return kinds;
}

}  // namespace

json::Object pack_json(Pack const& pack) {
    json::Object out = {{"pack", pack.name}, {"rules", pack.rules}, {"exposure_currency", pack.exposure_currency}};
    if (!pack.in_force_from.empty()) out.set("in_force_from", pack.in_force_from);
    out.set("languages", names(pack.languages));
    out.set("free", names(pack.free));
    out.set("evidence", evidence_json(pack));
    for (PackField const& field : pack_fields()) out.set(field.name, field_json(field, pack));
    return out;
}

Hash32 pack_digest(Pack const& pack) {
    return sha256(json::write(pack_json(pack)));
}

}  // namespace cl::consent
