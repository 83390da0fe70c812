// Tokens: text form, creation, authentication.
#include "ledger/service/token_text.hpp"
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace cl;
using test::need;
using test::ServiceFixture;

namespace {

errc code_of(Result<service::Principal> const& result) {
    BOOST_REQUIRE(!result);
    return result.error().code;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tokens)

BOOST_AUTO_TEST_CASE(the_text_is_strict_and_carries_zlibs_checksum) {
    BOOST_TEST(service::crc32("123456789") == 0xcbf43926U);
    test::SeededRandom random(7);
    auto const token = service::new_token_text(random);
    std::string const text = service::to_text(token);
    auto const back = need(service::parse_token_text(text));
    BOOST_TEST(back.id == token.id);
    BOOST_TEST(back.secret == token.secret);
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string torn = text;
        torn[i] = torn[i] == 'a' ? 'b' : 'a';
        BOOST_TEST(!service::parse_token_text(torn));
    }
    for (std::string const& bad :
         {std::string(), std::string("cl_"), std::string("cl__"), text.substr(0, text.size() - 1), text + "0", "x" + text}) {
        BOOST_TEST(!service::parse_token_text(bad));
    }
}

BOOST_AUTO_TEST_CASE(a_token_defines_its_account_and_authenticates_also_after_a_rebuild) {
    ServiceFixture f;
    need(f.try_open());
    auto const token = need(f.service->create_token("shop", consent::Role::writer));
    auto const principal = need(f.service->authenticate(token.text));
    BOOST_TEST(principal.token == token.id);
    BOOST_TEST((principal.role == consent::Role::writer));
    BOOST_TEST(principal.covers("shop"));
    BOOST_TEST(!principal.covers("acme"));
    BOOST_TEST(!principal.covers_all());
    auto const entries = f.entries();
    BOOST_REQUIRE(entries.size() == 3U);
    BOOST_TEST(need(decode(entries[1])).kind == "account.defined");
    auto const created = need(decode(entries[2]));
    BOOST_TEST(created.kind == "token.created");
    BOOST_TEST(consent::check_stored_data(consent::Kind::token_created, created.data).has_value());
    BOOST_TEST(entries[2].find(token.text.substr(token.text.size() - 72, 64)) == std::string::npos);
    need(f.service->create_token("shop", consent::Role::auditor));
    BOOST_TEST(f.entries().size() == 4U);
    auto const everywhere = need(f.service->create_token("*", consent::Role::admin));
    BOOST_TEST(need(f.service->authenticate(everywhere.text)).covers_all());
    BOOST_TEST(need(decode(f.entries().back())).account.empty());
    f.close();
    std::filesystem::remove(f.dir() / "state.db");
    need(f.try_open());
    BOOST_TEST(f.service->authenticate(token.text).has_value());
    BOOST_TEST(f.service->authenticate(everywhere.text).has_value());
}

BOOST_AUTO_TEST_CASE(unknown_and_altered_tokens_are_unauthorized) {
    ServiceFixture f;
    need(f.try_open());
    auto const token = need(f.service->create_token("shop", consent::Role::writer));
    auto other = need(service::parse_token_text(token.text));
    other.secret[0] = static_cast<char>(other.secret[0] ^ 1);
    BOOST_TEST((code_of(f.service->authenticate(service::to_text(other))) == errc::unauthorized));
    test::SeededRandom random(99);
    BOOST_TEST((code_of(f.service->authenticate(service::to_text(service::new_token_text(random)))) == errc::unauthorized));
    BOOST_TEST((code_of(f.service->authenticate("Bearer " + token.text)) == errc::unauthorized));
    auto const bad = f.service->create_token("No Such", consent::Role::writer);
    BOOST_REQUIRE(!bad);
    BOOST_TEST((bad.error().code == errc::invalid));
}

BOOST_AUTO_TEST_SUITE_END()
