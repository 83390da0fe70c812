// The CSV reader: RFC 4180, and files that are meant to hurt.
#include "ledger/core/csv.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace csv = cl::csv;

namespace {

constexpr csv::Limits limits = {65'536, 32'768, 256};

using Fields = std::vector<std::string>;

/// The fields of the first record; the fault in place of them.
Fields first(std::string const& text, std::size_t* length = nullptr) {
    csv::Record record;
    std::size_t const read = csv::read(text, true, &record, limits);
    if (length != nullptr) *length = read;
    if (record.fault != csv::Fault::none) return {"fault " + std::to_string(static_cast<int>(record.fault))};
    return {record.fields.begin(), record.fields.end()};
}

std::string fault(csv::Fault what) {
    return "fault " + std::to_string(static_cast<int>(what));
}

void same(Fields const& found, Fields const& wanted) {
    BOOST_CHECK_EQUAL_COLLECTIONS(found.begin(), found.end(), wanted.begin(), wanted.end());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(csv_reader)

BOOST_AUTO_TEST_CASE(fields_as_rfc_4180_has_them) {
    same(first("a,b,c\n"), {"a", "b", "c"});
    same(first("a,b,c\r\n"), {"a", "b", "c"});
    same(first("a,b,c"), {"a", "b", "c"});
    same(first(",,\n"), {"", "", ""});
    same(first("\"a\",\"b,c\",\"\"\n"), {"a", "b,c", ""});
    same(first("\"a\",\"b,c\",\"\"\r\n"), {"a", "b,c", ""});
    same(first("\"say \"\"hi\"\"\",x\n"), {"say \"hi\"", "x"});
    same(first("\"\"\"\"\n"), {"\""});
    same(first("\"two\nlines\r\nthree\",x\n"), {"two\nlines\r\nthree", "x"});
    same(first("\"last\""), {"last"});
    same(first("a,\"b\""), {"a", "b"});
    same(first("a,"), {"a", ""});
}

BOOST_AUTO_TEST_CASE(a_record_ends_where_the_next_begins) {
    std::string const text = "\"a\nb\",1\r\nc,2\nd";
    std::size_t length = 0;
    same(first(text, &length), {"a\nb", "1"});
    BOOST_TEST(length == 9U);
    same(first(text.substr(length), &length), {"c", "2"});
    BOOST_TEST(length == 4U);
    same(first("d", &length), {"d"});
    BOOST_TEST(length == 1U);
}

BOOST_AUTO_TEST_CASE(an_end_that_is_not_there_yet_is_waited_for) {
    for (std::string const part : {"a,b", "\"a,b", "\"a\n", "\"a\"", "\"a\"\"", "a,\"", "\"a\",b"}) {
        BOOST_TEST(csv::read(part, false, nullptr, limits) == 0U, part);
    }
    BOOST_TEST(csv::read("a\n", false, nullptr, limits) == 2U);
    BOOST_TEST(csv::read("\"a\"\n", false, nullptr, limits) == 4U);
    BOOST_TEST(csv::read("", true, nullptr, limits) == 0U);
}

BOOST_AUTO_TEST_CASE(quotes_out_of_place_are_faults) {
    same(first("5\" pipe,x\n"), {fault(csv::Fault::quote_inside)});
    same(first("\"a\"b,x\n"), {fault(csv::Fault::text_after_quote)});
    same(first("\"a\" ,x\n"), {fault(csv::Fault::text_after_quote)});
}

BOOST_AUTO_TEST_CASE(a_quote_that_is_never_closed_costs_one_line) {
    std::string const text = "x,\"open\nnext,row\n";
    std::size_t length = 0;
    same(first(text, &length), {fault(csv::Fault::unclosed)});
    same(first(text.substr(length)), {"next", "row"});

    // Far from the end of the file too, where more is to come.
    std::string const far = "x,\"open\n" + std::string(limits.record_bytes * 2, 'y');
    BOOST_TEST(csv::read(far, false, nullptr, limits) == 8U);
}

BOOST_AUTO_TEST_CASE(sizes_are_bounded) {
    std::size_t length = 0;
    std::string const field(limits.field_bytes + 1, 'x');
    same(first(field + ",1\n"), {fault(csv::Fault::field_too_long)});
    same(first(field.substr(1) + ",1\n"), {field.substr(1), "1"});
    std::string const row = std::string(limits.record_bytes + 10, 'x') + "\nnext\n";
    same(first(row, &length), {fault(csv::Fault::record_too_long)});
    same(first(row.substr(length)), {"next"});
    same(first(std::string(limits.fields, ',') + "\n"), {fault(csv::Fault::too_many_fields)});
    BOOST_TEST(first(std::string(limits.fields - 1, ',') + "\n").size() == limits.fields);
}

BOOST_AUTO_TEST_CASE(looking_for_the_end_and_reading_agree) {
    // All short texts over the characters that matter: the reader that only looks for ends must cut where the other one does.
    std::string const alphabet = "a,\"\n\r";
    csv::Record record;
    for (std::size_t code = 0; code < 5 * 5 * 5 * 5 * 5 * 5; ++code) {
        std::string text;
        for (std::size_t rest = code, i = 0; i < 6; ++i, rest /= 5) text += alphabet[rest % 5];
        std::size_t const with = csv::read(text, true, &record, limits);
        BOOST_REQUIRE_EQUAL(with, csv::read(text, true, nullptr, limits));
        BOOST_REQUIRE(with > 0 && with <= text.size());
        std::size_t const early = csv::read(text, false, nullptr, limits);
        if (early != 0) BOOST_REQUIRE_EQUAL(early, with);
    }
}

BOOST_AUTO_TEST_SUITE_END()
