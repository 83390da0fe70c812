// Objects: RFC 8785 order, one member of a name.
#include "ledger/core/json.hpp"

#include <boost/test/unit_test.hpp>

namespace cl::json {
namespace {

BOOST_AUTO_TEST_SUITE(json_object)

BOOST_AUTO_TEST_CASE(set_find_erase) {
    Object object;
    object.set("b", 1);
    object.set("a", 2);
    object.set("c", 3);
    object.set("b", "new");
    BOOST_TEST(write(object) == R"({"a":2,"b":"new","c":3})");
    BOOST_TEST(object.size() == 3U);
    BOOST_TEST(object.contains("a"));
    BOOST_TEST(!object.contains("d"));
    BOOST_TEST(object.string("b") == "new");
    BOOST_TEST(object.string("a").empty());
    BOOST_TEST(object.string("d").empty());
    object.erase("a");
    object.erase("d");
    BOOST_TEST(write(object) == R"({"b":"new","c":3})");
    *object.find("c") = Value(false);
    BOOST_TEST(write(object) == R"({"b":"new","c":false})");
}

BOOST_AUTO_TEST_CASE(from_members_sorts_and_refuses_doubles) {
    auto const sorted = Object::from_members({{"b", 1}, {"a", 2}});
    BOOST_REQUIRE(sorted.has_value());
    BOOST_TEST(write(*sorted) == R"({"a":2,"b":1})");
    BOOST_TEST(!Object::from_members({{"b", 1}, {"a", 2}, {"b", 1}}).has_value());
    BOOST_TEST(Object::from_members({})->empty());
    BOOST_TEST((Object{{"b", 1}, {"a", 2}} == *sorted));
}

// RFC 8785 3.2.3: by UTF-16 code units, in which U+1F602 (D83D DE02) comes before U+FB33, unlike in UTF-8.
BOOST_AUTO_TEST_CASE(order_of_names_is_utf16) {
    char const* const rising[] = {"",
                                  "\n",
                                  "\r",
                                  "1",
                                  "10",
                                  "</script>",
                                  "a",
                                  "aa",
                                  "b",
                                  "\xc2\x80",
                                  "\xc3\xb6",
                                  "\xe2\x82\xac",
                                  "\xed\x9f\xbf",
                                  "\xf0\x90\x80\x80",
                                  "\xf0\x9f\x98\x82",
                                  "\xf0\x9f\x98\x83",
                                  "\xf4\x8f\xbf\xbf",
                                  "\xee\x80\x80",
                                  "\xef\xac\xb3",
                                  "\xef\xbf\xbf"};
    for (auto const* a : rising) {
        BOOST_TEST(!name_less(a, a));
    }
    for (std::size_t i = 0; i < std::size(rising); ++i) {
        for (std::size_t k = i + 1; k < std::size(rising); ++k) {
            BOOST_TEST_CONTEXT(i << " before " << k) {
                BOOST_TEST(name_less(rising[i], rising[k]));
                BOOST_TEST(!name_less(rising[k], rising[i]));
                BOOST_TEST(name_less(std::string("x") + rising[i], std::string("x") + rising[k]));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(utf8_is_checked_to_the_letter) {
    for (auto const* good : {"", "plain", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
                             "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf", "twelve bytes\xe2\x82\xac and more than that"}) {
        BOOST_TEST_CONTEXT(good) {
            BOOST_TEST(valid_utf8(good));
        }
    }
    for (auto const* bad : {"\x80",
                            "\xbf",
                            "\xc0\x80",
                            "\xc1\xbf",
                            "\xc2",
                            "\xc2\x41",
                            "\xe0\x80\x80",
                            "\xe0\x9f\xbf",
                            "\xe2\x82",
                            "\xed\xa0\x80",
                            "\xed\xbf\xbf",
                            "\xf0\x80\x80\x80",
                            "\xf0\x8f\xbf\xbf",
                            "\xf4\x90\x80\x80",
                            "\xf5\x80\x80\x80",
                            "\xff",
                            "\xf0\x90\x80",
                            "seven..\xff",
                            "eight...\xff",
                            "nine.....\xe2\x82"}) {
        BOOST_TEST_CONTEXT(bad) {
            BOOST_TEST(!valid_utf8(bad));
        }
    }
    BOOST_TEST(valid_utf8_prefix("12345678901\xff") == 11U);
    BOOST_TEST(valid_utf8_prefix("\xe2\x82\xac\xe2\x82") == 3U);
}

BOOST_AUTO_TEST_CASE(pointers_escape_two_characters) {
    BOOST_TEST(pointer_join("", "data") == "/data");
    BOOST_TEST(pointer_join("/data", "a/b~c") == "/data/a~1b~0c");
    BOOST_TEST(pointer_join("/data", "") == "/data/");
}

BOOST_AUTO_TEST_CASE(accessors_answer_for_their_type_only) {
    BOOST_TEST(Value().is_null());
    BOOST_TEST(*Value(true).as_bool());
    BOOST_TEST(*Value(std::int64_t{7}).as_int() == 7);
    BOOST_TEST(*Value("x").as_string() == "x");
    BOOST_TEST(Value("x").as_int() == nullptr);
    BOOST_TEST(Value(1).as_string() == nullptr);
    BOOST_TEST(Value(1).as_bool() == nullptr);
    BOOST_TEST(Value(Array{}).as_object() == nullptr);
    BOOST_TEST(Value(Object{}).as_array() == nullptr);
    BOOST_TEST(!Value(false).is_null());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::json
