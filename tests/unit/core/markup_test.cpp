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

BOOST_AUTO_TEST_CASE(what_cannot_be_seen_is_shown_to_people_as_an_escape) {
    using cl::visible_markup;
    BOOST_TEST(visible_markup("said \u202Eni\u202C <b>") == "said \\u202eni\\u202c &lt;b&gt;");
    BOOST_TEST(visible_markup(std::string("a\0b\rc\x1B\x7F", 7)) == "a\\u0000b\\u000dc\\u001b\\u007f");
    for (auto const& [raw, shown] : std::initializer_list<std::pair<char const*, char const*>>{{"\u0080", "\\u0080"},
                                                                                               {"\u009f", "\\u009f"},
                                                                                               {"\u00ad", "\\u00ad"},
                                                                                               {"\u061c", "\\u061c"},
                                                                                               {"\u200b", "\\u200b"},
                                                                                               {"\u200f", "\\u200f"},
                                                                                               {"\u2028", "\\u2028"},
                                                                                               {"\u2069", "\\u2069"},
                                                                                               {"\ufeff", "\\ufeff"}}) {
        BOOST_TEST(visible_markup(raw) == shown);
    }
    // Their neighbours, other scripts, what stands outside of the first plane, and lines and tabs stay.
    constexpr std::string_view kept = "\u00a0\u00ac\u00ae\u200a\u2010\u2027\u202f\u205f\u2070\ufefe\u05e9\u0645\U0001F600\n\t";
    BOOST_TEST(visible_markup(kept) == kept);
    BOOST_TEST(visible_markup("").empty());
    BOOST_TEST(visible_markup("cut \xE2\x80") == "cut \xE2\x80");
}

BOOST_AUTO_TEST_CASE(an_appended_text_keeps_what_was_there) {
    std::string out = "<p>";
    cl::append_markup("1 < 2", out);
    BOOST_TEST(out == "<p>1 &lt; 2");
}

BOOST_AUTO_TEST_SUITE_END()
