// Bundles as they should be: exit 0, and the report says what is proven and what is not.
#include "ledger/core/json.hpp"
#include "tests/unit/verify_bundle/support.hpp"
#include "verify/bundle/archive.hpp"

using namespace cl;
using namespace cl::test;

BOOST_AUTO_TEST_SUITE(clean_bundles)

BOOST_AUTO_TEST_CASE(a_contact) {
    Story story = small_story();
    BundleMaker const bundle(story, of_contact(story, "+15550100002"));
    auto const report = verify_zip(bundle.zip());
    BOOST_TEST(code_of(report) == 0, to_text(report, false));
    BOOST_REQUIRE(report.bundle.has_value());
    BOOST_TEST(report.bundle->entries == 3);
    BOOST_TEST(report.judged == report.size);
    BOOST_TEST(says(report, "They are all entries of contact"), to_text(report, false));
    BOOST_TEST(says(report, "key taken from the bundle itself"));
    BOOST_TEST(says(report, "That nothing happened after entry " + std::to_string(report.bundle->tree_size - 1)));
    BOOST_TEST(says(report, "export.issued) states it in the log"));
    BOOST_TEST(says(report, "3 values shown"));
    BOOST_TEST(to_text(report, false).find("5550100002") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(every_scope_packed_and_redacted) {
    Story story = small_story();
    for (bool const redacted : {false, true}) {
        for (BundleAsked asked : {of_contact(story, "+15550100001"), of_account(), of_list(), of_range(story)}) {
            asked.redacted = redacted;
            BundleMaker const bundle(story, asked);
            for (bool const deflate : {false, true}) {
                auto const report = verify_zip(bundle.zip(deflate));
                BOOST_TEST(code_of(report) == 0, asked.kind << "\n" << to_text(report, false));
                // In a full one: Agent Seven's name in the context of a contact or list, and the two neighbours of a range.
                BOOST_TEST(says(report, "withheld: what they are") == (redacted || asked.kind != "account"));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(erased_values_need_an_entry_that_erases) {
    Story story = small_story();
    auto const report = verify_zip(BundleMaker(story, of_contact(story, "+15550100003")).zip());
    BOOST_TEST(code_of(report) == 0, to_text(report, false));
    BOOST_TEST(says(report, "2 values that are said to be erased"), to_text(report, false));
}

BOOST_AUTO_TEST_CASE(a_range_to_the_end_and_from_the_beginning) {
    Story story = small_story();
    BundleAsked to_end = of_range(story);
    to_end.until.reset();
    BOOST_TEST(code_of(verify_zip(BundleMaker(story, to_end).zip())) == 0);
    BundleAsked from_start = of_range(story);
    from_start.since.reset();
    auto const report = verify_zip(BundleMaker(story, from_start).zip());
    BOOST_TEST(code_of(report) == 0, to_text(report, false));
    BOOST_TEST(says(report, "the first one is the account's first, entry 9, the next one behind them, was recorded behind it"),
               to_text(report, false));
}

BOOST_AUTO_TEST_CASE(a_range_and_its_neighbours_are_told_apart) {
    Story story = small_story();
    auto const report = verify_zip(BundleMaker(story, of_range(story)).zip());
    BOOST_TEST(code_of(report) == 0, to_text(report, false));
    BOOST_REQUIRE(report.bundle.has_value());
    BOOST_TEST(report.bundle->entries == 4);
    BOOST_TEST(report.bundle->neighbours == 2);
    BOOST_TEST(says(report, "4 and 2 neighbours of that time, and"), to_text(report, false));
    BOOST_TEST(says(report, "These 4 entries, and 2 neighbours of the time asked for, stand"), to_text(report, false));
    BOOST_TEST(says(report, ", from entry 5 to entry 8: "), to_text(report, false));
    BOOST_TEST(says(report, "entry 4, the next one before them, was recorded before that time"), to_text(report, false));
    // A time in which nothing was recorded: that is proven by the two around it.
    BundleAsked empty = of_range(story);
    *empty.since += 1;
    empty.until = *empty.since + 1;
    auto const none = verify_zip(BundleMaker(story, empty).zip());
    BOOST_TEST(code_of(none) == 0, to_text(none, false));
    BOOST_TEST(says(none, "These 0 entries, and 2 neighbours"), to_text(none, false));
    BOOST_TEST(says(none, "There is no entry of account demo recorded at or after"), to_text(none, false));
}

BOOST_AUTO_TEST_CASE(contacts_that_begin_before_a_range_are_not_judged) {
    Story story = small_story();
    BundleAsked late = of_range(story, 8, 9);
    auto const report = verify_zip(BundleMaker(story, late).zip());
    BOOST_TEST(code_of(report) == 0, to_text(report, false));
    BOOST_TEST(says(report, "whose history begins before this bundle: not evaluated"), to_text(report, false));
}

BOOST_AUTO_TEST_CASE(an_unpacked_folder) {
    Story story = small_story();
    BundleMaker const bundle(story, of_account());
    TempDir const dir;
    for (BundleFile const& file : bundle.files) {
        std::filesystem::create_directories((dir / file.name).parent_path());
        write_file(dir / file.name, file.content);
    }
    BOOST_TEST(verify::bundle::is_bundle(dir.path()));
    verify::Options options;
    options.source = dir.path();
    BOOST_TEST(code_of(verify::bundle::verify(options, TestClock())) == 0);
    write_file(dir / "custody.csv", "when,who\r\nnow,me\r\n");  // people write into it
    BOOST_TEST(code_of(verify::bundle::verify(options, TestClock())) == 0);
    write_file(dir / "data/extra", "x");
    BOOST_TEST((ids_of(verify::bundle::verify(options, TestClock())) == std::set<std::string>{"INT-062"}));
    std::filesystem::remove(dir / "data/extra");
    std::filesystem::create_symlink("/etc/hostname", dir / "data/link");
    BOOST_TEST((ids_of(verify::bundle::verify(options, TestClock())) == std::set<std::string>{"INT-060"}));
}

BOOST_AUTO_TEST_CASE(findings_of_the_rules_are_reported) {
    Story story = small_story();
    Hash32 const dan = story.contact("+15550100004");
    story.ledger.add(story.draft("contact.added", dan, {{"origin", "manual"}}));
    story.stop(dan);
    Entry opted = story.draft("opt_in.agent", dan);
    story.ledger.add(opted);  // after a STOP, without evidence: CL-001, CL-002
    auto const report = verify_zip(BundleMaker(story, of_contact(story, "+15550100004")).zip());
    BOOST_TEST(code_of(report) == 4, to_text(report, false));
    BOOST_TEST(says(report, "CL-001"));
}

BOOST_AUTO_TEST_CASE(the_report_as_json_has_what_is_proven) {
    Story story = small_story();
    auto const report = verify_zip(BundleMaker(story, of_account()).zip());
    auto const value = must(json::parse(to_json(report).substr(0, to_json(report).size() - 1), 10'000'000));
    json::Object const& bundle = *value.as_object()->find("bundle")->as_object();
    BOOST_TEST(bundle.string("scope") == "account");
    BOOST_TEST(bundle.find("proven")->as_array()->size() >= 2U);
    // That nothing follows is proven by its own number; that a value was erased is the signer's word.
    json::Array const& stated = *bundle.find("stated_by_signer")->as_array();
    BOOST_REQUIRE(stated.size() == 1U);
    BOOST_TEST(stated.front().as_string()->find("said to be erased") != std::string::npos);
    BOOST_TEST(says(report, "it is the account's next number"));
    BOOST_TEST(to_junit(report).find("Proven") != std::string::npos);
    BOOST_TEST(to_sarif(report, "1.0").find("\"exitCode\":0") != std::string::npos);
    BOOST_TEST(to_github(report).find("::error") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
