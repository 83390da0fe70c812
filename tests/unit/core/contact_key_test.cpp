// Salts, pseudonyms and tags: each input changes the result, and no two uses share a key. The values themselves are in golden_test.
#include "ledger/core/keys.hpp"
#include "ledger/core/sha256.hpp"
#include "tests/unit/core/samples.hpp"

#include <set>

namespace cl {
namespace {

BOOST_AUTO_TEST_SUITE(contact_key)

BOOST_AUTO_TEST_CASE(pseudonyms_depend_on_key_account_and_number) {
    ContactKey const key(test::counting_secret(1));
    ContactKey const other(test::counting_secret(2));
    auto const contact = key.contact("acme", "+15550100123");
    BOOST_CHECK(contact == ContactKey(test::counting_secret(1)).contact("acme", "+15550100123"));
    BOOST_CHECK(contact != other.contact("acme", "+15550100123"));
    BOOST_CHECK(contact != key.contact("acme2", "+15550100123"));
    BOOST_CHECK(contact != key.contact("acme", "+15550100124"));
    BOOST_CHECK(contact == contact_id(key.salt("acme", "+15550100123"), "acme", "+15550100123"));
}

BOOST_AUTO_TEST_CASE(layouts_are_those_of_the_format) {
    Hash32 const salt = test::filled_hash(5);
    BOOST_CHECK(contact_id(salt, "acme", "+1") ==
                sha256(std::string("consent-ledger/contact/v1\0", 26) + std::string(salt.view()) + std::string("acme\0+1", 7)));
    BOOST_CHECK(content_commitment(salt, "text") ==
                sha256(std::string("consent-ledger/content/v1\0", 26) + std::string(salt.view()) + "text"));
}

BOOST_AUTO_TEST_CASE(tags_keep_their_parts_apart) {
    ContactKey const key(test::counting_secret(1));
    std::set<Hash32> const tags = {key.request_key("a", "bc", "d", 0),
                                   key.request_key("ab", "c", "d", 0),
                                   key.request_key("a", "b", "cd", 0),
                                   key.request_key("a", "bc", "d", 1),
                                   key.request_key("a", "bc", "", 0),
                                   key.message_id("a", "bc", "d"),
                                   key.message_id("ab", "c", "d"),
                                   key.message_id("a", "b", "cd"),
                                   key.request_body("a"),
                                   key.request_body(""),
                                   key.check_value()};
    BOOST_TEST(tags.size() == 11U);
}

BOOST_AUTO_TEST_CASE(check_value_tells_keys_apart) {
    BOOST_CHECK(ContactKey(test::counting_secret(1)).check_value() == ContactKey(test::counting_secret(1)).check_value());
    BOOST_CHECK(ContactKey(test::counting_secret(1)).check_value() != ContactKey(test::counting_secret(2)).check_value());
    BOOST_TEST(to_hex(ContactKey(test::counting_secret(1)).check_value()).find("010203040506") == std::string::npos);
}

// RFC 7693 has "abc" for BLAKE2b-512; the 256-bit value is that of the reference implementation.
BOOST_AUTO_TEST_CASE(blake2b_and_its_comparison) {
    BOOST_TEST(to_hex(blake2b("abc")) == "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    BOOST_TEST(equal_in_constant_time(blake2b("abc"), blake2b("abc")));
    BOOST_TEST(!equal_in_constant_time(blake2b("abc"), blake2b("abd")));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl
