// Hexadecimal and base64: one spelling for each value.
#include "ledger/core/hash32.hpp"

#include "tests/unit/core/samples.hpp"

namespace cl {
namespace {

BOOST_AUTO_TEST_SUITE(hash32)

BOOST_AUTO_TEST_CASE(hex_round_trip) {
    BOOST_TEST(to_hex(std::string_view("\x00\x7f\xff", 3)) == "007fff");
    BOOST_TEST(from_hex("007fff").value() == std::string("\x00\x7f\xff", 3));
    BOOST_TEST(from_hex("").value().empty());
    Hash32 const hash = test::filled_hash(0xa5);
    BOOST_CHECK(hash_from_hex(to_hex(hash)).value() == hash);
}

BOOST_AUTO_TEST_CASE(hex_refuses_what_it_would_not_write) {
    for (auto const* text : {"0", "0G", "g0", "FF", "aB", " 0", "0x", "00 "}) {
        BOOST_TEST_CONTEXT(text) {
            BOOST_REQUIRE(!from_hex(text));
            BOOST_CHECK(from_hex(text).error().code == errc::malformed);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_hash_is_exactly_64_digits) {
    BOOST_TEST(hash_from_hex(std::string(64, 'a')).has_value());
    for (auto const& text :
         {std::string(), std::string(62, 'a'), std::string(63, 'a'), std::string(66, 'a'), std::string(64, 'A')}) {
        BOOST_TEST_CONTEXT(text.size()) {
            BOOST_REQUIRE(!hash_from_hex(text));
            BOOST_CHECK(hash_from_hex(text).error().code == errc::malformed);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_hash_is_exactly_32_bytes) {
    BOOST_CHECK(hash_from_bytes(std::string(32, '\x07')).value() == test::filled_hash(7));
    BOOST_CHECK(hash_from_bytes(std::string(31, 'x')).error().code == errc::malformed);
    BOOST_CHECK(hash_from_bytes(std::string(33, 'x')).error().code == errc::malformed);
}

// RFC 4648 section 10.
BOOST_AUTO_TEST_CASE(base64_vectors) {
    std::pair<char const*, char const*> const cases[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
    for (auto const& [plain, encoded] : cases) {
        BOOST_TEST(to_base64(plain) == encoded);
        BOOST_TEST(from_base64(encoded).value() == plain);
    }
    BOOST_TEST(to_base64("\xfb\xff\xfe") == "+//+");
}

BOOST_AUTO_TEST_CASE(base64_refuses_what_it_would_not_write) {
    // No padding, too much of it, padding within, bits left over, other alphabets, line ends.
    for (auto const* text :
         {"Zg", "Zg=", "Zg===", "Z===", "====", "=", "Zg==Zg==", "Zh==", "Zm9=", "Zm-_", "Zm9v\n", "Zm 9", "Zg=\n"}) {
        BOOST_TEST_CONTEXT(text) {
            BOOST_REQUIRE(!from_base64(text));
            BOOST_CHECK(from_base64(text).error().code == errc::malformed);
        }
    }
}

BOOST_AUTO_TEST_CASE(order_is_that_of_the_bytes) {
    BOOST_CHECK(test::filled_hash(1) < test::filled_hash(2));
    BOOST_CHECK(test::filled_hash(0x7f) < test::filled_hash(0x80));
    Hash32 changed = test::filled_hash(1);
    changed.bytes[31] = 2;
    BOOST_CHECK(test::filled_hash(1) < changed);
    BOOST_CHECK(Hash32Hasher{}(test::filled_hash(1)) != Hash32Hasher{}(test::filled_hash(2)));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl
