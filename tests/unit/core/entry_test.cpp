// encode and decode: the bytes of an entry, and that each has one form only.
#include "ledger/core/entry.hpp"

#include "ledger/core/limits.hpp"
#include "ledger/core/sha256.hpp"
#include "tests/unit/core/samples.hpp"

namespace cl {
namespace {

std::string encoded(Entry const& entry) {
    auto bytes = encode(entry);
    BOOST_REQUIRE_MESSAGE(bytes, bytes.error().detail << " " << bytes.error().pointer);
    return *bytes;
}

Entry smallest_entry() {
    Entry entry;
    entry.kind = "ledger.created";
    return entry;
}

BOOST_AUTO_TEST_SUITE(entry)

BOOST_AUTO_TEST_CASE(smallest_entry_has_the_required_members_only) {
    BOOST_TEST(
        encoded(smallest_entry()) ==
        R"({"data":{},"kind":"ledger.created","prev":"0000000000000000000000000000000000000000000000000000000000000000",)"
        R"("recorded_at":"1970-01-01T00:00:00.000Z","seq":0,"v":1})");
}

BOOST_AUTO_TEST_CASE(full_entry_has_every_member_in_order) {
    std::string const c4(32, '\xc4');
    std::string expected =
        R"({"account":"acme","account_seq":7,"actor":{"id":"agent-7","kind":"agent"},"channel":"voice","contact":")";
    expected +=
        to_hex(std::string(32, '\x3f')) + R"(","contact_prev":3,"contact_seq":2,"data":{"lists":["promo"],"method":"call"},)";
    expected += R"("evidence":[{"digest":")" + to_hex(std::string(32, '\x77')) +
                R"(","fields":["agent","words"],"for":3,"held_by":"crm",)";
    expected += R"("kind":"verbal_call","occurred_at":"2026-11-23T11:58:20.000Z",)";
    expected += R"("scope":{"lists":["promo"],"purpose":"marketing","seller":"Acme Shoes, Inc."},"verified":false}],)";
    expected +=
        R"("kind":"opt_in.consent","occurred_at":"2026-11-23T12:00:00.000Z","policy":{"pack":"texting","rules":1},"prev":")";
    expected +=
        to_hex(c4) + R"(","recorded_at":"2026-11-23T12:00:00.412Z","request":{"body":")" + to_hex(std::string(32, '\x9d'));
    expected += R"(","key":")" + to_hex(std::string(32, '\xe0')) +
                R"("},"seq":12,"source":{"platform":"crm","record":"chg-991","token":"t_4f"},)";
    expected +=
        R"("state":{"blocked":false,"level":"promotional","list":{"id":"promo","member":true},"opted_in":true},"to":"+15550199999","v":1})";
    BOOST_TEST(encoded(test::full_entry()) == expected);
}

BOOST_AUTO_TEST_CASE(decode_is_the_inverse) {
    for (Entry const& entry : {smallest_entry(), test::full_entry()}) {
        auto const decoded = decode(encoded(entry));
        BOOST_REQUIRE(decoded.has_value());
        BOOST_CHECK(*decoded == entry);
    }
}

BOOST_AUTO_TEST_CASE(typed_entry_is_written_as_the_general_writer_would) {
    auto const bytes = encoded(test::full_entry());
    BOOST_TEST(json::write(json::parse(bytes, limits::entry_bytes).value()) == bytes);
}

// A source or a scope in which nothing stands is the same as none.
BOOST_AUTO_TEST_CASE(empty_parts_are_absent) {
    Entry entry = test::full_entry();
    entry.source = Source{};
    entry.evidence[0].scope = Scope{};
    auto const bytes = encoded(entry);
    BOOST_TEST(bytes.find("\"source\"") == std::string::npos);
    BOOST_TEST(bytes.find("\"scope\"") == std::string::npos);
    BOOST_TEST(decode(bytes).has_value());
}

BOOST_AUTO_TEST_CASE(length_is_limited_to_what_a_bundle_can_hold) {
    Entry entry = smallest_entry();
    entry.data.set("note", "");
    auto const without = encoded(entry).size();
    entry.data.set("note", std::string(limits::entry_bytes - without, 'x'));
    auto const longest = encoded(entry);
    BOOST_TEST(longest.size() == limits::entry_bytes);
    BOOST_TEST(decode(longest).has_value());
    entry.data.set("note", std::string(limits::entry_bytes - without + 1, 'x'));
    BOOST_CHECK(encode(entry).error().code == errc::too_large);
    BOOST_CHECK(decode(longest + " ").error().code == errc::entry_malformed);
}

BOOST_AUTO_TEST_CASE(levels_have_names) {
    BOOST_TEST(name(Level::none) == "none");
    BOOST_TEST(name(Level::promotional) == "promotional");
    BOOST_CHECK(level_from("informational") == Level::informational);
    BOOST_CHECK(level_from("conversational") == Level::conversational);
    BOOST_TEST(!level_from("Promotional").has_value());
    BOOST_TEST(!level_from("").has_value());
    BOOST_CHECK(Level::none < Level::conversational && Level::conversational < Level::informational &&
                Level::informational < Level::promotional);
}

// RFC 6962: the empty leaf and "L123456".
BOOST_AUTO_TEST_CASE(leaf_hash_constants) {
    BOOST_TEST(to_hex(leaf_hash("")) == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    BOOST_TEST(to_hex(leaf_hash("L123456")) == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
    BOOST_CHECK(leaf_hash("x") != sha256("x"));
}

BOOST_AUTO_TEST_CASE(envelope_of_any_version) {
    auto const bytes = encoded(test::full_entry());
    auto const envelope = decode_envelope(bytes).value();
    BOOST_TEST(envelope.version == 1);
    BOOST_TEST(envelope.seq == 12);
    BOOST_CHECK(envelope.prev == test::filled_hash(0xc4));

    std::string const future = R"({"new":[1],"prev":")" + std::string(64, 'a') + R"(","seq":5,"v":2})";
    BOOST_CHECK(decode(future).error().code == errc::entry_version);
    BOOST_TEST(decode_envelope(future).value().version == 2);
    BOOST_TEST(decode_envelope(future).value().seq == 5);
}

BOOST_AUTO_TEST_CASE(envelope_refuses_what_has_no_place) {
    std::string const prev = R"("prev":")" + std::string(64, 'a') + "\"";
    for (auto const& text : {std::string("{}"), std::string("[1]"), std::string("nonsense"), "{" + prev + R"(,"seq":5})",
                             "{" + prev + R"(,"v":2})", std::string(R"({"seq":5,"v":2})"), "{" + prev + R"(,"seq":-1,"v":2})",
                             "{" + prev + R"(,"seq":"5","v":2})", "{" + prev + R"(,"seq":5,"v":"2"})",
                             std::string(R"({"prev":"aa","seq":5,"v":2})"), std::string(R"({"prev":7,"seq":5,"v":2})")}) {
        BOOST_TEST_CONTEXT(text) {
            BOOST_REQUIRE(!decode_envelope(text));
            BOOST_CHECK(decode_envelope(text).error().code == errc::entry_malformed);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl
