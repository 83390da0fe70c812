// Timelines: facts that arrive late take their own place, and what cannot be held is said.
#include "ledger/core/limits.hpp"
#include "tests/unit/reconcile/support.hpp"

using namespace cl;
using namespace cl::test;

BOOST_AUTO_TEST_SUITE(history)

BOOST_AUTO_TEST_CASE(a_stop_that_is_recorded_late_counts_from_when_it_was_sent) {
    Story story;
    story.consent("ann", base - 30 * day);
    Seq const stop = story.stop("ann", base, base + 2 * day);
    Run run(story);
    Sends sends;
    sends.row("ann", base - hour, "one_to_one").row("ann", base + day, "one_to_one").row("ann", base + 3 * day, "one_to_one");
    auto const report = run(sends.text);
    BOOST_TEST(rows_of(report, "CL-050") == (Rows{3, 4}), boost::test_tools::per_element());
    BOOST_TEST(result_of(report, "CL-050")->cases[0].facts.seq == stop);
    BOOST_TEST(report.reordered == 0);
}

BOOST_AUTO_TEST_CASE(a_stop_between_two_changes_takes_its_place) {
    Story story;
    story.consent("ann", base - 30 * day);
    story.consent("bob", base - 30 * day);
    story.consent("ann", base + 10 * day);                      // backed by evidence of that day: it stands
    Seq const stop = story.stop("ann", base, base + 11 * day);  // happened before, arrived after
    story.stop("bob", base + 12 * day);
    Run run(story);
    Sends sends;
    sends
        .row("ann", base - day, "one_to_one")            // 2
        .row("ann", base + day, "one_to_one")            // 3: out then
        .row("ann", base + 10 * day + hour, "campaign")  // 4: in again
        .row("ann", base + 12 * day, "campaign")         // 5
        .row("bob", base + day, "campaign");             // 6: another contact
    auto const report = run(sends.text);
    BOOST_TEST(report.reordered == 1);
    BOOST_TEST(rows_of(report, "CL-050") == (Rows{3}), boost::test_tools::per_element());
    BOOST_TEST(result_of(report, "CL-050")->cases[0].facts.seq == stop);
    BOOST_TEST(ids(report) == "CL-050 ");
}

BOOST_AUTO_TEST_CASE(a_late_stop_is_never_more_permissive_than_the_true_order) {
    // The same four facts in every order of arrival: what is out at its own time is out, whoever was told first.
    std::vector<int> order{0, 1, 2, 3};
    do {
        Story story;
        Millis recorded = base + 20 * day;
        for (int const which : order) {
            recorded += minute;
            if (which == 0) story.consent("ann", base - 10 * day, recorded);
            if (which == 1) story.stop("ann", base, recorded);
            if (which == 2) story.consent("ann", base + 5 * day, recorded);
            if (which == 3) story.stop("ann", base + 10 * day, recorded);
        }
        Run run(story);
        Sends sends;
        sends.row("ann", base - day, "one_to_one")
            .row("ann", base + day, "one_to_one")
            .row("ann", base + 6 * day, "one_to_one")
            .row("ann", base + 11 * day, "one_to_one");
        auto const rows = rows_of(run(sends.text), "CL-050");
        BOOST_TEST(rows == (Rows{3, 5}), boost::test_tools::per_element());
    } while (std::next_permutation(order.begin(), order.end()));
}

BOOST_AUTO_TEST_CASE(a_contact_with_too_many_changes_is_said_and_not_judged) {
    Story story;
    story.consent("ann", base - 30 * day);
    for (std::size_t i = 0; i <= limits::reconcile_changes_per_contact / 2; ++i) {
        Millis const when = base - 20 * day + static_cast<Millis>(i) * 2000;
        story.change("contact.blocked", "ann", when);
        story.change("contact.unblocked", "ann", when + 1000);
    }
    story.consent("bob", base);
    Run run(story);
    Sends sends;
    sends.row("ann", base + day, "one_to_one").row("bob", base + day, "one_to_one");
    auto const report = run(sends.text);
    BOOST_TEST(report.sends.counts.not_judged == 1);
    BOOST_TEST(report.sends.counts.judged == 1);
    BOOST_TEST(code_of(report) == 3);
    BOOST_TEST(to_text(report, false).find(id_of("ann").substr(0, 12)) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_request_about_one_list_does_not_make_an_agents_opt_out_the_customers) {
    Story story;
    story.consent("ann", base - 30 * day);
    Seq const agent = story.change("opt_out.agent", "ann", base);
    story.change("opt_out.request", "ann", base + day, {{"via", "phone"}, {"list", "promo"}});
    Run run(story);
    Sends sends;
    sends.row("ann", base + day + minute, "confirmation");  // there is nothing of the customer's to confirm
    auto const report = run(sends.text);
    BOOST_TEST(rows_of(report, "CL-050") == (Rows{2}), boost::test_tools::per_element());
    BOOST_TEST(result_of(report, "CL-050")->cases[0].facts.seq == agent);
}

BOOST_AUTO_TEST_SUITE_END()
