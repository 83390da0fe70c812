#include "api/line_blocks.hpp"

#include "ledger/core/limits.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace cl::api {

namespace {

std::string all(LineBlocks& lines) {
    std::string text;
    while (lines.has_block()) {
        text += "[" + lines.take_block() + "]";
    }
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(line_blocks_test)

BOOST_AUTO_TEST_CASE(however_a_body_is_cut_its_lines_are_the_same) {
    std::string const body = "one\r\n\n two \n \t\r\nthree";
    for (std::size_t size = 1; size <= body.size(); ++size) {
        LineBlocks lines(0, 100);
        for (std::size_t at = 0; at < body.size(); at += size) {
            lines.put(std::string_view(body).substr(at, size));
        }
        BOOST_TEST(lines.lines() == 2u);  // the last one has not ended
        lines.end();
        BOOST_TEST(lines.lines() == 3u);
        BOOST_TEST(all(lines) == "[one\r\n two \nthree\n]");
        BOOST_TEST(lines.held() == 0u);
    }
}

BOOST_AUTO_TEST_CASE(blocks_end_at_their_limits) {
    LineBlocks lines(3, 2);
    lines.put("a\nb\nc\nd\ne\nf\n");
    BOOST_TEST(all(lines) == "[a\nb\n][c\n][d\ne\n][f\n]");
    LineBlocks early(3, 100);
    early.put("a\n");
    BOOST_TEST(all(early) == "[a\n]");
    early.put("b\nc\nd\ne\n");
    BOOST_TEST(all(early) == "[b\nc\n][d\ne\n]");  // the place behind the third line stays where it is
    LineBlocks large(0, 100);
    std::string const line(limits::stream_step_bytes - 1, 'x');
    large.put(line + "\nsmall\nnext\n" + line + "\n");
    BOOST_TEST(large.take_block().size() == limits::stream_step_bytes);
    BOOST_TEST(large.take_block() == "small\nnext\n" + line + "\n");
}

BOOST_AUTO_TEST_CASE(a_line_without_end_is_cut_and_takes_no_more_memory) {
    LineBlocks lines(0, 100);
    std::string const piece(100'000, 'x');
    for (int i = 0; i < 100; ++i) {
        lines.put(piece);
        BOOST_TEST(lines.held() == 0u);  // whoever waits for a line to end is to go on reading
    }
    lines.put("\nnext\n");
    std::string const block = lines.take_block();
    BOOST_TEST(block.find('\n') == limits::stream_line_bytes + 1);
    BOOST_REQUIRE(lines.has_block());
    BOOST_TEST(lines.take_block() == "next\n");
}

BOOST_AUTO_TEST_CASE(a_line_that_is_blank_up_to_where_it_is_cut_still_counts) {
    LineBlocks lines(0, 100);
    lines.put(std::string(limits::stream_line_bytes + 5, ' ') + "{}\n");
    BOOST_TEST(lines.lines() == 1u);
    LineBlocks blank(0, 100);
    blank.put(std::string(limits::stream_line_bytes, ' ') + "\n");
    blank.end();
    BOOST_TEST(blank.lines() == 0u);
    BOOST_TEST(!blank.has_block());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::api
