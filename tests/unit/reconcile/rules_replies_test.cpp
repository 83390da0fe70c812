// CL-042 and CL-017: what a contact's own message asked for, and whether the sends show it.
#include "tests/unit/reconcile/support.hpp"

namespace cl::test {
namespace {

Seq fired(Story& story, std::string_view who, std::string_view trigger, Millis when) {
    return story.change("trigger.fired", who, when, {{"trigger", trigger}, {"list", "promo"}});
}

Seq off_list(Story& story, std::string_view who, Millis when, std::string_view via = "text") {
    return story.change("opt_out.request", who, when, {{"via", via}, {"list", "promo"}});
}

BOOST_AUTO_TEST_SUITE(rules_replies)

BOOST_AUTO_TEST_CASE(a_trigger_without_its_reply) {
    Story story;
    for (char const* who : {"ann", "bob", "cyd", "dan"}) story.consent(who, base - 30 * day);
    fired(story, "ann", "OPTOUT", base);
    Seq const missed = fired(story, "bob", "HELP", base + hour);
    fired(story, "bob", "own", base + 2 * hour);  // a trigger that the account never defined, and that no manual knows
    Seq const late = fired(story, "cyd", "HELP", base + 3 * hour);
    fired(story, "dan", "HELP", base + 2 * day);  // the file ends before its five minutes are over
    Run run(story);
    Sends sends;
    sends.row("ann", base + minute, "autoreply").row("cyd", base + 3 * hour + 6 * minute, "autoreply");
    sends.row("bob", base + hour + minute, "one_to_one").row("dan", base + 2 * day, "one_to_one");
    auto const report = run(sends.text);
    BOOST_REQUIRE(found(report, "CL-042") == 2);
    auto const& cases = result_of(report, "CL-042")->cases;
    BOOST_TEST(cases[0].facts.seq == missed);
    BOOST_TEST(cases[0].row == 0);
    BOOST_TEST(cases[1].facts.seq == late);

    Sends none;  // a file that shows no replies at all says nothing about them
    none.row("ann", base - hour, "one_to_one").row("dan", base + 2 * day, "one_to_one");
    BOOST_TEST(found(run(none.text), "CL-042") == 0);
}

BOOST_AUTO_TEST_CASE(a_text_without_a_type_may_be_the_reply) {
    Story story;
    story.consent("ann", base - 30 * day);
    fired(story, "ann", "HELP", base);
    fired(story, "ann", "HELP", base + hour);
    Run run(story);
    Sends sends;
    sends.row("ann", base + minute, "").row("ann", base + hour + minute, "").row("ann", base + day, "one_to_one");
    BOOST_TEST(found(run(sends.text), "CL-042") == 0);
}

BOOST_AUTO_TEST_CASE(a_revocation_taken_for_one_list) {
    Story story;
    for (char const* who : {"ann", "bob", "cyd", "dan"}) story.consent(who, base - 30 * day);
    Seq const narrow = off_list(story, "ann", base);
    off_list(story, "bob", base);           // in answer to a campaign
    off_list(story, "cyd", base, "phone");  // not by text: it answers nothing
    off_list(story, "dan", base);           // nobody says what it answers
    Run run(story);
    Sends sends;
    sends.row("ann", base - hour, "one_to_one").row("ann", base - day, "campaign", "promo");
    sends.row("bob", base - hour, "campaign", "promo").row("bob", base - day, "one_to_one");
    sends.row("cyd", base - hour, "one_to_one").row("dan", base - hour, "");
    sends.row("ann", base + hour, "one_to_one");
    auto const report = run(sends.text);
    BOOST_TEST(rows_of(report, "CL-017") == (Rows{2}), boost::test_tools::per_element());
    BOOST_TEST(result_of(report, "CL-017")->cases[0].facts.seq == narrow);
    BOOST_TEST(result_of(report, "CL-017")->cases[0].what.find("60 min later") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::test
