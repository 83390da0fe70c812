// Addresses, doses and the numbers of patients and insured: what the screen looks for around a number, and what it leaves alone.
#include "ledger/consent/screen.hpp"

#include <boost/test/unit_test.hpp>

namespace cl::consent {
namespace {

bool has(Seen kind, std::string_view text) {
    return screen(text).has(kind);
}

BOOST_AUTO_TEST_SUITE(screen_places)

BOOST_AUTO_TEST_CASE(street_addresses) {
    for (char const* text : {"12 North Main St", "12b rue de la Paix", "Calle Mayor 12", "calle de la Luna 4",
                             "Hauptstrasse 12", "12 5th Avenue", "send it to 4 Elm Road"}) {
        BOOST_TEST(has(Seen::street_address, text), text);
    }
    for (char const* text : {"12 St", "1234567 Main St", "4 of the road", "12 3 Main", "calle", "Calle Mayor 123456",
                             "the road is 5 miles", "Hauptstrasse", "calle the 12"}) {
        BOOST_TEST(!has(Seen::street_address, text), text);
    }
    for (char const* text : {"12 Main St apt 4", "12 Main St, Springfield IL 62701"}) {
        BOOST_TEST(screen(text).has_twice(Seen::street_address), text);
    }
    BOOST_TEST(!screen("12 Main St, Springfield IL 627").has_twice(Seen::street_address));
}

BOOST_AUTO_TEST_CASE(addresses_of_mail) {
    for (char const* text :
         {"pat@example.com", "pat@mail.example.co.uk", "pat@my-shop.example.com", "bob at example dot com"}) {
        BOOST_TEST(has(Seen::email, text), text);
    }
    for (char const* text : {"@example", "meet @ 5.30", "pat@example", "look at it dot by dot", "see you @home. Com on"}) {
        BOOST_TEST(!has(Seen::email, text), text);
    }
}

BOOST_AUTO_TEST_CASE(medicines_and_doses) {
    for (char const* text : {"metformin 500 mg", "metformin 500mg", "insulin 10ml", "2 tablets of metformin"}) {
        BOOST_TEST(screen(text).has_twice(Seen::medication), text);
    }
    for (char const* text : {"metformin", "metformin 500", "metformin and then 5 of them mg"}) {
        BOOST_TEST(has(Seen::medication, text), text);
        BOOST_TEST(!screen(text).has_twice(Seen::medication), text);
    }
    BOOST_TEST(screen("diagnosed with lupus").has_twice(Seen::condition));
    BOOST_TEST(!screen("the lupus foundation").has_twice(Seen::condition));
}

BOOST_AUTO_TEST_CASE(numbers_of_patients_and_insured) {
    BOOST_TEST(has(Seen::record_number, "MRN 7654321"));
    BOOST_TEST(has(Seen::record_number, "chart number 123456"));
    BOOST_TEST(!has(Seen::record_number, "case number 123456"));
    BOOST_TEST(has(Seen::insurance_id, "medicare 1EG4-TE5-MK73"));
    BOOST_TEST(has(Seen::insurance_id, "member id 123456789"));
    BOOST_TEST(!has(Seen::insurance_id, "member since 2019"));
}

BOOST_AUTO_TEST_CASE(bank_accounts) {
    BOOST_TEST(screen("bank account 12345678").has_twice(Seen::bank_account));
    BOOST_TEST(has(Seen::bank_account, "routing 021000021"));
    for (char const* text : {"account 12345678", "bank account 12345", "bank account 123456789012345678", "my account is ok"}) {
        BOOST_TEST(!has(Seen::bank_account, text), text);
    }
}

BOOST_AUTO_TEST_CASE(a_result_says_what_was_seen_and_how_often) {
    ScreenResult result;
    BOOST_TEST(result.empty());
    result.add(Seen::care, false);
    BOOST_TEST(!result.empty());
    BOOST_TEST(!result.phi_suspected());
    result.add(Seen::condition, false);
    BOOST_TEST(result.phi_suspected());
    BOOST_TEST(!result.personal_suspected());
    result.add(Seen::iban, true);
    BOOST_TEST(result.has_twice(Seen::iban));
    BOOST_TEST(result.personal_suspected());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::consent
