// One spelling for a number; what is no number is not repeated.
#include "ledger/core/keys.hpp"

#include <boost/test/unit_test.hpp>

namespace cl {
namespace {

BOOST_AUTO_TEST_SUITE(phone)

BOOST_AUTO_TEST_CASE(spellings_of_one_number) {
    for (auto const* text :
         {"+15550100123", "+1 555 010 0123", "+1-555-010-0123", "+1.555.010.0123", "+1 (555) 010-0123", "+1((555)) 0100123"}) {
        BOOST_TEST_CONTEXT(text) {
            BOOST_TEST(normalise_phone(text).value() == "+15550100123");
        }
    }
    BOOST_TEST(normalise_phone("+1555010").value() == "+1555010");
    BOOST_TEST(normalise_phone("+155501001234567").value() == "+155501001234567");
}

BOOST_AUTO_TEST_CASE(everything_else) {
    for (auto const* text : {"",
                             "+",
                             "15550100123",
                             "+0555010012",
                             "+155501",
                             "+1555010012345678",
                             "+1555010012a",
                             "+1 555 010 0123 x4",
                             "tel:+15550100123",
                             "++15550100123",
                             "+15550100123 ",
                             " +15550100123",
                             "(+1) 5550100123",
                             "+15550100123)",
                             "+1/555/0100123",
                             "+1\t5550100123",
                             "55501",
                             "ACME",
                             "+1\xc2\xa0"
                             "5550100123",
                             "+\xd9\xa1\xd9\xa2\xd9\xa3\xd9\xa4\xd9\xa5\xd9\xa6\xd9\xa7",
                             "+1,5550100123",
                             "0015550100123"}) {
        BOOST_TEST_CONTEXT(text) {
            auto const number = normalise_phone(text);
            BOOST_REQUIRE(!number);
            BOOST_CHECK(number.error().code == errc::invalid);
            BOOST_TEST(number.error().detail.find("555") == std::string::npos);
        }
    }
    BOOST_TEST(!normalise_phone("+1" + std::string(1'000'000, '5')).has_value());
    BOOST_TEST(!normalise_phone(std::string("+1555010\0"
                                            "0123",
                                            13))
                    .has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl
