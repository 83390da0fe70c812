// Files as they come, and as an enemy makes them: every row is judged, counted or named as bad, and nothing of it is repeated.
#include "ledger/core/limits.hpp"
#include "tests/unit/reconcile/support.hpp"
#include "verify/reconcile/input.hpp"

#include <random>

using namespace cl;
using namespace cl::test;

namespace {

Story story_of_ann() {
    Story story;
    story.consent("ann", base - 30 * day);
    story.stop("ann", base);
    return story;
}

std::string row(std::string const& rest = "") {
    return id_of("ann") + "," + format_time(base + day) + rest;
}

std::vector<std::string> bad_rows(rec::Report const& report) {
    std::vector<std::string> all;
    for (rec::BadRowAt const& bad : report.sends.bad)
        all.push_back(std::to_string(bad.row) + " " + std::string(name(bad.reason)));
    return all;
}

using Words = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(files)

BOOST_AUTO_TEST_CASE(each_bad_row_has_its_number_and_reason) {
    Run run(story_of_ann());
    auto const report = run("contact,sent_at,type,to\n" +                   //
                            row(",one_to_one,") + "\n" +                    // 2: judged
                            "XYZ," + format_time(base) + ",,\n" +           // 3
                            id_of("ann") + ",2027-03-06 10:00:00,,\n" +     // 4
                            id_of("ann") + ",soon,,\n" +                    // 5
                            row(",campain,") + "\n" +                       // 6
                            row(",,,extra") + "\n" +                        // 7
                            "," + format_time(base) + ",,\n" +              // 8
                            "," + format_time(base) + ",,+15550100123\n" +  // 9
                            "\"" + row("") + "\n" +                         // 10: never closed
                            row(",one_to_one,") + "\n");                    // 11: judged
    Words const wanted = {"3 bad_contact",       "4 no_time_zone", "5 bad_time",       "6 bad_type",
                          "7 other_field_count", "8 no_contact",   "9 no_contact_key", "10 unclosed_quote"};
    BOOST_TEST(bad_rows(report) == wanted, boost::test_tools::per_element());
    BOOST_TEST(rows_of(report, "CL-050") == (Rows{2, 11}), boost::test_tools::per_element());
    BOOST_TEST(report.sends.counts.rows == 10);
    BOOST_TEST(code_of(report) == 3);
    std::string const all = to_text(report, false) + to_json(report);
    BOOST_TEST(all.find("5550100123") == std::string::npos);
    BOOST_TEST(all.find("campain") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(bad_rows_beat_findings_and_are_counted_beyond_what_is_shown) {
    Run run(story_of_ann());
    std::string text = "contact,sent_at\n";
    for (std::size_t i = 0; i < limits::reconcile_bad_rows + 7; ++i) text += "x,y\n";
    text += row("") + "\n";
    auto const report = run(text);
    BOOST_TEST(report.sends.bad.size() == limits::reconcile_bad_rows);
    BOOST_TEST(report.sends.counts.bad_rows() == static_cast<std::int64_t>(limits::reconcile_bad_rows + 7));
    BOOST_TEST(found(report, "CL-050") == 1);
    BOOST_TEST(code_of(report) == 3);
}

BOOST_AUTO_TEST_CASE(windows_line_ends_a_mark_quotes_and_blank_lines) {
    Run run(story_of_ann());
    auto const report =
        run("\xEF\xBB\xBF\"contact\",\"Sent At\",note\r\n\"" + id_of("ann") + "\",\"" + format_time(base + day) +
            "\",\"two\r\nlines, \"\"quoted\"\"\"\r\n\r\n" + row(",x") + "\r\n" + row(",y"));
    BOOST_TEST(rows_of(report, "CL-050") == (Rows{2, 4, 5}), boost::test_tools::per_element());
    BOOST_TEST(report.sends.counts.rows == 3);
    BOOST_TEST(report.sends.counts.blank == 1);
    BOOST_TEST(code_of(report) == 4);
}

BOOST_AUTO_TEST_CASE(files_that_are_none) {
    Run run(story_of_ann());
    auto const says = [&](std::string const& text, std::string_view words) {
        auto const report = run(text);
        BOOST_TEST(code_of(report) == 3);
        BOOST_TEST(to_text(report, false).find(words) != std::string::npos, words);
        BOOST_TEST(to_text(report, false).find("5550100") == std::string::npos);
    };
    says("", "the file is empty");
    says(" \r\n\n", "the file is empty");
    says(std::string("\xFF\xFE"
                     "c\0o\0",
                     6),
         "UTF-16");
    says("\x1F\x8B\x08 zipped", "compressed");
    says("contact,sent_at\n", "has no rows");
    says("+15550100123,2027-03-06T10:00:00Z\n", "no column for the contact or the number");
    says("contact,type\n" + row() + "\n", "no column for the time");
    says("\"contact,sent_at\nx,y\n", "no header");
    run.options.sends.path = run.path("nothing");
    BOOST_TEST(code_of(rec::reconcile(run.options, StillClock())) == 3);
    run.options.sends.path = "/dev/zero";
    BOOST_TEST(code_of(rec::reconcile(run.options, StillClock())) == 3);
}

BOOST_AUTO_TEST_CASE(a_file_of_rejections_must_say_why) {
    Run run(story_of_ann());
    auto const report = run("contact,sent_at\n" + row() + "\n", "contact,sent_at\n" + row() + "\n");
    BOOST_TEST(code_of(report) == 3);
    BOOST_TEST(to_text(report, false).find("no column for the error code or the reason") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(ndjson_with_names_in_any_order_and_hostile_lines) {
    Run run(story_of_ann());
    std::string const ann = "\"contact\":\"" + id_of("ann") + "\"";
    std::string const when = "\"sent_at\":\"" + format_time(base + day) + "\"";
    auto const report = run("{" + ann + "," + when + "}\n" +                                               // 1
                            "{\"status\":null,\"type\":\"campaign\"," + when + "," + ann + "}\n" +         // 2
                            "\n" +                                                                         // 3: blank
                            "{" + ann + ",\"timestamp\":" + std::to_string((base + day) / 1000) + "}\n" +  // 4
                            "{" + ann + "," + when + "," + ann + "}\n" +                                   // 5: a name twice
                            "[1]\n" +                                                                      // 6
                            "{" + ann + ",\"sent_at\":{\"deep\":1}}\n" +                                   // 7
                            std::string(70'000, '[') + "\n" +                                              // 8
                            "{" + ann + "," + when + ",\"error_code\":21610}\n" +                          // 9: refused
                            "{" + ann + "," + when + ",\"direction\":\"inbound\"}");                       // 10
    BOOST_TEST(rows_of(report, "CL-050") == (Rows{1, 2, 4}), boost::test_tools::per_element());
    Words const wanted = {"5 not_json", "6 not_json", "7 not_json", "8 too_long"};
    BOOST_TEST(bad_rows(report) == wanted, boost::test_tools::per_element());
    BOOST_TEST(report.sends.counts.blank == 1);
    BOOST_TEST(report.sends.counts.rows == 9);
}

BOOST_AUTO_TEST_CASE(rows_across_units_of_work_keep_their_numbers) {
    // More than three units of work, with quotes and line ends in them, and one line that is longer than a unit.
    Story const story = story_of_ann();
    std::string text = "contact,sent_at,note\n";
    std::int64_t number = 1;
    Rows wanted;
    std::string const filler = "\"" + std::string(3000, 'x') + "\n\"\"" + std::string(100, ',') + "\"";
    while (text.size() < limits::reconcile_chunk_bytes * 3) {
        ++number;
        text += id_of("ann") + "," + format_time(number % 100 == 0 ? base + day : base - day) + "," + filler + "\n";
        if (number % 100 == 0) wanted.push_back(number);
        if (number == 500) {
            text += std::string(limits::reconcile_chunk_bytes + 5000, 'y') + "\n";
            ++number;
        }
    }
    for (unsigned const workers : {1U, 2U, 5U}) {
        Run run(story);
        run.options.workers = workers;
        auto const report = run(text);
        BOOST_TEST(rows_of(report, "CL-050") == wanted, boost::test_tools::per_element());
        Words const bad = {"501 too_long"};
        BOOST_TEST(bad_rows(report) == bad, boost::test_tools::per_element());
        BOOST_TEST(report.sends.counts.rows == number - 1);
    }
}

BOOST_AUTO_TEST_CASE(whatever_stands_in_a_file_every_row_is_accounted_for) {
    // Shuffled pieces of good and bad rows. Nothing may be lost, whatever they add up to.
    std::string const good = id_of("ann") + "," + format_time(base + day);
    std::vector<std::string> const pieces = {good + ",a\n",
                                             good + ",\"a\nb\"\n",
                                             good,
                                             ",",
                                             "\"",
                                             "\n",
                                             "\r\n",
                                             "\"\"",
                                             "x",
                                             "\\",
                                             std::string(1, '\0'),
                                             "\xFF",
                                             "{",
                                             "}",
                                             good + ",\"\"\r\n",
                                             ",inbound\n"};
    Run run(story_of_ann());
    std::mt19937_64 engine(20270305);
    for (int round = 0; round < 60; ++round) {
        std::string text = "contact,sent_at,direction\n";
        for (int i = 0; i < 300; ++i) text += pieces[engine() % pieces.size()];
        auto const report = run(text);
        rec::Counts const& counts = report.sends.counts;
        std::int64_t told = counts.bad_rows();
        for (std::int64_t const outcome : counts.outcomes) told += outcome;
        BOOST_REQUIRE_EQUAL(told, counts.rows);
        BOOST_REQUIRE(counts.rows > 0);
        BOOST_REQUIRE_EQUAL(code_of(report), counts.bad_rows() > 0 ? 3 : found(report, "CL-050") > 0 ? 4 : 0);
        BOOST_REQUIRE_EQUAL(found(report, "CL-050"), counts.judged);
    }
}

BOOST_AUTO_TEST_CASE(any_number_of_threads_gives_the_same_report) {
    Story story;
    for (int i = 0; i < 50; ++i) {
        std::string const who = "contact-" + std::to_string(i);
        story.consent(who, base - 30 * day + i);
    }
    for (int i = 0; i < 50; i += 2) story.stop("contact-" + std::to_string(i), base + i);
    std::string text = "contact,sent_at,type\n";
    for (int i = 0; i < 40'000; ++i) {
        std::string const who = "contact-" + std::to_string(i * 7 % 53);
        text += id_of(who) + "," + format_time(base - day + i * 4000) + (i % 3 == 0 ? ",\n" : ",one_to_one\n");
    }
    std::string first;
    for (unsigned const workers : {1U, 2U, 3U, 8U}) {
        Run run(story);
        run.options.workers = workers;
        auto report = run(text);
        report.sends.path.clear();
        report.ledger.path.clear();
        std::string const json = to_json(report);
        if (first.empty()) first = json;
        BOOST_REQUIRE(json == first);
        BOOST_REQUIRE(found(report, "CL-050") > static_cast<std::int64_t>(limits::reconcile_cases));
        BOOST_TEST(result_of(report, "CL-050")->cases.size() == limits::reconcile_cases);
    }
}

BOOST_AUTO_TEST_SUITE_END()
