// Numbers that name a person or an account: which are taken for one, and which only look like it.
#include "ledger/consent/screen_numbers.hpp"

#include "ledger/consent/screen.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace cl::consent {
namespace {

/// `prefix` filled up with digits to `length`, the last one by Luhn's rule (ISO/IEC 7812-1).
std::string card(std::string const& prefix, std::size_t length) {
    std::string digits = prefix;
    while (digits.size() + 1 < length) digits += static_cast<char>('0' + digits.size() * 7 % 10);
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        int const d = (digits[digits.size() - 1 - i] - '0') * (i % 2 == 0 ? 2 : 1);
        sum += d > 9 ? d - 9 : d;
    }
    return digits + static_cast<char>('0' + (10 - sum % 10) % 10);
}

bool has(Seen kind, std::string const& text) {
    return screen(text).has(kind);
}

BOOST_AUTO_TEST_SUITE(screen_numbers)

BOOST_AUTO_TEST_CASE(cards_by_their_issuers) {
    for (char const* prefix : {"4",    "51", "55", "2221", "2500", "2720", "34", "37", "6011", "65", "6440",
                               "6499", "35", "30", "36",   "38",   "50",   "56", "57", "58",   "62"}) {
        BOOST_TEST(card_number(card(prefix, 16)), prefix);
    }
    for (char const* prefix : {"1", "0", "2220", "2721", "33", "39", "6010", "6439", "59", "60", "61", "63", "7", "8", "9"}) {
        BOOST_TEST(!card_number(card(prefix, 16)), prefix);
    }
    for (std::size_t const length : {13U, 14U, 15U, 16U, 17U, 18U, 19U}) BOOST_TEST(card_number(card("4", length)), length);
    BOOST_TEST(!card_number(card("4", 12)));
    BOOST_TEST(!card_number(card("4", 20)));
    std::string wrong = card("4", 16);
    wrong.back() = wrong.back() == '9' ? '0' : static_cast<char>(wrong.back() + 1);
    BOOST_TEST(!card_number(wrong));
    BOOST_TEST(!card_number("4444444444444444"));  // somebody leaned on a key
}

BOOST_AUTO_TEST_CASE(cards_in_groups) {
    std::string const visa = card("4", 16);
    std::string const amex = card("37", 15);
    auto const cut = [](std::string const& digits, std::vector<std::size_t> const& lengths, char between) {
        std::string out;
        std::size_t at = 0;
        for (std::size_t const length : lengths) {
            if (at > 0) out += between;
            out += digits.substr(at, length);
            at += length;
        }
        return "it is " + out + " ok";
    };
    for (char const between : {' ', '-', '.'}) {
        BOOST_TEST(has(Seen::payment_card, cut(visa, {4, 4, 4, 4}, between)));
        BOOST_TEST(has(Seen::payment_card, cut(amex, {4, 6, 5}, between)));
        BOOST_TEST(has(Seen::payment_card, cut(visa, {2, 2, 2, 2, 2, 2, 2, 2}, between)));
    }
    BOOST_TEST(has(Seen::payment_card, cut(card("36", 14), {4, 6, 4}, ' ')));
    BOOST_TEST(has(Seen::payment_card, cut(card("4", 19), {4, 4, 4, 4, 3}, ' ')));
    BOOST_TEST(has(Seen::payment_card, cut(card("4", 13), {4, 4, 4, 1}, ' ')));
    BOOST_TEST(has(Seen::payment_card, cut(amex, {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, ' ')));
    BOOST_TEST(has(Seen::payment_card, cut(amex, {2, 2, 2, 2, 2, 2, 2, 1}, ' ')));
    BOOST_TEST(!has(Seen::payment_card, cut(visa, {4, 4, 4, 4}, '/')));
    BOOST_TEST(!has(Seen::payment_card, cut(visa, {5, 5, 6}, ' ')));
    BOOST_TEST(!has(Seen::payment_card, "it is " + visa.substr(0, 4) + " more " + visa.substr(4, 4)));
}

BOOST_AUTO_TEST_CASE(social_security_numbers) {
    for (char const* good : {"212099999", "001010001", "899999999", "665121234"})
        BOOST_TEST(social_security_number(good), good);
    for (char const* bad : {"000121234", "666121234", "900121234", "212001234", "212120000", "21209999", "2120999999"}) {
        BOOST_TEST(!social_security_number(bad), bad);
    }
    for (char const* text :
         {"ssn 212-09-9999", "ssn 212 09 9999", "ssn 212.09.9999", "ssn 212099999", "ssn 2 1 2 0 9 9 9 9 9"}) {
        BOOST_TEST(has(Seen::social_security, text), text);
    }
    for (char const* text :
         {"ssn 212-09 9999", "ssn 21-209-9999", "ssn 666-09-9999", "ssn 2 1 2 0 9 9 9 9 9 9", "ssn 212/09/9999",
          "ssn 5-212-09-9999", "ssn 212-09-9999-5", "ssn 212-ab-9999", "ssn 212-09-999"}) {
        BOOST_TEST(!has(Seen::social_security, text), text);
    }
}

BOOST_AUTO_TEST_CASE(routing_numbers) {
    BOOST_TEST(routing_number("021000021"));
    BOOST_TEST(!routing_number("021000022"));
    BOOST_TEST(!routing_number("000000000"));
    BOOST_TEST(!routing_number("02100002"));
    BOOST_TEST(has(Seen::bank_account, "routing number 021000021"));
}

BOOST_AUTO_TEST_CASE(ibans) {
    for (char const* text :
         {"DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432", "NO93-8601-1117-947", "iban fr1420041010050500013m02606"}) {
        BOOST_TEST(has(Seen::iban, text), text);
    }
    for (char const* text : {"DE88 3704 0044 0532 0130 00", "DE89 3704", "D389 3704 0044 0532 0130 00",
                             "DEX9 3704 0044 0532 0130 00", "DE89/3704/0044/0532/0130/00"}) {
        BOOST_TEST(!has(Seen::iban, text), text);
    }
}

BOOST_AUTO_TEST_CASE(birth_dates) {
    for (char const* date : {"03/04/1985", "3.4.1985", "03-04-85", "1985-03-04", "19850304", "03041985", "030485", "31/12/1985",
                             "12/31/1985", "4 March 1985", "March 4, 1985", "4. März 1985", "March 4th, 1985"}) {
        BOOST_TEST(has(Seen::birth_date, std::string("date of birth ") + date), date);
    }
    for (char const* date : {"33/44/1985", "0/0/1985", "03/04/2150", "1885-03-04", "1985-13-32", "18850304", "99999999",
                             "999999", "4 Wednesday 1985", "March 4", "123/4/1985"}) {
        BOOST_TEST(!has(Seen::birth_date, std::string("date of birth ") + date), date);
    }
    BOOST_TEST(!has(Seen::birth_date, "born in 13/13/85"));
    BOOST_TEST(has(Seen::birth_date, "dob 13/1/85"));
    BOOST_TEST(has(Seen::birth_date, "dob 1/13/85"));
    BOOST_TEST(!has(Seen::birth_date, "dob 1985/3/4567"));
    BOOST_TEST(!has(Seen::birth_date, "the concert is on 03/04/2026"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::consent
