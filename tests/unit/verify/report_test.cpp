// The report: readable, stable as JSON, safe for a terminal, without a number or a secret.
#include "ledger/core/json.hpp"
#include "ledger/core/limits.hpp"
#include "tests/unit/verify/support.hpp"
#include "verify/words.hpp"

#include <algorithm>

using namespace cl;
using namespace cl::test;

namespace {

json::Object parsed(verify::Report const& report) {
    auto const text = to_json(report);
    BOOST_REQUIRE(text.ends_with('\n'));
    return *must(json::parse(std::string_view(text).substr(0, text.size() - 1), 100'000'000)).as_object();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(report)

BOOST_AUTO_TEST_CASE(the_verdict_comes_first_and_in_words) {
    Ledger ledger = small_ledger();
    BOOST_TEST(to_text(verify_tables(tables_of(ledger, {10})), false).starts_with("Verdict: INTACT\n"));
    ledger.add(contact_draft("opt_in.agent", "bob"));
    auto const findings = to_text(verify_tables(tables_of(ledger, {11})), false);
    BOOST_TEST(findings.starts_with("Verdict: INTACT, WITH FINDINGS\n"));
    BOOST_TEST(findings.find("critical") != std::string::npos);
    ledger.lines[4].insert(1, " ");
    auto const tampered = to_text(verify_tables(tables_of(ledger, {})), false);
    BOOST_TEST(tampered.starts_with("Verdict: TAMPERING FOUND\n"));
    BOOST_TEST(tampered.find("The first bad entry is entry 4.") != std::string::npos);
    BOOST_TEST(to_text(verify_path("/nowhere"), false).starts_with("Verdict: COULD NOT FINISH\n"));
}

BOOST_AUTO_TEST_CASE(integrity_findings_come_before_consent_findings) {
    Ledger ledger = small_ledger();
    ledger.add(contact_draft("opt_in.agent", "bob"));
    Tables tables = tables_of(ledger, {11});
    tables.checkpoints[11] = "garbage";
    auto const text = to_text(verify_tables(tables), false);
    auto const integrity = text.find("INT-030");
    auto const consent = text.find("CL-001");
    BOOST_REQUIRE(integrity != std::string::npos);
    BOOST_REQUIRE(consent != std::string::npos);
    BOOST_TEST(integrity < consent);
}

BOOST_AUTO_TEST_CASE(quiet_keeps_the_verdict_and_what_is_wrong) {
    Ledger ledger = small_ledger();
    auto const clean = to_text(verify_tables(tables_of(ledger, {10})), true);
    BOOST_TEST(std::count(clean.begin(), clean.end(), '\n') <= 4);
    ledger.lines[4].insert(1, " ");
    BOOST_TEST(to_text(verify_tables(tables_of(ledger, {})), true).find("INT-002") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(json_says_the_same_as_the_text) {
    Ledger ledger = small_ledger();
    Seq const seq = ledger.add(contact_draft("opt_in.agent", "bob"));
    auto const report = verify_tables(tables_of(ledger, {11}));
    json::Object const object = parsed(report);
    BOOST_TEST(*object.find("schema_version")->as_int() == 1);
    BOOST_TEST(*object.find("exit_code")->as_int() == 4);
    BOOST_TEST(object.string("verdict") == "findings");
    BOOST_TEST(object.string("fail_on") == "critical");
    BOOST_TEST(!object.contains("first_bad_seq"));
    auto const& first = *object.find("findings")->as_array()->front().as_object();
    BOOST_TEST(*first.find("seq")->as_int() == seq);
    BOOST_TEST(first.string("severity") == "critical");
    BOOST_TEST(first.string("contact") == to_hex(contact_named("bob")));
    auto const& ledger_part = *object.find("ledger")->as_object();
    BOOST_TEST(ledger_part.string("root") == to_base64(report.root->view()));
    BOOST_TEST(*ledger_part.find("entries")->as_int() == 11);
}

BOOST_AUTO_TEST_CASE(json_names_the_first_bad_entry) {
    Ledger ledger = small_ledger();
    ledger.lines[4].insert(1, " ");
    json::Object const object = parsed(verify_tables(tables_of(ledger, {})));
    BOOST_TEST(*object.find("first_bad_seq")->as_int() == 4);
    auto const& group = *object.find("integrity_findings")->as_array()->front().as_object();
    BOOST_TEST(group.string("id") == "INT-002");
    BOOST_TEST(*group.find("cases")->as_array()->front().as_object()->find("seq")->as_int() == 4);
}

BOOST_AUTO_TEST_CASE(the_accounts_own_number_is_not_shown) {
    Ledger ledger = small_ledger();
    Entry entry = contact_draft("opt_in.agent", "bob");
    entry.to = "+15550199999";
    ledger.add(entry);
    auto const report = verify_tables(tables_of(ledger, {11}));
    BOOST_TEST(to_text(report, false).find("555") == std::string::npos);
    BOOST_TEST(to_json(report).find("555019") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(nothing_in_a_hostile_file_reaches_the_terminal_raw) {
    Ledger ledger = small_ledger();
    ledger.edit(0, [](Entry& entry) { entry.data.set("origin", "evil\x1b[2J\xe2\x80\xae name"); });
    ledger.rechain(1);
    auto const report = verify_tables(tables_of(ledger, {}));
    for (char const c : to_text(report, false)) BOOST_REQUIRE((c == '\n' || (c >= 0x20 && c < 0x7f)));
    for (char const c : to_json(report)) BOOST_REQUIRE((c == '\n' || (c >= 0x20 && c < 0x7f)));
}

BOOST_AUTO_TEST_CASE(lines_are_not_longer_than_a_page_is_wide) {
    Ledger ledger = small_ledger();
    ledger.add(contact_draft("opt_in.agent", "bob"));
    std::string const text = to_text(verify_tables(tables_of(ledger, {11})), false);
    for (std::size_t at = 0; at < text.size();) {
        std::size_t const end = text.find('\n', at);
        BOOST_TEST(end - at <= 110U, text.substr(at, end - at));
        at = end + 1;
    }
}

BOOST_AUTO_TEST_CASE(words) {
    BOOST_TEST(verify::grouped(0) == "0");
    BOOST_TEST(verify::grouped(999) == "999");
    BOOST_TEST(verify::grouped(1000) == "1,000");
    BOOST_TEST(verify::grouped(1234567) == "1,234,567");
    BOOST_TEST(verify::grouped(-1234) == "-1,234");
    BOOST_TEST(verify::counted(1, "entry", "entries") == "1 entry");
    BOOST_TEST(verify::counted(2, "entry", "entries") == "2 entries");
    BOOST_TEST(verify::printable("a\x1b[31m") == "a\\x1b[31m");
    BOOST_TEST(verify::printable("abcdef", 3) == "abc...");
    BOOST_TEST(verify::entry_or_stretch(3, 3) == "entry 3");
    BOOST_TEST(verify::entry_or_stretch(3, 5) == "one of the entries 3 to 5");
}

BOOST_AUTO_TEST_SUITE_END()
