#include "ledger/core/markup.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using cl::markup;

BOOST_AUTO_TEST_SUITE(text_in_markup)

BOOST_AUTO_TEST_CASE(nothing_of_a_text_ends_an_element_or_an_attribute) {
    BOOST_TEST(markup("<script a=\"b\" c='d'>&amp;") == "&lt;script a=&quot;b&quot; c=&#39;d&#39;&gt;&amp;amp;");
}

BOOST_AUTO_TEST_CASE(what_needs_no_escape_is_left_alone) {
    BOOST_TEST(markup("Ünïcode 短信 \xF0\x9F\x98\x80\n\tend.") == "Ünïcode 短信 \xF0\x9F\x98\x80\n\tend.");
    BOOST_TEST(markup("").empty());
}

BOOST_AUTO_TEST_CASE(control_characters_that_no_document_may_hold_are_replaced) {
    BOOST_TEST(markup(std::string("a\0b\rc\x1B", 6)) ==
               "a\xEF\xBF\xBD"
               "b\xEF\xBF\xBD"
               "c\xEF\xBF\xBD");
    BOOST_TEST(markup("\x7F") == "\xEF\xBF\xBD");
}

BOOST_AUTO_TEST_CASE(an_appended_text_keeps_what_was_there) {
    std::string out = "<p>";
    cl::append_markup("1 < 2", out);
    BOOST_TEST(out == "<p>1 &lt; 2");
}

BOOST_AUTO_TEST_SUITE_END()
