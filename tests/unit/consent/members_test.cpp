// Every member of every kind and every field of every evidence, with values that it takes and values that it refuses: driven by the tables
// themselves, so that a new row is tested by being there.
#include "ledger/consent/data_schema.hpp"
#include "ledger/consent/evidence.hpp"
#include "ledger/consent/evidence_kinds.hpp"
#include "ledger/core/limits.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace cl::consent {
namespace {

struct Values {
    std::vector<std::string> taken;  // JSON
    std::vector<std::string> refused;
};

std::string quoted(std::string const& text) {
    return '"' + text + '"';
}
/// `["i0","i1",…]`
std::string many_ids(std::size_t count) {
    std::string out = "[";
    for (std::size_t i = 0; i < count; ++i) out += (i > 0 ? "," : "") + quoted("i" + std::to_string(i));
    return out + "]";
}
std::string many_settings(std::size_t count) {
    std::string out = "{";
    for (std::size_t i = 0; i < count; ++i) out += (i > 0 ? "," : "") + quoted("i" + std::to_string(i)) + ":1";
    return out + "}";
}

std::string const hex(64, 'a');
std::string const not_id[] = {"1", "true", "null", "[]", R"("")", R"("a b")", R"("a/b")", quoted(std::string(129, 'a'))};
std::string const not_time[] = {"1", R"("")", R"("yesterday")", R"("2026-11-20T10:00:00")", R"("2026-11-31T10:00:00Z")"};
std::string const not_digest[] = {"1", R"("")", quoted(hex.substr(1)), quoted(hex + "a"), quoted(std::string(64, 'A'))};
std::string const not_count[] = {"-1", R"("1")", "true", "[]", "{}"};

template <std::size_t Size>
std::vector<std::string> all(std::string const (&texts)[Size]) {
    return {texts, texts + Size};
}

Values values_of(MemberRule const& rule) {
    switch (rule.shape) {
    case Shape::id: return {{R"("a.B_1:-")", quoted(std::string(128, 'a'))}, all(not_id)};
    case Shape::line:
        return {{R"("a few words")", quoted(std::string(limits::line_bytes, 'a'))},
                {"1", R"("")", R"("two\nlines")", "\"del\x7f\"", quoted(std::string(limits::line_bytes + 1, 'a'))}};
    case Shape::text:
        return {{R"("words\nand words")", R"("")"}, {"1", "[]", quoted(std::string(limits::text_bytes + 1, 'a'))}};
    case Shape::choice: return {{quoted(std::string(rule.choices.back()))}, {"1", R"("")", R"("something else")"}};
    case Shape::seq:
    case Shape::count: return {{"0", "7"}, all(not_count)};
    case Shape::flag: return {{"true", "false"}, {"1", R"("true")", "null"}};
    case Shape::ids:
        return {{R"(["a"])", many_ids(limits::lists_per_item)},
                {R"("a")", "[]", "[1]", R"(["a","a"])", R"(["a b"])", many_ids(limits::lists_per_item + 1)}};
    case Shape::words: return {{R"(["leave it","raus"])"}, {R"("a")", "[]", "[1]", R"([""])", R"(["!!"])", R"(["a\nb"])"}};
    case Shape::numbers: return {{R"(["+15550199999"])"}, {R"("+15550199999")", R"(["555"])", "[1]"}};
    case Shape::accounts: return {{R"(["*"])", R"(["acme","b-2"])"}, {R"("acme")", R"(["No"])", R"(["-a"])", R"([""])"}};
    case Shape::time: return {{R"("2026-11-20T10:00:00+01:00")"}, all(not_time)};
    case Shape::digest: return {{quoted(hex)}, all(not_digest)};
    case Shape::settings:
        return {{R"({"a":1,"b":true,"c":"x"})", many_settings(limits::lists_per_item)},
                {"[]", R"({"a b":1})", R"({"a":[]})", R"({"a":"x\ny"})", R"({"a":""})", R"({"a":null})",
                 many_settings(limits::lists_per_item + 1)}};
    case Shape::trace:
        return {{R"("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")"},
                {"1", R"("")", R"("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01")",
                 R"("4bf92f3577b34da6a3ce929d0e0e4736")"}};
    case Shape::claimed:
        return {{R"({"opted_in":true})", R"({"blocked":false,"opted_in":true})"},
                {"1", "{}", R"({"else":true})", R"({"opted_in":1})", R"({"opted_in":true,"blocked":"no"})"}};
    }
    return {};
}

json::Value value(std::string const& text) {
    return json::parse(text, 1'000'000).value();
}

BOOST_AUTO_TEST_SUITE(members)

BOOST_AUTO_TEST_CASE(every_member_of_every_kind) {
    for (KindInfo const& kind : all_kinds()) {
        for (auto const rules : {data_members(kind.kind), server_members(kind.kind)}) {
            for (MemberRule const& rule : rules) {
                Values const values = values_of(rule);
                BOOST_TEST_CONTEXT(kind.name << " " << rule.name) {
                    for (std::string const& text : values.taken) {
                        BOOST_TEST(read_member(rule, value(text), "/data/m").has_value(), text.substr(0, 80));
                    }
                    for (std::string const& text : values.refused) {
                        auto const read = read_member(rule, value(text), "/data/m");
                        BOOST_TEST_REQUIRE(!read.has_value(), text.substr(0, 80));
                        BOOST_TEST((read.error().code == errc::invalid));
                        BOOST_TEST(read.error().pointer.starts_with("/data/m"), text.substr(0, 80));
                    }
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(numbers_and_times_have_one_spelling) {
    MemberRule const time{"t", Shape::time};
    BOOST_TEST(json::write(read_member(time, value(R"("2026-11-20T11:00:00+01:00")"), "").value()) ==
               R"("2026-11-20T10:00:00.000Z")");
    MemberRule const numbers{"n", Shape::numbers};
    BOOST_TEST(json::write(read_member(numbers, value(R"(["+1 (555) 019-9999"])"), "").value()) == R"(["+15550199999"])");
    BOOST_TEST(!read_member(numbers, value(R"(["+1 (555) 019-9999","+15550199999"])"), "/n").has_value());
}

Values values_of(Field shape) {
    switch (shape) {
    case Field::id: return {{R"("a.B_1:-")"}, all(not_id)};
    case Field::text:
    case Field::prose: return {{R"("some words")"}, {"1", R"("")", quoted(std::string(limits::text_bytes + 1, 'a'))}};
    case Field::message: return {{R"("")", R"("some words")"}, {"1", quoted(std::string(limits::message_bytes + 1, 'a'))}};
    case Field::time: return {{R"("2026-11-20T10:00:00+01:00")"}, all(not_time)};
    case Field::date: return {{R"("2026-11-20")"}, {"1", R"("")", R"("2026-11-31")", R"("20.11.2026")", R"("2026-11-2")"}};
    case Field::sha256: return {{quoted(hex)}, all(not_digest)};
    case Field::count: return {{"0", "12"}, all(not_count)};
    case Field::file:
        return {{"{}", R"({"held_by":"crm","ref":"shelf 4","sha256":")" + hex + R"("})"},
                {"1", R"("x")", R"({"sha256":"x"})", R"({"sha256":1})", R"({"held_by":"a b"})", R"({"ref":""})",
                 R"({"other":"x"})"}};
    case Field::party: return {{R"("+15550199999")", R"("12345")", R"("ACME")"}, {"1", R"("")", R"("a b")"}};
    }
    return {};
}

/// The pointer of the refusal, or `taken`.
std::string fault(std::string_view kind, std::string const& name, std::string const& text) {
    json::Object item = {{"kind", kind}};
    item.set(name, value(text));
    auto const read = parse_evidence(item, "/evidence/0");
    return read ? "taken" : read.error().pointer;
}

constexpr std::string_view kinds[] = {"inbound_sms",      "web_form",  "verbal_call", "paper_form",
                                      "text_to_join",     "in_person", "email",       "third_party_certificate",
                                      "agent_attestation"};

BOOST_AUTO_TEST_CASE(every_field_of_every_evidence) {
    for (std::string_view const kind : kinds) {
        EvidenceRule const* const rule = find_evidence(kind);
        BOOST_REQUIRE(rule != nullptr);
        std::vector<FieldRule> fields(rule->fields.begin(), rule->fields.end());
        for (std::string_view const name : {"name", "note", "language", "expires_at", "disclosure"}) {
            fields.push_back({name, find_field(*rule, name).value()});
        }
        for (FieldRule const& field : fields) {
            Values const values = values_of(field.shape);
            std::string const name(field.name);
            BOOST_TEST_CONTEXT(kind << " " << name) {
                for (std::string const& text : values.taken) BOOST_TEST(fault(kind, name, text) == "taken", text.substr(0, 80));
                for (std::string const& text : values.refused) {
                    BOOST_TEST(fault(kind, name, text).starts_with("/evidence/0/" + name), text.substr(0, 80));
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(what_every_evidence_has) {
    struct {
        char const* name;
        char const* text;
        char const* pointer;
    } const rows[] = {
        {"held_by", R"("crm")", "taken"},
        {"held_by", "1", "/evidence/0/held_by"},
        {"held_by", R"("a b")", "/evidence/0/held_by"},
        {"occurred_at", R"("2026-11-20T10:00:00Z")", "taken"},
        {"occurred_at", "1", "/evidence/0/occurred_at"},
        {"occurred_at", R"("soon")", "/evidence/0/occurred_at"},
        {"for", "7", "taken"},
        {"for", "-1", "/evidence/0/for"},
        {"for", R"("7")", "/evidence/0/for"},
        {"scope", "{}", "taken"},
        {"scope", R"({"purpose":"marketing","seller":"Acme","lists":["a","b"]})", "taken"},
        {"scope", "1", "/evidence/0/scope"},
        {"scope", R"({"other":"x"})", "/evidence/0/scope/other"},
        {"scope", R"({"purpose":1})", "/evidence/0/scope/purpose"},
        {"scope", R"({"seller":"a\nb"})", "/evidence/0/scope/seller"},
        {"scope", R"({"lists":"a"})", "/evidence/0/scope/lists"},
        {"scope", R"({"lists":[1]})", "/evidence/0/scope/lists/0"},
        {"scope", R"({"lists":["a","a"]})", "/evidence/0/scope/lists/1"},
        {"scope", R"({"lists":["a b"]})", "/evidence/0/scope/lists/0"},
        {"other", R"("x")", "/evidence/0/other"},
    };
    for (auto const& row : rows) BOOST_TEST(fault("in_person", row.name, row.text) == row.pointer, row.name << " " << row.text);
    BOOST_TEST(fault("in_person", "scope", R"({"lists":)" + many_ids(limits::lists_per_item + 1) + "}") ==
               "/evidence/0/scope/lists");
    BOOST_TEST(fault("rumour", "note", R"("x")") == "/evidence/0/kind");
    BOOST_TEST(parse_evidence(json::Value(1), "/evidence/0").error().pointer == "/evidence/0");
}

BOOST_AUTO_TEST_CASE(a_kinds_own_time_stands_in) {
    auto const at = [](std::string const& text) { return parse_evidence(value(text), "/e").value().occurred_at; };
    BOOST_TEST(
        (at(R"({"kind":"web_form","submitted_at":"2026-11-20T10:00:00Z"})") == parse_rfc3339("2026-11-20T10:00:00Z").value()));
    BOOST_TEST((at(R"({"kind":"web_form","submitted_at":"2026-11-20T10:00:00Z","occurred_at":"2026-11-19T10:00:00Z"})") ==
                parse_rfc3339("2026-11-19T10:00:00Z").value()));
    BOOST_TEST(!at(R"({"kind":"web_form"})").has_value());
    BOOST_TEST(!at(R"({"kind":"paper_form","signed_on":"2026-11-20"})").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::consent
