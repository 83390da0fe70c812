// CL-047, 052, 053, 054, 060: each with what fires it and what must not.
#include "tests/unit/reconcile/support.hpp"

using namespace cl;
using namespace cl::test;

BOOST_AUTO_TEST_SUITE(campaigns)

BOOST_AUTO_TEST_CASE(conversational_consent_is_none_to_a_campaign) {
    Story story;
    story.wrote("ann", base - 30 * day);
    story.consent("bob", base - 30 * day);
    story.imported("cyd", base - 30 * day);
    Run run(story);
    Sends sends;
    sends
        .row("ann", base, "campaign")    // 2: conversational
        .row("ann", base, "one_to_one")  // 3: a reply
        .row("bob", base, "campaign")    // 4: informational
        .row("cyd", base, "campaign")    // 5: none
        .row("ann", base, "");           // 6: what it is nobody says
    auto const report = run(sends.text);
    BOOST_TEST(rows_of(report, "CL-052") == (Rows{2, 5}), boost::test_tools::per_element());
    auto const& cases = result_of(report, "CL-052")->cases;
    BOOST_TEST(cases[0].what == "consent at that time: conversational; needed: informational");
    BOOST_TEST(cases[1].what == "consent at that time: none; needed: informational");
    BOOST_TEST(ids(report) == "CL-052 ");
    BOOST_TEST(to_text(report, false).find("1 send of unknown type") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(back_by_a_message_is_conversational_again) {
    Story story;
    story.consent("ann", base - 30 * day);
    story.stop("ann", base);
    Entry back = Story::at(contact_draft("opt_in.inbound", "ann", {{"message", "SM9"}}), base + day);
    back.actor = Actor{"contact", "contact"};
    back.evidence = {inbound_evidence(base + day)};
    story.add(back);
    Run run(story);
    Sends sends;
    sends.row("ann", base - day, "campaign").row("ann", base + 2 * day, "campaign").row("ann", base + 2 * day, "one_to_one");
    auto const report = run(sends.text);
    BOOST_TEST(rows_of(report, "CL-052") == (Rows{3}), boost::test_tools::per_element());
    BOOST_TEST(ids(report) == "CL-052 ");
}

BOOST_AUTO_TEST_CASE(what_the_list_requires) {
    Story story;
    story.define_list("promo", "promotional", base - 50 * day);
    story.define_list("chat", "conversational", base - 50 * day + 1);
    for (char const* who : {"ann", "bob"}) {
        Millis const when = base - 30 * day + (who[0] == 'b' ? minute : 0);
        who[0] == 'b' ? story.wrote(who, when) : story.consent(who, when);
        story.change("list.added", who, when + 1, {{"list", "promo"}});
        story.change("list.added", who, when + 2, {{"list", "chat"}});
    }
    Run run(story);
    Sends sends;
    sends.row("ann", base, "campaign", "promo").row("ann", base, "campaign", "chat").row("bob", base, "campaign", "chat");
    auto const report = run(sends.text);
    BOOST_TEST(rows_of(report, "CL-052") == (Rows{2}), boost::test_tools::per_element());
    BOOST_TEST(result_of(report, "CL-052")->cases[0].what == "consent at that time: informational; needed: promotional");
}

BOOST_AUTO_TEST_CASE(consent_to_one_list_is_none_to_another) {
    Story story;
    Entry entry = Story::at(contact_draft("opt_in.consent", "ann", {{"method", "call"}, {"lists", json::Array{"news"}}}),
                            base - 30 * day);
    entry.evidence = {call_evidence(base - 30 * day)};
    story.add(entry);
    story.change("list.added", "ann", base - 29 * day, {{"list", "news"}});
    story.change("list.added", "ann", base - 29 * day + 1, {{"list", "promo"}});
    Run run(story);
    Sends sends;
    sends.row("ann", base, "campaign", "news").row("ann", base, "campaign", "promo").row("ann", base, "campaign");
    BOOST_TEST(rows_of(run(sends.text), "CL-052") == (Rows{3, 4}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(evidence_that_is_recorded_later_cures_by_its_own_date) {
    Story story;
    story.wrote("ann", base - 30 * day);
    Entry recorded = Story::at(contact_draft("consent.recorded", "ann"), base + 5 * day);
    recorded.evidence = {call_evidence(base - day)};
    story.add(recorded);
    Run run(story);
    Sends sends;
    sends.row("ann", base - 2 * day, "campaign").row("ann", base, "campaign").row("ann", base + 6 * day, "campaign");
    auto const report = run(sends.text);
    BOOST_TEST(rows_of(report, "CL-052") == (Rows{2}), boost::test_tools::per_element());
    BOOST_TEST(rows_of(report, "CL-008") == (Rows{2}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(members_at_the_time_of_sending) {
    Story story;
    story.consent("ann", base - 30 * day);
    story.change("list.added", "ann", base - 10 * day, {{"list", "promo"}});
    Seq const removed = story.change("list.removed", "ann", base, {{"list", "promo"}});
    story.consent("bob", base + 1);
    Run run(story);
    Sends sends;
    sends
        .row("ann", base - 11 * day, "campaign", "promo")  // 2: not yet
        .row("ann", base - 9 * day, "campaign", "promo")   // 3: a member
        .row("ann", base + day, "campaign", "promo")       // 4: no more
        .row("bob", base + day, "campaign", "promo")       // 5: never was
        .row("bob", base + day, "campaign", "secret")      // 6: no such list
        .row("bob", base + day, "campaign");               // 7: to no list that is named
    auto const report = run(sends.text);
    BOOST_TEST(rows_of(report, "CL-053") == (Rows{2, 4, 5, 6}), boost::test_tools::per_element());
    auto const& cases = result_of(report, "CL-053")->cases;
    BOOST_TEST(cases[1].facts.seq == removed);
    BOOST_TEST(cases[3].list.empty());
    BOOST_TEST(cases[3].what == "the ledger has no such list");
    std::string const all = to_text(report, false) + to_json(report);
    BOOST_TEST(all.find("secret") == std::string::npos);  // what stands in a file stays there
    BOOST_TEST(all.find("1 campaign message without a list") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_consent_that_expired) {
    Story story;
    story.consent("ann", base - 30 * day);
    Seq const ended = story.change("consent.expired", "ann", base);
    story.imported("bob", base + 1);
    Run run(story);
    Sends sends;
    sends.row("ann", base - day, "campaign")
        .row("ann", base + day, "campaign")
        .row("ann", base + day, "one_to_one")
        .row("bob", base + day, "campaign");
    auto const report = run(sends.text);
    BOOST_TEST(rows_of(report, "CL-060") == (Rows{3}), boost::test_tools::per_element());
    BOOST_TEST(result_of(report, "CL-060")->cases[0].facts.seq == ended);
    BOOST_TEST(rows_of(report, "CL-052") == (Rows{5}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_way_to_opt_out) {
    Story story;
    story.consent("ann", base - 30 * day);
    Run run(story);
    Sends sends("body,opt_out_text");
    sends
        .row("ann", base, "campaign", "", "sent", ",,Sale today,")                          // 2
        .row("ann", base, "campaign", "", "sent", ",,\"Sale, today. Reply STOP to end\",")  // 3
        .row("ann", base, "campaign", "", "sent", ",,Sale today,true")                      // 4: in a picture, say
        .row("ann", base, "campaign", "", "sent", ",,Reply STOP to end,false")              // 5
        .row("ann", base, "campaign", "", "sent", ",,,")                                    // 6: not known
        .row("ann", base, "one_to_one", "", "sent", ",,Hello,");                            // 7
    auto const report = run(sends.text);
    BOOST_TEST(rows_of(report, "CL-047") == (Rows{2, 5}), boost::test_tools::per_element());
    BOOST_TEST((to_text(report, false) + to_json(report)).find("Sale") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(quiet_hours_by_the_recipients_clock) {
    Story story;
    story.consent("ann", base - 30 * day);
    Run run(story);
    Sends sends("utc_offset,recipient_state");
    auto const at = [&](Millis utc_hour, std::string const& rest, std::string const& type = "campaign") {
        sends.row("ann", base - 10 * hour + utc_hour, type, "", "sent", ",," + rest);  // that hour of Friday
    };
    at(13 * hour, "-05:00,");                    // 2: 08:00
    at(13 * hour - 1, "-05:00,NY");              // 3: a moment too early
    at(26 * hour - 1, "-05:00,NY");              // 4: 20:59
    at(26 * hour, "-05:00,");                    // 5: 21:00
    at(25 * hour, "-05:00,FL");                  // 6: 20:00 in Florida
    at(25 * hour, "-05:00,NY");                  // 7
    at(14 * hour, "-06:00,tx");                  // 8: 08:00 in Texas, a Friday
    at(15 * hour, "-06:00,TX");                  // 9: 09:00
    at(2 * 24 * hour + 17 * hour, "-06:00,TX");  // 10: 11:00 in Texas, a Sunday
    at(2 * 24 * hour + 18 * hour, "-06:00,TX");  // 11: noon
    at(8 * hour, ",");                           // 12: nobody knows where
    at(8 * hour, "-05:00,", "one_to_one");       // 13: an answer may come at any time
    auto const report = run(sends.text);
    BOOST_TEST(rows_of(report, "CL-054") == (Rows{3, 5, 6, 8, 10}), boost::test_tools::per_element());
    BOOST_TEST(result_of(report, "CL-054")->cases[0].what == "at 7:59 of the recipient's clock");
}

BOOST_AUTO_TEST_SUITE_END()
