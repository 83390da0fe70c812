// The RFC 8785 writer, alone and against the vectors of the RFC's author.
#include "ledger/core/json.hpp"
#include "tests/unit/core/samples.hpp"

namespace cl::json {
namespace {

BOOST_AUTO_TEST_SUITE(json_write)

BOOST_AUTO_TEST_CASE(scalars) {
    BOOST_TEST(write(Value()) == "null");
    BOOST_TEST(write(true) == "true");
    BOOST_TEST(write(false) == "false");
    BOOST_TEST(write(0) == "0");
    BOOST_TEST(write(-1) == "-1");
    BOOST_TEST(write(std::int64_t{9'007'199'254'740'991}) == "9007199254740991");
    BOOST_TEST(write(std::int64_t{-9'007'199'254'740'991}) == "-9007199254740991");
}

BOOST_AUTO_TEST_CASE(strings_escape_only_what_they_must) {
    BOOST_TEST(write("") == R"("")");
    BOOST_TEST(write("\"\\/") == R"("\"\\/")");
    BOOST_TEST(write("\b\f\n\r\t") == R"("\b\f\n\r\t")");
    BOOST_TEST(write(std::string("\0\x01\x1f\x7f", 4)) == "\"\\u0000\\u0001\\u001f\x7f\"");
    BOOST_TEST(write("\xe2\x82\xac \xf0\x9f\x98\x82 \xe2\x80\xa8") == "\"\xe2\x82\xac \xf0\x9f\x98\x82 \xe2\x80\xa8\"");
}

BOOST_AUTO_TEST_CASE(containers_have_no_spaces) {
    BOOST_TEST(write(Array{}) == "[]");
    BOOST_TEST(write(Object{}) == "{}");
    BOOST_TEST(write(Array{1, Array{}, Object{{"b", Value()}, {"a", Array{true, "x"}}}}) ==
               R"([1,[],{"a":[true,"x"],"b":null}])");
}

BOOST_AUTO_TEST_CASE(appends_to_what_is_there) {
    std::string out = "x=";
    write(Value(5), out);
    write_string("y", out);
    BOOST_TEST(out == "x=5\"y\"");
}

// Four of the six have integers only; the two with fractions are refused, since no entry can hold one.
BOOST_AUTO_TEST_CASE(vectors_of_the_rfcs_author) {
    auto const folder = test::shared_vectors("jcs");
    if (folder.empty()) return;
    int canonicalised = 0;
    int refused = 0;
    for (auto const* name : {"arrays", "french", "structures", "unicode", "values", "weird"}) {
        BOOST_TEST_CONTEXT(name) {
            auto const parsed = parse(test::file_text(folder / "input" / (std::string(name) + ".json")), 100'000);
            if (!parsed) {
                BOOST_CHECK(parsed.error().code == errc::malformed);
                BOOST_TEST(parsed.error().detail.starts_with("a fraction or an exponent"));
                ++refused;
                continue;
            }
            BOOST_TEST(write(*parsed) == test::file_text(folder / "output" / (std::string(name) + ".json")));
            ++canonicalised;
        }
    }
    BOOST_TEST(canonicalised == 4);
    BOOST_TEST(refused == 2);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::json
