// Files as rows: as spreadsheets save them, and as somebody makes them who means harm.
#include "api/import/row_reader.hpp"

#include "api/import/rejected_line.hpp"

#include <boost/test/unit_test.hpp>

#include <sstream>

namespace cl::api::import {
namespace {

struct File {
    std::istringstream in;
    RowReader reader{in};
    explicit File(std::string text) : in(std::move(text)) {}

    std::string begun() {
        auto const begun = reader.begin();
        return begun ? std::string() : begun.error().detail;
    }
    /// `line:cell|cell`, or `line!fault`, of all rows.
    std::vector<std::string> rows() {
        std::vector<std::string> out;
        Row row;
        while (reader.next(row).value()) {
            std::string text = std::to_string(row.line) + (row.fault.empty() ? ":" : "!" + row.fault);
            for (std::size_t i = 0; i < row.cells.size() && row.fault.empty(); ++i) {
                text.append(i > 0 ? "|" : "").append(row.cells[i]);
            }
            if (reader.form() == Form::ndjson) text += row.text;
            out.push_back(std::move(text));
        }
        return out;
    }
};

void same(std::vector<std::string> const& found, std::vector<std::string> const& wanted) {
    BOOST_CHECK_EQUAL_COLLECTIONS(found.begin(), found.end(), wanted.begin(), wanted.end());
}

BOOST_AUTO_TEST_SUITE(import_row_reader)

BOOST_AUTO_TEST_CASE(as_spreadsheets_save_it) {
    File file(
        "\xEF\xBB\xBF"
        "phone,note\r\n+1,\"two\r\nlines, \"\"quoted\"\"\"\r\n\r\n+2,\r\n+3,last");
    BOOST_TEST(file.begun().empty());
    BOOST_TEST((file.reader.header() == std::vector<std::string_view>{"phone", "note"}));
    same(file.rows(), {"2:+1|two\r\nlines, \"quoted\"", "5:+2|", "6:+3|last"});
    BOOST_TEST(file.reader.taken() == file.in.str().size());
}

BOOST_AUTO_TEST_CASE(lines_of_json) {
    File file("\n{\"a\":1}\r\n\n{\"b\":2}");
    BOOST_TEST(file.begun().empty());
    BOOST_TEST((file.reader.form() == Form::ndjson));
    same(file.rows(), {"2:{\"a\":1}", "4:{\"b\":2}"});
    File forced("nonsense\n");
    BOOST_TEST(forced.reader.begin(true).has_value());
    same(forced.rows(), {"1:nonsense"});
}

BOOST_AUTO_TEST_CASE(files_that_are_none) {
    BOOST_TEST(File("").begun() == "the file is empty");
    BOOST_TEST(File(" \r\n\t\n").begun() == "the file is empty");
    BOOST_TEST(File(std::string("\xFF\xFEp\0h\0", 6)).begun().find("UTF-16") != std::string::npos);
    BOOST_TEST(File("\x1F\x8B\x08").begun().find("compressed") != std::string::npos);
    BOOST_TEST(File("PK\x03\x04 sheet").begun().find("spreadsheet") != std::string::npos);
    BOOST_TEST(File("phone,status\r+1,out\r").begun().find("CR alone") != std::string::npos);
    BOOST_TEST(File("\"phone,status\n+1,out\n").begun().find("no header") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_bad_row_costs_itself_alone) {
    File file("a,b\n1,\"x\"y\n2,5\" pipe\n3,\"open\n4,ok\n");
    BOOST_TEST(file.begun().empty());
    same(file.rows(), {"2!text between a closing quote and the next comma",
                       "3!a quote inside of a cell that does not begin with one", "4!a quote that is not closed", "5:4|ok"});
}

/// Ten megabytes without a line end: one row, refused, and what comes after it is read.
BOOST_AUTO_TEST_CASE(rows_beyond_all_limits) {
    std::string const huge(10'000'000, 'x');
    File file("a,b\n" + huge + "\nnext,1\n\"" + huge + "\nafter,2\n" + std::string(300, ',') + "\nend,3\n");
    BOOST_TEST(file.begun().empty());
    same(file.rows(), {"2!a row of more than 65,536 bytes", "3:next|1", "4!a quote that is not closed", "5:after|2",
                       "6!more than 256 cells", "7:end|3"});
    File lines("{\"a\":1}\n{" + huge + "\n{\"b\":2}\n");
    BOOST_TEST(lines.begun().empty());
    auto const read = lines.rows();
    BOOST_REQUIRE(read.size() == 3U);
    BOOST_TEST(read[1] == "2!a line of more than 1,048,576 bytes");
    BOOST_TEST(read[2] == "3:{\"b\":2}");
    File endless("a,b\n" + huge);
    BOOST_TEST(endless.begun().empty());
    same(endless.rows(), {"2!a row of more than 65,536 bytes"});
}

/// A row of the longest among rejects is longer than it was.
BOOST_AUTO_TEST_CASE(rejected_lines_have_room_for_their_reason) {
    std::string const row = "{\"a\":\"" + std::string(limits::stream_line_bytes - 9, 'x') + "\"}";
    std::string const rejected = rejected_line(3, std::string(500, 'y'), row);
    File file(rejected + "\n" + row + "\n" + row + "x\n" + rejected_line(4, std::string(70'000, 'y'), row) + "\n");
    BOOST_TEST(file.begun().empty());
    BOOST_TEST(rejected.starts_with(file.reader.first_line()));
    auto const rows = file.rows();
    BOOST_REQUIRE(rows.size() == 4U);
    BOOST_TEST((rows[0] == "1:" + rejected));
    BOOST_TEST((rows[1] == "2:" + row));
    BOOST_TEST(rows[2].starts_with("3!a line of more than 1,048,576 bytes"));
    BOOST_TEST(rows[3].starts_with("4!a line of more than 1,048,576 bytes"));
}

BOOST_AUTO_TEST_CASE(the_first_line_is_looked_at_and_not_taken) {
    File file("\n  \n{\"a\":1}\r\n{\"b\":2}");
    BOOST_TEST(file.begun().empty());
    BOOST_TEST(file.reader.first_line() == "{\"a\":1}");
    same(file.rows(), {"3:{\"a\":1}", "4:{\"b\":2}"});
}

/// Rows of every length around the size of what is read at a time.
BOOST_AUTO_TEST_CASE(rows_across_what_is_read_at_a_time) {
    std::string text = "a,b\n";
    std::vector<std::string> wanted;
    for (int i = 0; text.size() < 3'200'000; ++i) {
        std::string const cell(static_cast<std::size_t>(i % 977 + 1), 'c');
        wanted.push_back(std::to_string(i + 2) + ":" + std::to_string(i) + "|" + cell);
        text += std::to_string(i) + (i % 3 == 0 ? ",\"" + cell + "\"\n" : "," + cell + "\r\n");
    }
    File file(text);
    BOOST_TEST(file.begun().empty());
    BOOST_TEST((file.rows() == wanted));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::api::import
