// CL-008, 055, 056, 070: each with what fires it and what must not.
#include "tests/unit/reconcile/support.hpp"

using namespace cl;
using namespace cl::test;

BOOST_AUTO_TEST_SUITE(records_that_disagree)

BOOST_AUTO_TEST_CASE(refused_though_the_ledger_has_it_in) {
    Story story;
    for (char const* who : {"ann", "bob", "cyd"}) story.consent(who, base - 30 * day);
    story.stop("bob", base);
    story.stop("cyd", base + 9 * minute);
    Run run(story);
    std::string const rejects = "contact,time,error_code\n" +                                //
                                id_of("ann") + "," + format_time(base) + ",21610\n" +        // 2: drift
                                id_of("bob") + "," + format_time(base + day) + ",21610\n" +  // 3: both say out
                                id_of("cyd") + "," + format_time(base) + ",21610\n" +  // 4: the ledger has it a little later
                                id_of("ann") + "," + format_time(base) + ",30003\n" +  // 5: another reason
                                id_of("cyd") + "," + format_time(base - hour) + ",40300\n";  // 6: drift then
    Sends sends;
    sends.row("ann", base - day, "one_to_one").row("ann", base + day, "one_to_one", "", "failed", ",21610");
    auto const report = run(sends.text, rejects);
    BOOST_TEST(rows_of(report, "CL-055") == (Rows{3, 2, 6}), boost::test_tools::per_element());
    auto const& cases = result_of(report, "CL-055")->cases;
    BOOST_TEST(!cases[0].rejection);
    BOOST_TEST(cases[1].rejection);
    BOOST_REQUIRE(report.rejects.has_value());
    BOOST_TEST(report.rejects->counts.outcomes[static_cast<std::size_t>(rec::Outcome::other_code)] == 1);
    BOOST_TEST(ids(report) == "CL-055 ");
}

BOOST_AUTO_TEST_CASE(delivered_though_the_ledger_has_it_out) {
    Story story;
    story.consent("ann", base - 30 * day);
    Seq const stop = story.stop("ann", base);
    Run run(story);
    Sends sends;
    sends
        .row("ann", base - day, "one_to_one", "", "delivered")         // 2
        .row("ann", base + minute, "confirmation", "", "delivered")    // 3
        .row("ann", base + 5 * minute, "one_to_one", "", "delivered")  // 4: within the window
        .row("ann", base + day, "one_to_one", "", "delivered")         // 5
        .row("ann", base + day, "one_to_one", "", "undelivered");      // 6: sent, but stopped on the way
    auto const report = run(sends.text);
    BOOST_TEST(rows_of(report, "CL-055") == (Rows{5}), boost::test_tools::per_element());
    BOOST_TEST(result_of(report, "CL-055")->cases[0].facts.seq == stop);
    BOOST_TEST(rows_of(report, "CL-050") == (Rows{5, 6}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_never_went_out_is_no_violation) {
    Story story;
    story.consent("ann", base - 30 * day);
    story.stop("ann", base);
    Run run(story);
    Sends sends("direction");
    sends.row("ann", base + day, "campaign", "", "canceled", ",,outbound-api")
        .row("ann", base + day, "campaign", "", "failed", ",21610,outbound-api")
        .row("ann", base + day, "campaign", "", "failed", ",30007,outbound-api")
        .row("ann", base + day, "", "", "received", ",,inbound");
    auto const report = run(sends.text);
    BOOST_TEST(ids(report) == "");
    auto const& outcomes = report.sends.counts.outcomes;
    BOOST_TEST(outcomes[static_cast<std::size_t>(rec::Outcome::not_sent)] == 2);
    BOOST_TEST(outcomes[static_cast<std::size_t>(rec::Outcome::opted_out)] == 1);
    BOOST_TEST(outcomes[static_cast<std::size_t>(rec::Outcome::inbound)] == 1);
    BOOST_TEST(report.sends.counts.rows == 4);
    BOOST_TEST(code_of(report) == 0);
}

BOOST_AUTO_TEST_CASE(nothing_known_nothing_allowed) {
    Story story;
    Seq const first = story.consent("ann", base);
    Entry only = Story::at(contact_draft("consent.recorded", "bob"), base + 1);
    only.evidence = {call_evidence(base)};
    story.add(only);
    Run run(story);
    Sends sends;
    sends
        .row("zoe", base, "one_to_one")         // 2: never heard of
        .row("ann", base - day, "one_to_one")   // 3: not yet
        .row("ann", base + day, "one_to_one")   // 4
        .row("bob", base + day, "one_to_one");  // 5: consent on record, but never opted in
    auto const report = run(sends.text);
    BOOST_TEST(rows_of(report, "CL-056") == (Rows{2, 3, 5}), boost::test_tools::per_element());
    auto const& cases = result_of(report, "CL-056")->cases;
    BOOST_TEST(cases[0].what == "the ledger never heard of this contact");
    BOOST_TEST(to_hex(cases[0].contact) == id_of("zoe"));
    BOOST_TEST(cases[1].facts.seq == first);
    BOOST_TEST(result_of(report, "CL-056")->contacts == 2);
}

BOOST_AUTO_TEST_CASE(excused_by_an_entry_that_came_afterwards) {
    Story story;
    for (char const* who : {"ann", "bob"}) story.consent(who, base - 30 * day);
    story.stop("ann", base);
    story.stop("bob", base + 1);
    // Both say that they opted in on the next day; one of the entries comes a week later.
    story.consent("bob", base + day, base + day + hour);
    Seq const late = story.consent("ann", base + day, base + 8 * day);
    Run run(story);
    Sends sends;
    sends
        .row("ann", base + 2 * day, "one_to_one")       // 2
        .row("bob", base + day + minute, "one_to_one")  // 3: recorded an hour later, as people do
        .row("ann", base + 9 * day, "one_to_one");      // 4: on record by then
    auto const report = run(sends.text);
    BOOST_TEST(rows_of(report, "CL-070") == (Rows{2}), boost::test_tools::per_element());
    BOOST_TEST(result_of(report, "CL-070")->cases[0].facts.seq == late);
    BOOST_TEST(ids(report) == "CL-070 ");
}

BOOST_AUTO_TEST_CASE(texted_before_consent) {
    Story story;
    for (char const* who : {"ann", "bob"}) story.imported(who, base - 30 * day);
    story.wrote("cyd", base - 30 * day);
    story.wrote("dan", base - 30 * day);
    for (char const* who : {"ann", "cyd", "dan"}) story.consent(who, base);
    Run run(story);
    Sends sends;
    sends
        .row("ann", base - day, "one_to_one")      // 2
        .row("ann", base - 2 * day, "one_to_one")  // 3: the first
        .row("bob", base - day, "one_to_one")      // 4: never any consent: CL-001 says so
        .row("cyd", base - day, "one_to_one")      // 5: an answer
        .row("dan", base - day, "campaign")        // 6: no answer
        .row("dan", base + day, "campaign");       // 7
    auto const report = run(sends.text);
    BOOST_TEST(rows_of(report, "CL-008") == (Rows{3, 6}), boost::test_tools::per_element());
    BOOST_TEST(found(report, "CL-008") == 2);  // once for each contact
}

BOOST_AUTO_TEST_SUITE_END()
