// export.issued against the ledger: what it states of its contact or account must have been so when the log was so long.
#include "verify/exports.hpp"

#include "tests/unit/verify/support.hpp"

using namespace cl;
using namespace cl::test;

namespace {

Entry issued(std::string_view scope, merkle::Size size, std::int64_t entries, std::string_view member, std::int64_t last) {
    Entry entry = account_draft("export.issued",
                                {{"scope", scope}, {"digest", to_hex(sha256("x"))}, {"tree_size", size}, {"entries", entries}});
    entry.data.set(member, last);
    if (scope == "contact") entry.data.set("contact", to_hex(contact_named("bob")));
    if (scope == "list") entry.data.set("list", "promo");
    if (scope == "range") entry.data.set("since", format_time(start_time));
    return entry;
}

/// Bob has 3 entries, the account 9, when the ledger has 10.
verify::Report with(Entry const& statement, int between = 0) {
    Ledger ledger = small_ledger();
    for (int i = 0; i < between; ++i) ledger.add(contact_draft("opt_out.agent", "bob"));
    ledger.add(statement);
    return verify_text(ndjson_of(ledger.lines, trailer_of(ledger)));
}

bool lies(verify::Report const& report) {
    BOOST_TEST(report.integrity.clean(), to_text(report, false));
    bool const found = report.consent.open_by_rule.contains("CL-901");
    BOOST_TEST((code_of(report) == 4) == found, to_text(report, false));
    return found;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(exports)

BOOST_AUTO_TEST_CASE(what_is_so) {
    BOOST_REQUIRE(small_ledger().size() == 10);
    BOOST_TEST(!lies(with(issued("contact", 10, 3, "contact_seq", 3))));
    BOOST_TEST(!lies(with(issued("account", 10, 9, "account_seq", 9))));
    BOOST_TEST(!lies(with(issued("list", 10, 5, "account_seq", 9))));
    auto const range = with(issued("range", 10, 5, "account_seq", 9));
    BOOST_TEST(!lies(range));
    BOOST_TEST(says(range, "of a list or a time: not compared"));
}

BOOST_AUTO_TEST_CASE(entries_between_the_log_that_is_stated_and_the_statement) {
    BOOST_TEST(!lies(with(issued("contact", 10, 3, "contact_seq", 3), 4)));
    BOOST_TEST(!lies(with(issued("contact", 12, 5, "contact_seq", 5), 4)));
    BOOST_TEST(!lies(with(issued("account", 10, 9, "account_seq", 9), 4)));
    BOOST_TEST(lies(with(issued("contact", 14, 3, "contact_seq", 3), 4)));
    BOOST_TEST(lies(with(issued("account", 12, 9, "account_seq", 9), 4)));
}

BOOST_AUTO_TEST_CASE(what_is_not_so) {
    BOOST_TEST(lies(with(issued("contact", 10, 2, "contact_seq", 2))));  // the STOP left out
    BOOST_TEST(lies(with(issued("contact", 10, 2, "contact_seq", 3))));
    BOOST_TEST(lies(with(issued("contact", 10, 3, "contact_seq", 4))));
    BOOST_TEST(lies(with(issued("account", 10, 8, "account_seq", 8))));
    BOOST_TEST(lies(with(issued("account", 10, 8, "account_seq", 9))));
    BOOST_TEST(lies(with(issued("account", 99, 9, "account_seq", 9))));
    BOOST_TEST(lies(with(issued("range", 10, 5, "account_seq", 8))));
    BOOST_TEST(lies(with(issued("list", 10, 10, "account_seq", 9))));
    Entry nobody = issued("contact", 10, 3, "contact_seq", 3);
    nobody.data.set("contact", to_hex(contact_named("zed")));
    BOOST_TEST(lies(with(nobody)));
}

BOOST_AUTO_TEST_CASE(too_far_back_is_said) {
    verify::Exports exports(4);
    verify::Book book;
    Entry entry = must(decode(small_ledger().lines[9]));  // Bob's STOP
    auto const subjects = book.of(entry);
    subjects.account->count = 100;
    subjects.contact->count = 50;
    subjects.contact->last = 99;
    for (Seq seq = 90; seq < 100; ++seq) exports.see(seq, subjects);
    Entry statement = issued("contact", 50, 7, "contact_seq", 7);
    statement.seq = 100;
    BOOST_TEST(!exports.judge(statement, subjects, book).has_value());
    BOOST_TEST(exports.not_compared() == 1);
    statement.data.set("tree_size", 98);  // within the window: two entries since
    BOOST_TEST(exports.judge(statement, subjects, book).has_value());
    statement.data.set("entries", 48);
    statement.data.set("contact_seq", 48);
    BOOST_TEST(!exports.judge(statement, subjects, book).has_value());
    BOOST_TEST(exports.compared() == 2);
}

BOOST_AUTO_TEST_SUITE_END()
