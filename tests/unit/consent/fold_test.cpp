// How texts are compared (classifier.hpp: fold).
#include "ledger/consent/classifier.hpp"
#include "ledger/consent/unicode.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

namespace cl::consent {

namespace {

std::string utf8(char32_t point) {
    auto const tail = [point](unsigned shift) { return static_cast<char>(0x80U | ((point >> shift) & 0x3FU)); };
    if (point < 0x80) return {static_cast<char>(point)};
    if (point < 0x800) return {static_cast<char>(0xC0U | (point >> 6U)), tail(0)};
    if (point < 0x10000) return {static_cast<char>(0xE0U | (point >> 12U)), tail(6), tail(0)};
    return {static_cast<char>(0xF0U | (point >> 18U)), tail(12), tail(6), tail(0)};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(folding)

BOOST_AUTO_TEST_CASE(triggers_ignore_special_characters) {
    BOOST_TEST(fold("I'm Interested!") == "im interested");
    BOOST_TEST(fold("im   interested") == "im interested");
    BOOST_TEST(fold("I\u2019m interested \u2764\ufe0f") == "im interested");
    BOOST_TEST(fold("#PROMO-2026") == "promo 2026");
}

BOOST_AUTO_TEST_CASE(case_width_and_accents) {
    BOOST_TEST(fold("ＳＴＯＰ　２") == "stop 2");
    BOOST_TEST(fold("ARRÊT") == "arret");
    BOOST_TEST(fold("Arre\u0302t") == "arret");
    BOOST_TEST(fold("Straße ÆŒ ĳ") == "strasse aeoe ij");
    BOOST_TEST(fold("Łódź Øre İstanbul") == "lodz ore istanbul");
    BOOST_TEST(fold("Đặng Thị") == "dang thi");
    BOOST_TEST(fold("ΣΊΣΥΦΟΣ σίσυφος") == "σισυφοσ σισυφοσ");
    BOOST_TEST(fold("ЁЛКА й Й и\u0306") == "елка и и и");
    BOOST_TEST(fold("١٢٣") == "123");
    BOOST_TEST(fold("1\ufe0f\u20e3 5²") == "1 52");
}

BOOST_AUTO_TEST_CASE(what_parts_words_and_what_does_not) {
    BOOST_TEST(fold("opt-out") == "opt out");
    BOOST_TEST(fold("optout") == "optout");
    BOOST_TEST(fold("S.T.O.P") == "s t o p");
    BOOST_TEST(fold("opt\u200bout") == "optout");
    BOOST_TEST(fold("opt\u00adout") == "optout");
    BOOST_TEST(fold("don't don`t don´t don’t") == "dont dont dont dont");
    BOOST_TEST(fold("a👍b") == "a b");
    BOOST_TEST(fold("a\xff"
                    "b") == "a b");
    BOOST_TEST(fold(" \t\n a \r\n") == "a");
    BOOST_TEST(fold("").empty());
    BOOST_TEST(fold("...").empty());
    BOOST_TEST(fold("👍🏽").empty());
}

BOOST_AUTO_TEST_CASE(other_scripts_stay) {
    BOOST_TEST(fold("退订") == "退订");
    BOOST_TEST(fold("やめて") == "やめて");
    BOOST_TEST(fold("रोकें।") == "रोकें");
    BOOST_TEST(fold("قِف") == "قف");
}

// The promises of the header, for every code point there is.
BOOST_AUTO_TEST_CASE(every_code_point) {
    for (char32_t point = 0; point <= 0x10FFFF; ++point) {
        if (point >= 0xD800 && point <= 0xDFFF) continue;
        std::string const text = utf8(point);
        CodePoint const decoded = decode_point(text, 0);
        BOOST_REQUIRE((decoded.value == point));
        BOOST_REQUIRE(decoded.bytes == text.size());
        std::string const once = fold(text);
        BOOST_REQUIRE(once.size() <= text.size());
        BOOST_REQUIRE(fold(once) == once);
    }
}

// RFC 3629: what is no UTF-8 is one separator a byte, and the next valid character is not swallowed.
BOOST_AUTO_TEST_CASE(invalid_bytes) {
    using namespace std::string_view_literals;
    for (std::string_view bad : {"\x80"sv, "\xc0\xaf"sv, "\xc1\xbf"sv, "\xe0\x80\x80"sv, "\xed\xa0\x80"sv, "\xf0\x80\x80\x80"sv,
                                 "\xf4\x90\x80\x80"sv, "\xf5"sv, "\xff"sv, "\xc3"sv, "\xe2\x82"sv, "\xf0\x9f\x98"sv}) {
        std::string const text = "a" + std::string(bad) + "b";
        BOOST_TEST(fold(text) == "a b");
        BOOST_TEST((decode_point(bad, 0).value == invalid_byte));
        BOOST_TEST(decode_point(bad, 0).bytes == 1U);
        BOOST_TEST(fold("a" + std::string(bad)) == "a");
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::consent
