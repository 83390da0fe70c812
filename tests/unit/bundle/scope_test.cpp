#include "ledger/bundle/scope.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace cl;
using namespace cl::bundle;

namespace {

std::string const hex(64, 'a');

Result<Asked> read(std::string const& text) {
    auto const value = json::parse(text, 10'000);
    return read_asked(value.value());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(scope)

BOOST_AUTO_TEST_CASE(what_can_be_asked_for) {
    BOOST_TEST(to_hex(*read(R"({"scope":{"kind":"contact","contact":")" + hex + R"("}})").value().scope.contact) == hex);
    BOOST_TEST(read(R"({"scope":{"kind":"contact","phone":"+1 555 010-0101"}})").value().phone == "+15550100101");
    BOOST_TEST(read(R"({"scope":{"kind":"list","list":"promo"},"openings":"redacted"})").value().redacted);
    BOOST_TEST(!read(R"({"scope":{"kind":"account"},"openings":"full"})").value().redacted);
    BOOST_TEST(*read(R"({"issued":7})").value().issued == 7);
    auto const range = read(R"({"scope":{"kind":"range","since":"2026-11-20T10:00:00+01:00"}})").value();
    BOOST_TEST(format_time(*range.scope.since) == "2026-11-20T09:00:00.000Z");
    BOOST_TEST(!range.scope.until.has_value());
}

BOOST_AUTO_TEST_CASE(what_cannot_is_refused_with_its_place) {
    std::vector<std::pair<std::string, std::string>> const cases = {
        {"[]", ""},
        {"{}", "/scope"},
        {R"({"scope":"contact"})", "/scope"},
        {R"({"scope":{}})", "/scope/kind"},
        {R"({"scope":{"kind":"ledger"}})", "/scope/kind"},
        {R"({"scope":{"kind":1}})", "/scope/kind"},
        {R"({"scope":{"kind":"contact"}})", "/scope/contact"},
        {R"({"scope":{"kind":"contact","contact":"AA"}})", "/scope/contact"},
        {R"({"scope":{"kind":"contact","phone":"12"}})", "/scope/phone"},
        {R"({"scope":{"kind":"contact","phone":"+15550100101","contact":")" + hex + R"("}})", "/scope/contact"},
        {R"({"scope":{"kind":"contact","list":"a","contact":")" + hex + R"("}})", "/scope/list"},
        {R"({"scope":{"kind":"list"}})", "/scope/list"},
        {R"({"scope":{"kind":"list","list":"a b"}})", "/scope/list"},
        {R"({"scope":{"kind":"account","list":"a"}})", "/scope/list"},
        {R"({"scope":{"kind":"range"}})", "/scope/since"},
        {R"({"scope":{"kind":"range","since":"yesterday"}})", "/scope/since"},
        {R"({"scope":{"kind":"range","since":"2026-11-20T10:00:00Z","until":"2026-11-20T10:00:00Z"}})", "/scope/until"},
        {R"({"scope":{"kind":"account"},"openings":"some"})", "/openings"},
        {R"({"scope":{"kind":"account"},"openings":1})", "/openings"},
        {R"({"scope":{"kind":"account"},"issued":7})", "/scope"},
        {R"({"issued":-1})", "/issued"},
        {R"({"issued":"7"})", "/issued"},
        {R"({"scope":{"kind":"account"},"more":1})", "/more"},
    };
    for (auto const& [text, pointer] : cases) {
        BOOST_TEST_CONTEXT(text) {
            auto const asked = read(text);
            BOOST_REQUIRE(!asked);
            BOOST_TEST((asked.error().code == errc::invalid));
            BOOST_TEST(asked.error().pointer == pointer);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_statement_is_read_back_as_it_was_written) {
    Entry entry;
    entry.kind = "export.issued";
    entry.seq = 20;
    std::vector<std::string> const scopes = {R"({"kind":"contact","contact":")" + hex + R"("})",
                                             R"({"kind":"list","list":"promo"})", R"({"kind":"account"})",
                                             R"({"kind":"range","until":"2026-11-20T10:00:00Z"})"};
    for (std::string const& text : scopes) {
        Statement said;
        said.scope = read(R"({"scope":)" + text + "}").value().scope;
        said.digest.bytes[3] = 9;
        said.entries = 4;
        said.tree_size = 20;
        said.last = 3;
        entry.data = to_data(said);
        BOOST_TEST((read_statement(entry).value() == said));
    }
    entry.seq = 19;  // smaller than what it says was read
    BOOST_TEST((read_statement(entry).error().code == errc::not_found));
    entry.seq = 20;
    entry.data.set("scope", "ledger");
    BOOST_TEST((read_statement(entry).error().code == errc::not_found));
    entry.kind = "opt_out.stop";
    BOOST_TEST((read_statement(entry).error().code == errc::not_found));
}

BOOST_AUTO_TEST_SUITE_END()
