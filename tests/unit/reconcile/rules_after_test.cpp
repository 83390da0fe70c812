// CL-012, 013, 034, 050, 051, 061: each with what fires it and what must not.
#include "tests/unit/reconcile/support.hpp"

using namespace cl;
using namespace cl::test;

BOOST_AUTO_TEST_SUITE(after_an_opt_out)

BOOST_AUTO_TEST_CASE(sent_after_a_stop_and_after_the_next_opt_in) {
    Story story;
    story.consent("ann", base - 30 * day);
    Seq const stop = story.stop("ann", base);
    story.consent("ann", base + 20 * day);
    Run run(story);
    Sends sends;
    sends
        .row("ann", base - hour, "one_to_one")            // 2: before
        .row("ann", base + 11 * minute, "one_to_one")     // 3: after
        .row("ann", base + 3 * day, "campaign")           // 4: after
        .row("ann", base + 15 * day, "one_to_one")        // 5: past the last day too
        .row("ann", base + 20 * day + hour, "campaign");  // 6: in again
    auto const report = run(sends.text);
    BOOST_TEST(rows_of(report, "CL-050") == (Rows{3, 4, 5}), boost::test_tools::per_element());
    BOOST_TEST(result_of(report, "CL-050")->contacts == 1);
    BOOST_TEST(result_of(report, "CL-050")->cases[0].facts.seq == stop);
    BOOST_TEST(report.exposure.messages == 3);
    BOOST_TEST(report.exposure.after_deadline == 1);
    BOOST_TEST(found(report, "CL-051") == 0);
    BOOST_TEST(code_of(report) == 4);
    std::string const text = to_text(report, false);
    BOOST_TEST(text.find("$1,500 to $4,500") != std::string::npos);
    BOOST_TEST(text.find("11 min after the opt-out in entry " + std::to_string(stop)) != std::string::npos);
    BOOST_TEST(text.find("past the last day to honour it") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_last_day_to_honour_is_still_in_time) {
    Story story;
    story.consent("ann", base - 30 * day);
    story.stop("ann", base);
    Run run(story);
    // Before 11:00 UTC it may be the evening before in Hawaii: due at the end of 2027-03-18, by the earliest date there is.
    Sends sends;
    sends.row("ann", base + 13 * day + 14 * hour - 1, "one_to_one").row("ann", base + 13 * day + 14 * hour, "one_to_one");
    auto const report = run(sends.text);
    BOOST_TEST(report.exposure.messages == 2);
    BOOST_TEST(report.exposure.after_deadline == 1);
}

BOOST_AUTO_TEST_CASE(the_propagation_window_is_a_note) {
    Story story;
    story.consent("ann", base - 30 * day);
    story.stop("ann", base);
    Run run(story);
    Sends sends;
    sends.row("ann", base + 10 * minute, "one_to_one").row("ann", base + 10 * minute + 1, "one_to_one");
    auto const report = run(sends.text);
    BOOST_TEST(rows_of(report, "CL-051") == (Rows{2}), boost::test_tools::per_element());
    BOOST_TEST(rows_of(report, "CL-050") == (Rows{3}), boost::test_tools::per_element());
    BOOST_TEST(report.exposure.messages == 1);

    run.options.settings.propagation_ms = 0;
    auto const strict = run(sends.text);
    BOOST_TEST(found(strict, "CL-050") == 2);
    BOOST_TEST(found(strict, "CL-051") == 0);
}

BOOST_AUTO_TEST_CASE(an_agents_opt_out_and_an_erasure_count_too) {
    Story story;
    for (char const* who : {"ann", "bob"}) story.consent(who, base - 30 * day);
    story.change("opt_out.agent", "ann", base);
    story.change("subject.erased", "bob", base + 1);
    Run run(story);
    Sends sends;
    sends.row("ann", base + day, "one_to_one").row("bob", base + day, "one_to_one").row("bob", base - day, "one_to_one");
    auto const report = run(sends.text);
    BOOST_TEST(rows_of(report, "CL-050") == (Rows{2, 3}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_opt_out_from_one_list_concerns_its_campaigns) {
    Story story;
    story.consent("ann", base - 30 * day);
    story.change("list.added", "ann", base - 29 * day, {{"list", "promo"}});
    story.change("list.added", "ann", base - 29 * day + 1, {{"list", "news"}});
    Seq const fired = story.change("trigger.fired", "ann", base, {{"trigger", "OPTOUT"}, {"list", "promo"}});
    story.change("list.removed", "ann", base + 5 * day, {{"list", "promo"}});
    Run run(story);
    Sends sends;
    sends
        .row("ann", base - day, "campaign", "promo")         // 2
        .row("ann", base + 5 * minute, "campaign", "promo")  // 3: a note
        .row("ann", base + day, "campaign", "promo")         // 4: still a member, but asked off
        .row("ann", base + day, "campaign", "news")          // 5: another list (S21)
        .row("ann", base + day, "one_to_one")                // 6: S21
        .row("ann", base + 6 * day, "campaign", "promo");    // 7: taken off since
    auto const report = run(sends.text);
    BOOST_TEST(rows_of(report, "CL-051") == (Rows{3}), boost::test_tools::per_element());
    BOOST_TEST(rows_of(report, "CL-050") == (Rows{4, 7}), boost::test_tools::per_element());
    BOOST_TEST(result_of(report, "CL-050")->cases[0].facts.seq == fired);
    BOOST_TEST(result_of(report, "CL-050")->cases[0].list == "promo");
    BOOST_TEST(rows_of(report, "CL-053") == (Rows{7}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(while_blocked) {
    Story story;
    for (char const* who : {"ann", "bob"}) story.consent(who, base - 30 * day);
    Seq const block = story.change("contact.blocked", "ann", base);
    story.stop("bob", base + 1);
    story.change("contact.blocked", "bob", base + day);
    story.change("contact.unblocked", "ann", base + 10 * day);
    Run run(story);
    Sends sends;
    sends
        .row("ann", base - hour, "one_to_one")      // 2
        .row("ann", base + minute, "confirmation")  // 3: nothing goes to a blocked contact, and no window holds
        .row("ann", base + 11 * day, "one_to_one")  // 4: unblocked, still out (S12)
        .row("bob", base + 2 * day, "one_to_one");  // 5: both
    auto const report = run(sends.text);
    BOOST_TEST(rows_of(report, "CL-034") == (Rows{3, 5}), boost::test_tools::per_element());
    BOOST_TEST(result_of(report, "CL-034")->cases[0].facts.seq == block);
    BOOST_TEST(rows_of(report, "CL-050") == (Rows{4, 5}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(one_confirmation_in_time) {
    Story story;
    for (char const* who : {"ann", "bob", "cyd", "dan", "eve"}) story.consent(who, base - 30 * day);
    story.stop("ann", base);
    story.stop("bob", base + 1);
    Seq const stop = story.stop("cyd", base + 2);
    story.stop("dan", base + 3);
    story.stop("eve", base + 4);
    Run run(story);
    Sends sends("marketing");
    sends
        .row("ann", base + 5 * minute, "confirmation", "", "delivered", ",,")      // 2: in time
        .row("bob", base + 5 * minute + 2, "confirmation", "", "delivered", ",,")  // 3: late
        .row("cyd", base + 3 * minute, "confirmation", "", "delivered", ",,")      // 4: the second
        .row("cyd", base + 2 * minute, "autoreply", "", "delivered", ",,")         // 5: the first
        .row("dan", base + minute, "confirmation", "", "delivered", ",,true")      // 6: with marketing
        .row("eve", base + minute, "", "", "delivered", ",,false");                // 7: of unknown type
    auto const report = run(sends.text);
    BOOST_TEST(rows_of(report, "CL-012") == (Rows{3, 6, 4}), boost::test_tools::per_element());
    auto const& cases = result_of(report, "CL-012")->cases;
    BOOST_TEST(cases[0].what.find("came 5 min after") != std::string::npos);
    BOOST_TEST(cases[1].what.find("marketing") != std::string::npos);
    BOOST_TEST(cases[2].what.find("2 texts confirm") != std::string::npos);
    BOOST_TEST(cases[2].facts.seq == stop);
    BOOST_TEST(ids(report) == "CL-012 ");
    BOOST_TEST(code_of(report) == 0);  // high, and only critical ones fail
}

BOOST_AUTO_TEST_CASE(every_further_text_counts) {
    Story story;
    story.consent("ann", base - 30 * day);
    story.stop("ann", base);
    Run run(story);
    Sends sends;
    for (int i = 4; i >= 1; --i) sends.row("ann", base + i * minute, "");
    auto const report = run(sends.text);
    BOOST_TEST(found(report, "CL-012") == 3);
    BOOST_TEST(rows_of(report, "CL-012") == (Rows{4}), boost::test_tools::per_element());
    BOOST_TEST(found(report, "CL-050") == 0);
}

BOOST_AUTO_TEST_CASE(no_confirmation) {
    Story story;
    for (char const* who : {"ann", "bob", "cyd"}) story.consent(who, base - 30 * day);
    story.stop("ann", base);
    Seq const missed = story.stop("bob", base + day);
    story.stop("bob", base + day + hour);  // was out already
    story.stop("cyd", base + 3 * day);     // the file ends before its five minutes are over
    Run run(story);
    Sends sends;
    sends.row("ann", base + minute, "confirmation").row("cyd", base + 3 * day, "one_to_one");
    auto const report = run(sends.text);
    BOOST_TEST(found(report, "CL-013") == 1);
    BOOST_TEST(result_of(report, "CL-013")->cases[0].facts.seq == missed);
    BOOST_TEST(result_of(report, "CL-013")->cases[0].row == 0);

    Sends none;  // a file that shows no confirmations at all says nothing about them
    none.row("ann", base - hour, "one_to_one").row("ann", base - minute, "one_to_one").row("cyd", base + 2 * day, "one_to_one");
    BOOST_TEST(found(run(none.text), "CL-013") == 0);
}

BOOST_AUTO_TEST_CASE(a_reassigned_number) {
    Story story;
    story.consent("ann", base - 30 * day);
    Seq const gone = story.change("number.reassigned", "ann", base);
    story.consent("ann", base + 10 * day);
    Run run(story);
    Sends sends;
    sends.row("ann", base - day, "campaign").row("ann", base + day, "campaign").row("ann", base + 11 * day, "campaign");
    auto const report = run(sends.text);
    BOOST_TEST(rows_of(report, "CL-061") == (Rows{3}), boost::test_tools::per_element());
    BOOST_TEST(result_of(report, "CL-061")->cases[0].facts.seq == gone);
    BOOST_TEST(found(report, "CL-050") == 0);
    BOOST_TEST(report.exposure.messages == 0);
}

BOOST_AUTO_TEST_SUITE_END()
