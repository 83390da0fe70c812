// The table and the page for people, altered by somebody who makes all digests fit again.
#include "tests/unit/verify_bundle/forgery.hpp"

using namespace cl;
using namespace cl::test;

namespace {

/// A contact whose texts would be something else in a spreadsheet, or on a page.
BundleAsked odd_texts(Story& story) {
    Hash32 const eve = story.contact("+15550100005");
    Entry opted =
        story.draft("opt_out.agent", eve,
                    {{"reason", story.text("/data/reason", "said;=1+1;yes\r\n\"=2\", \u202Ede\u202C \x1b\u200B.\n\n- 5")}});
    opted.actor = Actor{"agent", "007"};
    opted.source = Source{"-crm", "00123456789012345678", "1e5"};
    opted.to = "-sender";
    opted.channel = "-sms";
    story.ledger.add(opted);
    Entry noted = story.draft("opt_out.agent", eve, {{"reason", story.text("/data/reason", "|+1")}});
    noted.actor = Actor{"agent", "-x"};
    noted.source = Source{"10:11", "1.50", "123456789012345"};
    story.ledger.add(noted);
    return of_contact(story, "+15550100005");
}

std::vector<Forgery> const of_views = {
    {"the table says another kind", bob, [](BundleMaker& b) { b.change(table, "opt_out.stop", "opt_in.agent"); }, {"INT-072"}},
    {"the table says opted in",
     bob,
     [](BundleMaker& b) { b.change(table, "\"opt_out.stop\",false", "\"opt_out.stop\",true"); },
     {"INT-072"}},
    {"the table says another time", bob, [](BundleMaker& b) { b.change(table, "2026-", "2025-"); }, {"INT-072"}},
    {"the table shows another text", bob, [](BundleMaker& b) { b.change(table, "STOP", "stay"); }, {"INT-072"}},
    {"the table shows another number",
     bob,
     [](BundleMaker& b) { b.change(table, "tel:+15550100002", "tel:+15550100009"); },
     {"INT-072"}},
    {"the table shows one other number throughout",
     bob,
     [](BundleMaker& b) {
         for (int i = 0; i < 3; ++i) b.change(table, "tel:+15550100002", "tel:+15550100009");
     },
     {"INT-072"}},
    {"the table has a row less", bob, [](BundleMaker& b) { b.drop_line(table, 2); }, {"INT-072"}},
    {"the table has a row more",
     bob,
     [](BundleMaker& b) { b.change(table, "\"#kind", "999" + std::string(29, ',') + "\r\n\"#kind"); },
     {"INT-072"}},
    {"the table says another policy",
     bob,
     [](BundleMaker& b) { b.change(table, "\"texting 1\"", "\"texting 2\""); },
     {"INT-072"}},
    {"the table says that there was other evidence",
     bob,
     [](BundleMaker& b) { b.change(table, "\"inbound_sms\"", "\"verbal_call\""); },
     {"INT-072"}},
    {"the table has a remark more",
     bob,
     [](BundleMaker& b) { b[table] += "\"#note\",\"consent was given in writing\"" + std::string(28, ',') + "\r\n"; },
     {"INT-072"}},
    {"the table says another time of issue",
     bob,
     [](BundleMaker& b) { b.change(table, "\"#generated_at\",\"2026", "\"#generated_at\",\"2025"); },
     {"INT-072"}},
    {"the table says something beside a remark",
     bob,
     [](BundleMaker& b) { b.change(table, "\"#rows\",\"3\",", "\"#rows\",\"3\",\"of 3\""); },
     {"INT-072"}},
    {"the table counts otherwise",
     bob,
     [](BundleMaker& b) { b.change(table, "\"#kind opt_out.stop entries\",\"1\"", "\"#kind opt_out.stop entries\",\"0\""); },
     {"INT-072"}},
    {"the table has other columns", bob, [](BundleMaker& b) { b.change(table, "\"leaf_hash\"", "\"leaf\""); }, {"INT-072"}},
    {"the table has a quote that is not closed",
     bob,
     [](BundleMaker& b) { b.change(table, "\"#rows\"", "\"#rows"); },
     {"INT-072"}},
    {"the table has a formula that is kept by nothing",
     odd_texts,
     [](BundleMaker& b) { b.change(table, "said;'=1+1;yes", "said;=1+1;yes"); },
     {"INT-072"}},
    {"the table has a number without its zeros",
     odd_texts,
     [](BundleMaker& b) { b.change(table, "\"'007\"", "\"7\""); },
     {"INT-072"}},
    {"the page turns the writing round",
     odd_texts,
     [](BundleMaker& b) { b.change(page, "\\u202e", "\u202E"); },
     {"INT-072"},
     ours},
    {"the table is no table", bob, [](BundleMaker& b) { b[table] = "<html>"; }, {"INT-072"}},
    {"the page says another kind",
     bob,
     [](BundleMaker& b) { b.change(page, "<td class=\"k\">opt_out.stop</td>", "<td class=\"k\">opt_in.agent</td>"); },
     {"INT-072"},
     ours},
    {"the page hides a row",
     bob,
     [](BundleMaker& b) { b.change(page, "<tr><td class", "<tr hidden><td class"); },
     {"INT-072"},
     ours},
    {"the page looks otherwise",
     bob,
     [](BundleMaker& b) { b.change(page, "</style>", "tr{display:none}</style>"); },
     {"INT-072"},
     ours},
    {"the page says more", bob, [](BundleMaker& b) { b[page] += "<p>The contact agreed in writing.</p>"; }, {"INT-072"}, ours},
    {"the table says of a neighbour that it is in scope",
     range,
     [](BundleMaker& b) { b.change(table, "\r\n4,false,", "\r\n4,true,"); },
     {"INT-072"}},
    {"the table counts a neighbour",
     range,
     [](BundleMaker& b) { b.change(table, "\"#entries\",\"4\"", "\"#entries\",\"6\""); },
     {"INT-072"}},
    {"the page says of a neighbour that it is in scope",
     range,
     [](BundleMaker& b) {
         b.change(page, "<tr><td class=\"n\">4</td><td class=\"k\">no</td>",
                  "<tr><td class=\"n\">4</td><td class=\"k\">yes</td>");
     },
     {"INT-072"},
     ours},
    {"the script does something else",
     bob,
     [](BundleMaker& b) { b["check_bundle.py"] = "print('intact')\n"; },
     {"INT-072"},
     ours},
    {"the text says something else",
     bob,
     [](BundleMaker& b) { b.change("how-to-verify.txt", "WHAT IT CANNOT PROVE", "WHAT IT PROVES AS WELL"); },
     {"INT-072"},
     ours},
    {"the text counts otherwise",
     range,
     [](BundleMaker& b) { b.change("how-to-verify.txt", ": 4 entries", ": 6 entries"); },
     {"INT-072"},
     ours},
    {"the text says more", bob, [](BundleMaker& b) { b["how-to-verify.txt"] += "Ask us.\n"; }, {"INT-072"}, ours},
    {"the page is cut off", bob, [](BundleMaker& b) { b[page].resize(b[page].size() / 2); }, {"INT-072"}, ours},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(views_for_people)

BOOST_AUTO_TEST_CASE(whatever_is_altered_is_found) {
    check_forgeries(of_views);
}

BOOST_AUTO_TEST_CASE(texts_that_are_more_than_text_are_shown_as_such) {
    Story story = small_story();
    BundleMaker bundle(story, odd_texts(story));
    auto const report = verify_zip(bundle.zip());
    BOOST_TEST(code_of(report) == 0, to_text(report, false));
    std::string const& cells = bundle[table];
    for (std::string_view const one : {R"("'007")", R"("'00123456789012345678")", R"("'1e5")", R"("'-crm")", R"("'-sms")",
                                       R"("'-sender")", R"("'-x")", R"("'1.50")", R"("123456789012345")", R"("'10:11")"}) {
        BOOST_TEST(cells.find(one) != std::string::npos, one);
    }
    BOOST_TEST(cells.find("\"reason: said;'=1+1;yes\r\n'\"\"=2\"\", \u202Ede\u202C \x1b\u200B.\n\n'- 5\"") !=
               std::string::npos);
    BOOST_TEST(bundle[page].find("\\u202ede\\u202c \\u001b\\u200b.") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_page_of_another_release_is_not_compared) {
    Story story = small_story();
    BundleMaker bundle(story, of_account());
    bundle.change(page, "<td class=\"k\">opt_out.stop</td>", "<td class=\"k\">opt_in.agent</td>");
    bundle.seal();
    auto const report = verify_zip(bundle.zip());
    BOOST_TEST(code_of(report) == 3, to_text(report, false));
    BOOST_TEST(says(report, "is not the page that this release makes"));
    // Whose page it is is no matter, if it is the same.
    BundleMaker same(story, of_account());
    BOOST_TEST(code_of(verify_zip(same.zip())) == 0);
    make_ours(same);
    same.seal();
    BOOST_TEST(code_of(verify_zip(same.zip())) == 0, to_text(verify_zip(same.zip()), false));
}

BOOST_AUTO_TEST_CASE(what_is_followed_and_run_is_compared) {
    Story story = small_story();
    for (BundleAsked asked : {of_contact(story, "+15550100001"), of_account(), of_list(), of_range(story)}) {
        for (bool const redacted : {false, true}) {
            asked.redacted = redacted;
            BundleMaker bundle(story, asked);
            make_ours(bundle);
            bundle.seal();
            auto const report = verify_zip(bundle.zip());
            BOOST_TEST(code_of(report) == 0, asked.kind << "\n" << to_text(report, false));
            BOOST_TEST(says(report, "how-to-verify.txt and check_bundle.py against those of this release"));
            BOOST_TEST(!says(report, "they are not those of this release"));
        }
    }
    // Of another release they are not known: that is said.
    auto const report = verify_zip(BundleMaker(story, of_account()).zip());
    BOOST_TEST(code_of(report) == 0);
    BOOST_TEST(says(report, "they are not those of this release, and were compared with their digests only"));
}

BOOST_AUTO_TEST_SUITE_END()
