// One run: numbers and keys, accounts, exit codes, what is said of the ledger.
#include "tests/unit/reconcile/support.hpp"

#include <sys/stat.h>

using namespace cl;
using namespace cl::test;

namespace {

constexpr std::string_view number = "+15550100123";

ContactKey key_of(std::uint8_t byte) {
    std::array<std::uint8_t, 32> bytes{};
    bytes.fill(byte);
    return ContactKey(SecretBytes(bytes));
}

/// A data directory whose contacts are those of real numbers under the key 7.
class KeyedRun {
public:
    explicit KeyedRun(std::uint8_t in_file = 7) {
        ContactKey const key = key_of(7);
        Entry in = Story::at(contact_draft("opt_in.consent", "x", {{"method", "call"}}), base - 30 * day);
        in.contact = key.contact("demo", number);
        in.evidence = {call_evidence(base - 30 * day)};
        Entry out = Story::at(contact_draft("opt_out.agent", "x"), base);
        out.contact = in.contact;
        Ledger ledger;
        ledger.add(in);
        ledger.add(out);
        ledger.edit(0, [&](Entry& entry) { entry.data.set("contact_key_check", to_hex(key.check_value())); });
        ledger.rechain(1);
        std::filesystem::create_directory(dir_ / "keys");
        write_database(dir_ / "ledger.db", tables_of(ledger, {ledger.size()}));
        write_file(dir_ / "head", head_of(ledger.note(), ledger.note()));
        write_file(dir_ / "keys" / "contact.key", std::string(32, static_cast<char>(in_file)));
        ::chmod((dir_ / "keys/contact.key").c_str(), 0600);
        options.ledger.source = dir_.path();
    }
    rec::Report operator()(std::string const& sends) {
        options.sends.path = dir_ / "sends.csv";
        write_file(options.sends.path, sends);
        return rec::reconcile(options, StillClock());
    }
    [[nodiscard]] std::filesystem::path path(std::string const& name) const { return dir_ / name; }
    rec::Options options;

private:
    TempDir dir_;
};

std::string twilio(std::string const& to, Millis at, std::string const& error = "",
                   std::string const& direction = "outbound-api") {
    return "+15550199999," + to + ",Hello,delivered," + format_time(at) + ",1," + error + ",AC1,SM1," + direction + "\n";
}

std::string const twilio_header = "From,To,Body,Status,SentDate,NumSegments,ErrorCode,AccountSid,Sid,Direction\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(runs)

BOOST_AUTO_TEST_CASE(numbers_are_found_by_the_key_and_never_shown) {
    KeyedRun run;
    auto const report =
        run(twilio_header + twilio(std::string(number), base + day) + twilio("15550100123", base + day) +
            twilio("+15550100124", base + day) + twilio("+15550199999", base, "", "inbound") + twilio("12345", base));
    BOOST_TEST(rows_of(report, "CL-050") == (Rows{2, 3}), boost::test_tools::per_element());
    BOOST_TEST(rows_of(report, "CL-056") == (Rows{4}), boost::test_tools::per_element());
    BOOST_TEST((report.sends.columns.layout == rec::Layout::twilio));
    BOOST_REQUIRE_EQUAL(report.sends.bad.size(), 1U);
    BOOST_TEST((report.sends.bad[0].reason == rec::BadRow::bad_number));
    std::string const all = to_text(report, false) + to_json(report);
    BOOST_TEST(all.find("5550100") == std::string::npos);
    BOOST_TEST(all.find("12345,") == std::string::npos);
    BOOST_TEST(all.find(to_hex(key_of(7).contact("demo", number))) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(another_ledgers_key_finds_nobody_and_says_so) {
    KeyedRun run(8);
    auto const report = run(twilio_header + twilio(std::string(number), base + day));
    BOOST_TEST(code_of(report) == 3);
    BOOST_TEST(report.sends.counts.rows == 0);
    BOOST_TEST(to_text(report, false).find("not the one of this ledger") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(no_key_for_a_file_of_numbers) {
    KeyedRun run;
    run.options.ledger.source = run.path("ledger.db");
    auto const report = run(twilio_header + twilio(std::string(number), base + day));
    BOOST_TEST(code_of(report) == 3);
    BOOST_TEST(to_text(report, false).find("only be found by them with contact.key") != std::string::npos);

    run.options.contact_key = run.path("keys/contact.key");
    BOOST_TEST(found(run(twilio_header + twilio(std::string(number), base + day)), "CL-050") == 1);
}

BOOST_AUTO_TEST_CASE(the_key_stays_closed_where_rows_have_contacts) {
    KeyedRun run;
    std::filesystem::remove(run.path("keys/contact.key"));
    auto const report =
        run("contact,sent_at\n" + to_hex(key_of(7).contact("demo", number)) + "," + format_time(base + day) + "\n");
    BOOST_TEST(found(report, "CL-050") == 1);
    BOOST_TEST(code_of(report) == 4);
}

BOOST_AUTO_TEST_CASE(accounts) {
    Story story;
    story.consent("ann", base - 30 * day);
    Entry other = Story::at(contact_draft("opt_in.consent", "bob", {{"method", "call"}}, "other"), base - 29 * day);
    other.evidence = {call_evidence(base - 29 * day)};
    story.add(other);
    Run run(story);
    std::string const at = "," + format_time(base) + ",";
    std::string const sends = "contact,sent_at,account,to\n" + id_of("ann") + at + "demo,\n" + id_of("bob") + at + "other,\n" +
                              id_of("bob") + at + "demo,\n" + id_of("ann") + at + "nobody,\n" + id_of("ann") + at + ",\n";
    auto const report = run(sends);
    BOOST_REQUIRE_EQUAL(report.sends.bad.size(), 2U);
    BOOST_TEST((report.sends.bad[0].row == 4 && report.sends.bad[0].reason == rec::BadRow::bad_account));
    BOOST_TEST((report.sends.bad[1].row == 5 && report.sends.bad[1].reason == rec::BadRow::unknown_account));
    BOOST_TEST(report.sends.counts.judged == 3);

    run.options.account = "nobody";
    BOOST_TEST(code_of(run(sends)) == 3);
    run.options.account = "other";
    BOOST_TEST((run("contact,sent_at\n" + id_of("ann") + at.substr(0, at.size() - 1) + "\n").sends.bad.at(0).reason ==
                rec::BadRow::bad_account));
}

BOOST_AUTO_TEST_CASE(exit_codes_by_severity) {
    Story story;
    story.consent("ann", base - 30 * day);
    story.stop("ann", base);
    Run run(story);
    Sends note;
    note.row("ann", base + 6 * minute, "one_to_one");  // CL-051, medium
    BOOST_TEST(code_of(run(note.text)) == 0);
    run.options.ledger.fail_on = consent::Severity::medium;
    BOOST_TEST(code_of(run(note.text)) == 4);
    run.options.ledger.fail_on = std::nullopt;
    Sends bad;
    bad.row("ann", base + day, "one_to_one");
    BOOST_TEST(code_of(run(bad.text)) == 0);
    BOOST_TEST(verdict(run(bad.text)) == "findings");
    Sends fine;
    fine.row("ann", base - day, "campaign");
    BOOST_TEST(verdict(run(fine.text)) == "clean");
}

BOOST_AUTO_TEST_CASE(nothing_is_judged_by_a_ledger_that_was_tampered_with) {
    Story story;
    story.consent("ann", base - 30 * day);
    Seq const stop = story.stop("ann", base);
    story.imported("bob", base + 1);
    Run run(story);
    Tables tables = tables_of(story.ledger(), {});
    std::string& line = tables.entries[stop];
    line.replace(line.find("opt_out.stop"), 12, "contact.gone");
    write_database(run.options.ledger.source, tables);
    Sends sends;
    sends.row("ann", base + day, "one_to_one");
    auto const report = run(sends.text);
    BOOST_TEST(code_of(report) == 1);
    BOOST_TEST(verdict(report) == "tampering");
    BOOST_TEST(report.sends.counts.rows == 0);
}

BOOST_AUTO_TEST_CASE(what_rows_do_not_say_can_be_told) {
    Story story;
    story.wrote("ann", base - 30 * day);
    Run run(story);
    std::string const sends = "who,when\n" + id_of("ann") + ",2027-03-05 10:00:00\n";
    BOOST_TEST(code_of(run(sends)) == 3);
    run.options.sends.columns = {{rec::Field::contact, "who"}, {rec::Field::at, "when"}};
    run.options.utc = true;
    run.options.type = rec::SendType::campaign;
    run.options.list = "promo";
    auto const report = run(sends);
    BOOST_TEST(ids(report) == "CL-052 CL-053 ");
    BOOST_TEST(result_of(report, "CL-052")->cases[0].at == base);
}

BOOST_AUTO_TEST_CASE(the_report_for_programs) {
    Story story;
    story.consent("ann", base - 30 * day);
    Seq const stop = story.stop("ann", base);
    Run run(story);
    Sends sends;
    sends.row("ann", base + day, "one_to_one");
    auto const parsed = json::parse(to_json(run(sends.text)), 1'000'000);
    BOOST_REQUIRE(parsed.has_value());
    json::Object const& root = *parsed->as_object();
    BOOST_TEST(root.string("verdict") == "findings");
    BOOST_TEST(*root.find("schema_version")->as_int() == 1);
    BOOST_TEST(*root.find("exposure")->as_object()->find("high_dollars")->as_int() == 1500);
    json::Object const& finding = *root.find("findings")->as_array()->at(0).as_object();
    BOOST_TEST(finding.string("id") == "CL-050");
    json::Object const& one = *finding.find("cases")->as_array()->at(0).as_object();
    BOOST_TEST(*one.find("row")->as_int() == 2);
    BOOST_TEST(*one.find("seq")->as_int() == stop);
    BOOST_TEST(one.string("contact") == id_of("ann"));
    BOOST_TEST(one.string("since") == format_time(base));
}

BOOST_AUTO_TEST_SUITE_END()
