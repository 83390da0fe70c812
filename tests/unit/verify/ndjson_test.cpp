// Exports that are cut off, converted, padded, or not what their last line says.
#include "ledger/core/limits.hpp"
#include "tests/unit/verify/support.hpp"
#include "verify/line_reader.hpp"

using namespace cl;
using namespace cl::test;
namespace check = cl::verify::check;

namespace {

std::string trailer_with(Ledger const& ledger, std::int64_t entries, std::int64_t first, std::int64_t last,
                         std::string const& note) {
    json::Object const inner{{"entries", entries}, {"first_seq", first}, {"last_seq", last}, {"checkpoint", note}};
    return ndjson_of(ledger.lines, json::write(json::Value(json::Object{{"trailer", inner}})));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ndjson)

BOOST_AUTO_TEST_CASE(an_export_without_its_last_line_is_cut_off_and_no_pass) {
    Ledger const ledger = small_ledger();
    auto const report = verify_text(ndjson_of(ledger.lines, ""));
    BOOST_TEST(code_of(report) == 3);
    BOOST_TEST(report.integrity.clean());
    BOOST_TEST(says(report, "cut off"));
    BOOST_TEST(report.size == ledger.size());
}

BOOST_AUTO_TEST_CASE(an_export_that_ends_in_mid_line_is_cut_off_at_any_byte) {
    Ledger const ledger = small_ledger();
    std::string const whole = ndjson_of(ledger.lines, trailer_of(ledger));
    for (std::size_t size = 1; size + 1 < whole.size(); size += 97) {
        auto const report = verify_text(whole.substr(0, size));
        BOOST_TEST(code_of(report) != 0, "cut after " << size << " bytes");
        BOOST_TEST(code_of(report) != 4);
    }
    auto const report = verify_text(ndjson_of(ledger.lines, "") + ledger.lines[1].substr(0, 50));
    BOOST_TEST(code_of(report) == 3);
}

BOOST_AUTO_TEST_CASE(a_cut_off_export_is_tampering_for_whoever_has_seen_more) {
    Ledger const ledger = small_ledger();
    TempDir const dir;
    write_file(dir / "trusted", ledger.note());
    std::vector<std::string> const fewer(ledger.lines.begin(), ledger.lines.begin() + 6);
    write_file(dir / "export", ndjson_of(fewer, ""));
    verify::Options options;
    options.source = dir / "export";
    options.trusted = {dir / "trusted"};
    auto const report = verify_with(options);
    BOOST_TEST(code_of(report) == 1);
    BOOST_TEST(first_seq(report, check::rollback) == 6);
}

BOOST_AUTO_TEST_CASE(lines_removed_before_the_last_are_found) {
    Ledger ledger = small_ledger();
    std::string const trailer = trailer_of(ledger);
    ledger.lines.resize(8);
    auto const report = verify_text(ndjson_of(ledger.lines, trailer));
    BOOST_TEST(code_of(report) == 1);
    BOOST_TEST(first_seq(report, check::trailer) == 8);
    BOOST_TEST(first_seq(report, check::cut_off) == 8);
}

BOOST_AUTO_TEST_CASE(windows_line_ends_are_found_as_a_rewriting) {
    Ledger const ledger = small_ledger();
    std::string converted;
    for (char const c : ndjson_of(ledger.lines, trailer_of(ledger))) converted += c == '\n' ? "\r\n" : std::string(1, c);
    auto const report = verify_text(converted);
    BOOST_TEST(code_of(report) == 1);
    BOOST_TEST(found(report, check::not_canonical) == ledger.size());
    BOOST_TEST(says(report, "Windows line ends"));
}

BOOST_AUTO_TEST_CASE(a_blank_line_is_found) {
    Ledger ledger = small_ledger();
    std::string const trailer = trailer_of(ledger);
    ledger.lines.insert(ledger.lines.begin() + 3, "");
    auto const report = verify_text(ndjson_of(ledger.lines, trailer));
    BOOST_TEST(code_of(report) == 1);
    BOOST_TEST(*report.integrity.first_bad() == 3);
}

BOOST_AUTO_TEST_CASE(a_huge_line_is_passed_over_and_found) {
    Ledger ledger = small_ledger();
    std::string const trailer = trailer_of(ledger);
    ledger.lines.insert(ledger.lines.begin() + 3, "{" + std::string(3'000'000, 'x'));
    auto const report = verify_text(ndjson_of(ledger.lines, trailer));
    BOOST_TEST(code_of(report) == 1);
    BOOST_TEST(first_seq(report, check::not_an_entry) == 3);
    BOOST_TEST(says(report, "longer than any entry"));
}

BOOST_AUTO_TEST_CASE(a_file_that_is_one_huge_line_is_no_pass) {
    BOOST_TEST(code_of(verify_text("{" + std::string(5'000'000, '{'))) == 3);
}

BOOST_AUTO_TEST_CASE(something_behind_the_trailer_is_found) {
    Ledger const ledger = small_ledger();
    auto const report = verify_text(ndjson_of(ledger.lines, trailer_of(ledger)) + ledger.lines[3] + "\n");
    BOOST_TEST(code_of(report) == 1);
    BOOST_TEST(found(report, check::trailer) >= 1);
}

BOOST_AUTO_TEST_CASE(a_trailer_that_states_something_else_is_found) {
    Ledger const ledger = small_ledger();
    std::int64_t const n = ledger.size();
    BOOST_TEST(found(verify_text(trailer_with(ledger, n + 1, 0, n, ledger.note())), check::trailer) == 1);
    BOOST_TEST(found(verify_text(trailer_with(ledger, n, 0, n, ledger.note())), check::trailer) == 1);
    BOOST_TEST(found(verify_text(trailer_with(ledger, n, 0, n - 1, "no note")), check::trailer) == 1);
    BOOST_TEST(first_seq(verify_text(trailer_with(ledger, n, 0, n - 1, ledger.note_at(6))), check::trailer) == 6);
    BOOST_TEST(found(verify_text(ndjson_of(ledger.lines, R"({"trailer":{"entries":10}})")), check::trailer) == 1);
    BOOST_TEST(found(verify_text(trailer_with(ledger, n, 0, n - 1, ledger.note())), check::trailer) == 0);
}

BOOST_AUTO_TEST_CASE(a_part_of_a_ledger_is_no_pass) {
    Ledger const ledger = small_ledger();
    Ledger part = ledger;
    part.lines.erase(part.lines.begin(), part.lines.begin() + 4);
    auto const report = verify_text(trailer_with(part, 6, 4, 9, ledger.note()));
    BOOST_TEST(code_of(report) != 0);
    BOOST_TEST(says(report, "a part of a ledger"));
}

BOOST_AUTO_TEST_CASE(a_trailer_signed_by_another_key_is_found) {
    Ledger const ledger = small_ledger();
    auto const note = sign_checkpoint(ledger.checkpoint_at(10), *make_signer(2));
    auto const report = verify_text(trailer_with(ledger, 10, 0, 9, note));
    BOOST_TEST(code_of(report) == 1);
    BOOST_TEST(first_seq(report, check::signature) == 9);
}

BOOST_AUTO_TEST_CASE(lines_are_read_whole_across_the_buffers_edges) {
    TempDir const dir;
    std::string bytes;
    for (std::size_t i = 0; i < 20'000; ++i) bytes += std::string(i % 61, 'a') + "\n";
    write_file(dir / "lines", bytes);
    verify::LineReader reader(must(verify::open_regular(dir / "lines")), 40);
    verify::LineReader::Line line;
    for (std::size_t i = 0; i < 20'000; ++i) {
        BOOST_REQUIRE(must(reader.next(line)));
        BOOST_REQUIRE(line.bytes.size() == std::min<std::size_t>(i % 61, 40));
        BOOST_REQUIRE(line.too_long == (i % 61 > 40));
    }
    BOOST_TEST(!must(reader.next(line)));
}

BOOST_AUTO_TEST_SUITE_END()
