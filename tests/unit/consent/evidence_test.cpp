// Evidence as posted: members by kind, what must be there, the time that stands in.
#include "ledger/consent/evidence.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace cl::consent {
namespace {

constexpr std::string_view hash = "5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f";

json::Value parsed(std::string_view text) {
    std::string full(text);
    for (std::size_t at = full.find('#'); at != std::string::npos; at = full.find('#')) full.replace(at, 1, hash);
    return json::parse(full, 100'000).value();
}
Result<Evidence> item(std::string_view text) {
    return parse_evidence(parsed(text), "/evidence/0");
}

constexpr char const* complete[] = {
    R"({"kind":"inbound_sms","provider":"twilio","message_id":"SM1","from":"+15550100123","to":"+15550199999","body":"","received_at":"2026-11-20T10:00:00Z","payload_sha256":"#"})",
    R"({"kind":"web_form","url":"https://example.com","form":"f","form_version":"1","disclosure_text":"By joining","disclosure_sha256":"#","checkbox_default":"unchecked","ip":"192.0.2.1","user_agent":"UA","submitted_at":"2026-11-20T10:00:00Z","certificate":"tf-1"})",
    R"({"kind":"verbal_call","occurred_at":"2026-11-20T10:00:00Z","agent":"a","call":"c","words":"yes","recording":{"sha256":"#","held_by":"crm","ref":"r"},"duration_s":30,"script_version":"2"})",
    R"({"kind":"paper_form","occurred_at":"2026-11-20T10:00:00Z","scan":{"sha256":"#"},"signed_on":"2026-11-20","form_version":"1","custodian":"c"})",
    R"({"kind":"text_to_join","occurred_at":"2026-11-20T10:00:00Z","keyword":"JOIN","short_code":"12345","cta_sha256":"#","confirmation_message_id":"m"})",
    R"({"kind":"in_person","occurred_at":"2026-11-20T10:00:00Z","witness":"w"})",
    R"({"kind":"email","occurred_at":"2026-11-20T10:00:00Z","message_id":"<a@b>","headers_sha256":"#"})",
    R"({"kind":"third_party_certificate","issuer":"i","token":"t","claimed_at":"2026-11-20T10:00:00Z","expires_at":"2031-11-20T10:00:00Z"})",
    R"({"kind":"agent_attestation","occurred_at":"2026-11-20T10:00:00Z","agent":"a","reason":"goodwill","supervisor":"s","note":"n"})",
};

BOOST_AUTO_TEST_SUITE(evidence_items)

BOOST_AUTO_TEST_CASE(every_kind_complete_and_each_of_its_members_missing) {
    for (char const* const text : complete) {
        BOOST_TEST_CONTEXT(text) {
            auto const good = item(text);
            BOOST_REQUIRE_MESSAGE(good.has_value(), (good ? "" : good.error().pointer));
            BOOST_TEST(missing_fields(*good, texting_pack()).empty());
            BOOST_TEST(good->occurred_at.has_value());
            BOOST_TEST(format_time(*good->occurred_at) == "2026-11-20T10:00:00.000Z");
            json::Object bare = *parsed(text).as_object();
            json::Object const posted = bare;
            for (json::Member const& member : posted) {
                if (member.name != "kind") bare.erase(member.name);
            }
            auto const empty = parse_evidence(bare, "");
            BOOST_TEST(empty->fields.empty());
            BOOST_TEST(missing_fields(*empty, texting_pack()).size() >= 2U);
            bare.set("verified", true);
            BOOST_TEST(parse_evidence(bare, "/e").error().pointer == "/e/verified");
        }
    }
}

BOOST_AUTO_TEST_CASE(faults_by_pointer) {
    struct Row {
        char const* text;
        char const* pointer;
    };
    constexpr Row rows[] = {
        {R"([])", "/evidence/0"},
        {R"({})", "/evidence/0/kind"},
        {R"({"kind":"rumour"})", "/evidence/0/kind"},
        {R"({"kind":"in_person","digest":"#"})", "/evidence/0/digest"},
        {R"({"kind":"in_person","occurred_at":"yesterday"})", "/evidence/0/occurred_at"},
        {R"({"kind":"in_person","for":-1})", "/evidence/0/for"},
        {R"({"kind":"in_person","scope":[]})", "/evidence/0/scope"},
        {R"({"kind":"in_person","scope":{"lists":["a","a"]}})", "/evidence/0/scope/lists/1"},
        {R"({"kind":"in_person","scope":{"colour":"red"}})", "/evidence/0/scope/colour"},
        {R"({"kind":"in_person","scope":{"seller":""}})", "/evidence/0/scope/seller"},
        {R"({"kind":"in_person","witness":7})", "/evidence/0/witness"},
        {R"({"kind":"verbal_call","recording":"r.mp3"})", "/evidence/0/recording"},
        {R"({"kind":"verbal_call","recording":{"sha256":"12"}})", "/evidence/0/recording/sha256"},
        {R"({"kind":"verbal_call","recording":{"url":"x"}})", "/evidence/0/recording/url"},
        {R"({"kind":"verbal_call","duration_s":"long"})", "/evidence/0/duration_s"},
        {R"({"kind":"paper_form","signed_on":"2026-13-01"})", "/evidence/0/signed_on"},
        {R"({"kind":"inbound_sms","from":"not a number"})", "/evidence/0/from"},
        {R"({"kind":"web_form","disclosure_sha256":"AB"})", "/evidence/0/disclosure_sha256"},
    };
    for (Row const& row : rows) {
        BOOST_TEST_CONTEXT(row.text) {
            auto const refused = item(row.text);
            BOOST_REQUIRE(!refused.has_value());
            BOOST_TEST(refused.error().pointer == row.pointer);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_recording_counts_with_its_digest_only) {
    auto const evidence = item(R"({"kind":"verbal_call","recording":{"held_by":"crm"}})");
    BOOST_TEST(evidence->fields.empty());
    BOOST_TEST(evidence->held_by == "crm");
}

BOOST_AUTO_TEST_CASE(occurred_at_comes_before_the_kinds_own_time) {
    auto const evidence =
        item(R"({"kind":"inbound_sms","occurred_at":"2026-11-20T09:00:00Z","received_at":"2026-11-20T10:00:00Z"})");
    BOOST_TEST(format_time(*evidence->occurred_at) == "2026-11-20T09:00:00.000Z");
    BOOST_TEST(!item(R"({"kind":"email"})")->occurred_at.has_value());
}

BOOST_AUTO_TEST_CASE(an_unknown_kind_on_record_is_worth_nothing_and_lacks_nothing) {
    Evidence evidence;
    evidence.kind = "hologram";
    BOOST_TEST(missing_fields(evidence, texting_pack()).empty());
    BOOST_TEST(int(evidence_level(evidence, texting_pack(), "marketing", true)) == int(Level::none));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::consent
