// The strict reader: what it takes, everything it refuses, and that a refusal tells the place and never the text.
#include "ledger/core/json.hpp"
#include "ledger/core/json_foreign.hpp"
#include "ledger/core/limits.hpp"
#include "tests/unit/core/samples.hpp"

namespace cl::json {
namespace {

constexpr std::size_t plenty = 10'000'000;

/// The canonical text of what was read, or the name of the failure.
std::string outcome(std::string_view text, std::size_t max_bytes = plenty) {
    auto const value = parse(text, max_bytes);
    return value ? write(*value) : std::string(name(value.error().code));
}

std::string nested(std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
}

BOOST_AUTO_TEST_SUITE(json_parse)

BOOST_AUTO_TEST_CASE(takes_json) {
    std::pair<std::string, char const*> const cases[] = {
        {"null", "null"},
        {" \t\r\n[ 1 , 2 ]\n", "[1,2]"},
        {R"({"b":{},"a":[]})", R"({"a":[],"b":{}})"},
        {R"("\u20ac\ud83d\ude02\/\"\\\b\f\n\r\t")", "\"\xe2\x82\xac\xf0\x9f\x98\x82/\\\"\\\\\\b\\f\\n\\r\\t\""},
        {R"("\u0000")", R"("\u0000")"},
        {R"("\u0041\u00E9")", "\"A\xc3\xa9\""},
        {"\"\xe2\x82\xac\x7f\"", "\"\xe2\x82\xac\x7f\""},
        {"0", "0"},
        {"-1", "-1"},
        {"9007199254740991", "9007199254740991"},
        {"-9007199254740991", "-9007199254740991"},
        {R"({"":""})", R"({"":""})"},
        {R"(["a","a"])", R"(["a","a"])"},
        {R"({"a":{"a":1},"b":{"a":1}})", R"({"a":{"a":1},"b":{"a":1}})"},
    };
    for (auto const& [text, expected] : cases) {
        BOOST_TEST_CONTEXT(text) {
            BOOST_TEST(outcome(text) == expected);
        }
    }
}

BOOST_AUTO_TEST_CASE(refuses_numbers_that_are_no_integers_of_ours) {
    for (auto const* text : {"9007199254740992", "-9007199254740992", "9223372036854775808", "18446744073709551616",
                             "-9223372036854775809", "123456789012345678901234567890", "1.0", "0.5", "1e2", "1E2", "1e-2", "-0",
                             "-0.0", "1e999", "[1.5]", R"({"a":-0})"}) {
        BOOST_TEST_CONTEXT(text) {
            BOOST_TEST(outcome(text) == "malformed");
        }
    }
}

BOOST_AUTO_TEST_CASE(refuses_what_is_no_json) {
    for (auto const* text : {"",           " ",         "nul",         "nullx",     "True",
                             "tru",        "truee",     "falsy",       "01",        "-",
                             "-01",        "-a",        "+1",          ".5",        "1.",
                             "0x1",        "1 2",       "[1,]",        "[,1]",      "[1 2]",
                             "[",          "]",         "{",           "}",         "{]",
                             "[}",         "{1:2}",     "{\"a\"}",     "{\"a\":}",  "{\"a\":1,}",
                             "{,}",        "{\"a\" 1}", "{a:1}",       "'a'",       "\"a",
                             "\"\\x\"",    "\"\\u12\"", "\"\\u12g4\"", "\"\n\"",    "\"\t\"",
                             "\"\\",       "// c\n1",   "/* c */1",    "NaN",       "Infinity",
                             "-Infinity",  "[1]]",      "{}{}",        "1,",        "\xef\xbb\xbf{}",
                             "\xc2\xa0[]", "undefined", "[1}",         "{\"a\":1]", ":",
                             ","}) {
        BOOST_TEST_CONTEXT(text) {
            BOOST_TEST(outcome(text) == "malformed");
        }
    }
}

BOOST_AUTO_TEST_CASE(refuses_text_that_is_no_unicode) {
    for (auto const* text :
         {"\"\xff\"", "\"\xc0\x80\"", "\"\xed\xa0\x80\"", "\"\xe2\x82\"", "[1]\xff", R"("\ud83d")", R"("\ude02")",
          R"("\ud83d\ud83d")", R"("\ud83dx")", R"("\ud83d\n")", R"({"\ud83d":1})", R"("\ud83d\u0041")"}) {
        BOOST_TEST_CONTEXT(text) {
            BOOST_TEST(outcome(text) == "malformed");
        }
    }
}

BOOST_AUTO_TEST_CASE(refuses_nul_wherever_it_stands) {
    for (auto const& text :
         {std::string("{\"a\":1}\0anything", 16), std::string("123\0", 4), std::string("\0", 1), std::string("\"a\0b\"", 5)}) {
        BOOST_TEST(outcome(text) == "malformed");
        BOOST_TEST(parse(text, plenty).error().detail.find("NUL") != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(refuses_two_members_of_one_name) {
    for (auto const* text : {R"({"a":1,"a":1})", R"({"a":1,"b":2,"a":3})", R"([{"x":{"a":1,"\u0061":2}}])", R"({"":1,"":2})"}) {
        BOOST_TEST_CONTEXT(text) {
            BOOST_TEST(outcome(text) == "malformed");
            BOOST_TEST(parse(text, plenty).error().detail.find("two members of one name") != std::string::npos);
        }
    }
}

BOOST_AUTO_TEST_CASE(limits_depth_and_length) {
    BOOST_TEST(outcome(nested(limits::json_depth)) == nested(limits::json_depth));
    BOOST_TEST(outcome(nested(limits::json_depth + 1)) == "malformed");
    BOOST_TEST(outcome(std::string(500'000, '[')) == "malformed");
    std::string objects;
    for (std::size_t i = 0; i <= limits::json_depth; ++i) objects += "{\"a\":";
    BOOST_TEST(outcome(objects) == "malformed");
    BOOST_TEST(outcome("[12]", 4) == "[12]");
    BOOST_TEST(outcome("[123]", 4) == "too_large");
}

// An insertion each would take minutes for this object, whose names come in the worst order.
BOOST_AUTO_TEST_CASE(many_members_in_the_worst_order_cost_a_sort) {
    std::string text = "{";
    for (int i = 300'000; i > 0; --i) text += "\"" + std::to_string(1'000'000 + i) + "\":1,";
    text.back() = '}';
    auto const value = parse(text, plenty, 300'001);
    BOOST_REQUIRE(value.has_value());
    BOOST_TEST(value->as_object()->size() == 300'000U);
    BOOST_TEST(value->as_object()->begin()->name == "1000001");
}

BOOST_AUTO_TEST_CASE(tells_the_byte_and_never_the_text) {
    std::pair<std::string, char const*> const cases[] = {
        {R"(["secret" oops])", "at byte 10"},    {R"({"secret":1.5})", "at byte"},
        {R"({"secret":"secret)", "at byte 17"},  {R"({"secret":1,"secret":2})", "at byte 22"},
        {"[\"secret\",\"\xff\"]", "at byte 11"}, {"\"secret\\q\"", "at byte 8"}};
    for (auto const& [text, place] : cases) {
        BOOST_TEST_CONTEXT(text) {
            auto const value = parse(text, plenty);
            BOOST_REQUIRE(!value);
            BOOST_TEST(value.error().detail.find(place) != std::string::npos, value.error().detail);
            BOOST_TEST(value.error().detail.find("secret") == std::string::npos);
            BOOST_TEST(value.error().detail.find("oops") == std::string::npos);
        }
    }
}

BOOST_AUTO_TEST_CASE(refuses_more_values_than_the_limit) {
    // Each value counts: the array, the object, the string, the number. Names do not.
    constexpr auto text = R"([{"a":"x","b":1},2])";
    BOOST_TEST(parse(text, plenty, 5).has_value());
    auto const refused = parse(text, plenty, 4);
    BOOST_REQUIRE(!refused.has_value());
    BOOST_TEST(name(refused.error().code) == "too_large");
    std::string zeros = "[0";
    for (std::size_t i = 1; i < limits::json_nodes; ++i) zeros += ",0";
    BOOST_TEST(outcome(zeros + "]") == "too_large");
    zeros.resize(zeros.size() - 2);
    BOOST_TEST(parse(zeros + "]", plenty).has_value());
    BOOST_TEST(outcome("[[" + zeros.substr(1) + "]]") == "too_large");
}

BOOST_AUTO_TEST_CASE(hands_the_elements_of_an_array_on_as_they_are_read) {
    std::string seen;
    auto const keep = [&seen](Value&& one) -> Result<void> {
        seen += write(one) + ";";
        return seen.size() > 30 ? Result<void>(fail(errc::invalid, "enough")) : Result<void>{};
    };
    auto const list = parse_elements(R"( [1, {"a":[2,[]]}, [], "x"] )", plenty, keep);
    BOOST_REQUIRE(list.has_value());
    BOOST_TEST(!list->has_value());
    BOOST_TEST(seen == R"(1;{"a":[2,[]]};[];"x";)");
    // Not an array: the value itself, and nobody is visited, whatever arrays are inside.
    seen.clear();
    auto const single = parse_elements(R"({"a":[1,2]})", plenty, keep);
    BOOST_REQUIRE(single.has_value());
    BOOST_REQUIRE(single->has_value());
    BOOST_TEST(write(**single) == R"({"a":[1,2]})");
    BOOST_TEST(write(*parse_elements("7", plenty, keep).value()) == "7");
    BOOST_TEST(!parse_elements("[]", plenty, keep).value().has_value());
    BOOST_TEST(seen.empty());
}

BOOST_AUTO_TEST_CASE(an_array_that_is_handed_on_is_read_as_strictly) {
    int visited = 0;
    auto const count = [&visited](Value&&) -> Result<void> {
        return ++visited < 3 ? Result<void>{} : Result<void>(fail(errc::invalid, "enough"));
    };
    for (auto const* text : {"[1,]", "[1", "[1]x", "[1.5]", "[[1,1.5]]", R"([{"a":1,"a":2}])", "[1]\n[2]"}) {
        BOOST_TEST_CONTEXT(text) {
            visited = 0;
            auto const read = parse_elements(text, plenty, count);
            BOOST_REQUIRE(!read.has_value());
            BOOST_TEST(name(read.error().code) == "malformed");
        }
    }
    visited = 0;
    // The visitor ends it, before the rest is looked at.
    auto const ended = parse_elements("[1,2,3,4,oops", plenty, count);
    BOOST_REQUIRE(!ended.has_value());
    BOOST_TEST(ended.error().detail == "enough");
    BOOST_TEST(visited == 3);
    // The limit of values is each element's own.
    visited = 0;
    BOOST_TEST(parse_elements("[[1,2],[3,4]]", plenty, count, 4).has_value());
    visited = 0;
    auto const large = parse_elements("[[1,2],[3,4,5]]", plenty, count, 4);
    BOOST_REQUIRE(!large.has_value());
    BOOST_TEST(name(large.error().code) == "too_large");
    BOOST_TEST(name(parse_elements("[1,2]", 4, count).error().code) == "too_large");
}

BOOST_AUTO_TEST_CASE(numbers_of_others_are_read_as_their_texts) {
    std::string const text = R"([1.50,-0,2e3,9007199254740992,-9007199254740992,18446744073709551616,7,"x"])";
    BOOST_TEST(!parse(text, plenty).has_value());
    BOOST_TEST(write(parse_foreign(text, plenty).value()) ==
               R"(["1.50","-0","2e3","9007199254740992","-9007199254740992","18446744073709551616",7,"x"])");
    // All else is as strict as for our own.
    for (auto const* wrong : {"[01]", "[1.]", "[NaN]", R"({"a":1.5,"a":2})", "[1.5]x", "{"}) {
        BOOST_TEST(!parse_foreign(wrong, plenty).has_value());
    }
    BOOST_TEST(name(parse_foreign("[1.5,2.5]", plenty, 2).error().code) == "too_large");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::json
