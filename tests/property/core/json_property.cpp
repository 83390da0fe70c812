// Random values survive writing and reading; random damage never crashes the reader and never yields a second spelling.
#include "ledger/core/json.hpp"
#include "tests/property/core/source.hpp"

namespace cl::json {
namespace {

constexpr std::size_t plenty = 1'000'000;

/// The same value, written as no canonical writer would: spaces, escapes, members in reverse.
void write_loosely(test::Source& random, Value const& value, std::string& out) {
    static constexpr char const* spaces[] = {"", "", " ", "\n", "\t\r "};
    out += random.one_of(spaces);
    if (auto const* object = value.as_object()) {
        std::vector<Member> members(object->begin(), object->end());
        out += '{';
        for (std::size_t i = members.size(); i-- > 0;) {
            write_loosely(random, Value(members[i].name), out);
            out += ':';
            write_loosely(random, members[i].value, out);
            out += i > 0 ? "," : "";
        }
        out += '}';
    } else if (auto const* array = value.as_array()) {
        out += '[';
        for (std::size_t i = 0; i < array->size(); ++i) {
            out += i > 0 ? "," : "";
            write_loosely(random, (*array)[i], out);
        }
        out += ']';
    } else {
        write(value, out);
    }
    out += random.one_of(spaces);
}

BOOST_AUTO_TEST_SUITE(json)

BOOST_AUTO_TEST_CASE(what_is_written_reads_back) {
    test::Source random;
    for (int round = 0; round < 20'000; ++round) {
        Value const value = random.value(4);
        std::string const text = write(value);
        auto const parsed = parse(text, plenty);
        BOOST_REQUIRE_MESSAGE(parsed, text << ": " << parsed.error().detail);
        BOOST_REQUIRE(*parsed == value);
        BOOST_REQUIRE(valid_utf8(text));
    }
}

BOOST_AUTO_TEST_CASE(every_spelling_is_written_as_one) {
    test::Source random;
    for (int round = 0; round < 5'000; ++round) {
        Value const value = random.value(4);
        std::string loose;
        write_loosely(random, value, loose);
        auto const parsed = parse(loose, plenty);
        BOOST_REQUIRE_MESSAGE(parsed, loose << ": " << parsed.error().detail);
        BOOST_REQUIRE(write(*parsed) == write(value));
    }
}

BOOST_AUTO_TEST_CASE(damaged_text_is_refused_or_is_another_value) {
    test::Source random;
    int refused = 0;
    for (int round = 0; round < 50'000; ++round) {
        std::string text = write(random.value(4));
        auto const place = static_cast<std::size_t>(random.number(0, static_cast<std::int64_t>(text.size()) - 1));
        switch (random.number(0, 2)) {
        case 0: text[place] = static_cast<char>(random.number(0, 255)); break;
        case 1: text.erase(place, 1); break;
        default: text.insert(place, 1, static_cast<char>(random.number(0, 255))); break;
        }
        auto const parsed = parse(text, plenty);
        refused += parsed ? 0 : 1;
        if (parsed) BOOST_REQUIRE(*parse(write(*parsed), plenty) == *parsed);
        if (!parsed) BOOST_REQUIRE(parsed.error().code == errc::malformed);
    }
    BOOST_TEST(refused > 10'000);
}

BOOST_AUTO_TEST_CASE(noise_never_crashes_the_reader) {
    test::Source random;
    static constexpr std::string_view letters = "{}[]\",:0123456789-+.eEtrufalsn\\ud8 \n\xe2\x82\xac\xff";
    for (int round = 0; round < 100'000; ++round) {
        std::string text;
        for (auto length = random.number(0, 24); length > 0; --length) text += random.one_of(letters);
        auto const parsed = parse(text, plenty);
        if (parsed) BOOST_REQUIRE(*parse(write(*parsed), plenty) == *parsed);
    }
}

BOOST_AUTO_TEST_CASE(order_of_names_is_that_of_their_utf16_units) {
    test::Source random;
    auto const units = [](std::string_view text) {
        std::u16string out;
        for (std::size_t i = 0; i < text.size();) {
            auto const lead = static_cast<unsigned char>(text[i]);
            std::size_t const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
            std::uint32_t c = length == 1 ? lead : lead & (0x7fU >> length);
            for (std::size_t k = 1; k < length; ++k) c = c << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3fU);
            if (c >= 0x10000) out += static_cast<char16_t>(0xd800 + ((c - 0x10000) >> 10));
            out += static_cast<char16_t>(c >= 0x10000 ? 0xdc00 + (c & 0x3ff) : c);
            i += length;
        }
        return out;
    };
    for (int round = 0; round < 100'000; ++round) {
        std::string const shared = random.text(2);
        std::string const a = shared + random.text(2);
        std::string const b = shared + random.text(2);
        BOOST_REQUIRE(name_less(a, b) == (units(a) < units(b)));
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::json
