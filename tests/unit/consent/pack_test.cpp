// The packs as data: their JSON, their digests, and what holds between them.
#include "ledger/consent/pack.hpp"

#include "ledger/consent/evidence_kinds.hpp"
#include "ledger/consent/pack_evidence.hpp"
#include "ledger/consent/pack_fields.hpp"
#include "ledger/consent/pack_json.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>

namespace cl::consent {
namespace {

BOOST_AUTO_TEST_SUITE(packs)

Pack const& pack_named(std::string const& name) {
    Pack const* const pack = find_pack({name, 1});
    BOOST_REQUIRE(pack != nullptr);
    return *pack;
}

// A pack never changes: what is in these digests is what accounts have agreed to. Computed with another program,
// from the same values.
BOOST_AUTO_TEST_CASE(digests) {
    struct {
        char const* pack;
        char const* digest;
    } const golden[] = {
        {"texting", "86fc91c9602f0863cd18a18e3ea3784befcb5c5dbcf4e993c5eb74f8ff3b1945"},
        {"us-2025", "69480ea79749e97af367e94dc502bf489c2ca4f923597aeb289e815c414050ba"},
        {"us-2027", "0c7c86a50ceeebdc43e2df6b70613f82348de9fcb9a588d47d133064f72bffd1"},
        {"ca-casl", "2a21cb0e4c832d2ef4fb9759c2c16400e3214ec363f0bce57cf9145f7e9dfe61"},
        {"eu-gdpr", "47ca6022bcb1f5aae29224b9fee28020df7db5a3b176b436ff70b74e05fdd641"},
        {"strict", "928ef2b5705ab62a987ef232088abcbd548b6701f8a1cd9fad17149fc0925efd"},
    };
    BOOST_TEST(all_packs().size() == std::size(golden));
    for (auto const& row : golden) {
        BOOST_TEST_CONTEXT(row.pack) BOOST_TEST(to_hex(pack_digest(pack_named(row.pack))) == row.digest);
    }
}

BOOST_AUTO_TEST_CASE(the_default_in_full) {
    BOOST_TEST(
        json::write(pack_json(texting_pack())) ==
        R"({"added_is_opted_in":true,"automatic_skew_seconds":300,"bulk_opt_ins":20,"bulk_window_seconds":60,"calend)"
        R"(ar":"us-federal","certificate_claim_days":90,"compliance_keyword_reopts_in":true,"confirmation_window_sec)"
        R"(onds":300,"conversational_validity_days":0,"evidence":{"agent_attestation":{"level":"conversational","req)"
        R"(uired":["agent","reason","supervisor","occurred_at"]},"email":{"level":"informational","required":["messa)"
        R"(ge_id","headers_sha256","occurred_at"]},"in_person":{"level":"informational","required":["witness","occur)"
        R"(red_at"]},"inbound_sms":{"level":"conversational","required":["body|body_sha256","from","message_id","occ)"
        R"(urred_at","to"]},"paper_form":{"level":"promotional","required":["scan","signed_on","form_version","custo)"
        R"(dian","occurred_at"]},"text_to_join":{"level":"promotional","required":["keyword","short_code","cta_sha25)"
        R"(6","confirmation_message_id","occurred_at"]},"third_party_certificate":{"level":"promotional","required":)"
        R"(["issuer","token","claimed_at","expires_at"]},"verbal_call":{"level":"informational","required":["agent",)"
        R"("call","words","recording","occurred_at"]},"web_form":{"level":"promotional","required":["url","form","fo)"
        R"(rm_version","disclosure|disclosure_text","checkbox_default","ip","user_agent","occurred_at"]}},"exposure_)"
        R"(currency":"USD","exposure_high_cents":150000,"exposure_low_cents":50000,"free":[],"future_skew_seconds":1)"
        R"(20,"health_screen":"refuse","informational_validity_days":0,"languages":["de","en","es","fr","it","nl","pt","ru","zh"],"list_remov)"
        R"(al_days":10,"list_request_scope":"list","manual_skew_hours":24,"match":"whole","needs_confirmed_date":fal)"
        R"(se,"optout_sla_seconds":300,"optout_urgent_seconds":86400,"ordinary_message_reopts_in":true,"pack":"texti)"
        R"(ng","personal_screen":"flag","promotional_validity_days":0,"receipt_hours_west":11,"retention_days":1827,"review_days":10,"revocat)"
        R"(ion_days":10,"rules":1,"send_from_hour":8,"send_until_hour":21,"stop_clears_lists":false})");
}

BOOST_AUTO_TEST_CASE(every_choice_is_in_the_json) {
    for (PackField const& field : pack_fields()) {
        Pack changed = texting_pack();
        field.set(changed, field.get(changed) == 0 ? 1 : 0);
        BOOST_TEST_CONTEXT(field.name) BOOST_TEST((pack_digest(changed) != pack_digest(texting_pack())));
    }
    Pack other = texting_pack();
    other.languages = other.languages.first(3);
    BOOST_TEST((pack_digest(other) != pack_digest(texting_pack())));
    other = texting_pack();
    other.evidence = pack_named("strict").evidence;
    BOOST_TEST((pack_digest(other) != pack_digest(texting_pack())));
    other = texting_pack();
    other.exposure_currency = "EUR";
    BOOST_TEST((pack_digest(other) != pack_digest(texting_pack())));
}

BOOST_AUTO_TEST_CASE(found_by_name_and_revision) {
    BOOST_TEST(find_pack({"texting", 1}) == &texting_pack());
    BOOST_TEST(find_pack({"texting", 2}) == nullptr);
    BOOST_TEST(find_pack({"other", 1}) == nullptr);
    std::set<std::string_view> names;
    for (Pack const& pack : all_packs()) names.insert(pack.name);
    BOOST_TEST(names.size() == all_packs().size());
}

BOOST_AUTO_TEST_CASE(strict_is_nowhere_looser_than_any_other) {
    Pack const& strict = pack_named("strict");
    for (Pack const& pack : all_packs()) {
        for (PackField const& field : pack_fields()) {
            if (field.stricter == Stricter::never) continue;
            BOOST_TEST_CONTEXT(pack.name << " " << field.name) BOOST_TEST(no_looser(field, field.get(pack), field.get(strict)));
        }
        for (EvidenceTerms const& terms : pack.evidence) {
            EvidenceTerms const* const hard = find_terms(strict, terms.kind);
            BOOST_REQUIRE(hard != nullptr);
            BOOST_TEST_CONTEXT(pack.name << " " << terms.kind) {
                BOOST_TEST(int(hard->level) <= int(terms.level));
                for (std::string_view const field : terms.required) {
                    BOOST_TEST((std::find(hard->required.begin(), hard->required.end(), field) != hard->required.end()));
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(what_is_required_can_be_given) {
    for (Pack const& pack : all_packs()) {
        BOOST_TEST(std::is_sorted(pack.evidence.begin(), pack.evidence.end(),
                                  [](EvidenceTerms const& a, EvidenceTerms const& b) { return a.kind < b.kind; }));
        for (EvidenceTerms const& terms : pack.evidence) {
            EvidenceRule const* const rule = find_evidence(terms.kind);
            BOOST_REQUIRE(rule != nullptr);
            for (std::string_view const need : terms.required) {
                std::string_view const first = need.substr(0, need.find('|'));
                BOOST_TEST_CONTEXT(terms.kind << " " << need)
                BOOST_TEST((first == "occurred_at" || find_field(*rule, first).has_value()));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(only_packs_with_a_law_to_come_wait_for_a_date) {
    for (Pack const& pack : all_packs()) {
        BOOST_TEST_CONTEXT(pack.name) BOOST_TEST(pack.needs_confirmed_date == (pack.name == "us-2027"));
        for (std::string_view const free : pack.free) {
            BOOST_TEST_CONTEXT(free) BOOST_TEST(find_pack_field(free) != nullptr);
        }
    }
}

BOOST_AUTO_TEST_CASE(fields_are_in_order_and_have_their_unit) {
    auto const fields = pack_fields();
    BOOST_TEST(
        std::is_sorted(fields.begin(), fields.end(), [](PackField const& a, PackField const& b) { return a.name < b.name; }));
    for (PackField const& field : fields) {
        Pack pack = texting_pack();
        std::int64_t const value = field.type == FieldType::number ? field.least + 1 : field.least;
        field.set(pack, value);
        BOOST_TEST_CONTEXT(field.name) BOOST_TEST(field.get(pack) == value);
    }
    BOOST_TEST(find_pack_field("retention_days")->get(texting_pack()) == 1'827);
    BOOST_TEST(find_pack_field("rules") == nullptr);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::consent
