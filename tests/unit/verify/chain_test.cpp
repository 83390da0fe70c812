// Findings about single entries and their order: each id fires, on a database and on an export, and names the first bad entry.
#include "ledger/core/limits.hpp"
#include "tests/unit/verify/support.hpp"

using namespace cl;
using namespace cl::test;
namespace check = cl::verify::check;

namespace {

/// Verifies the lines as a database whose tiles fit and that has no checkpoints: what the chain alone sees.
verify::Report chain_only(std::vector<std::string> const& lines) {
    Tables tables;
    for (std::size_t i = 0; i < lines.size(); ++i) tables.entries[static_cast<Seq>(i)] = lines[i];
    tables.tiles = tiles_of(lines);
    return verify_tables(tables);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(chain)

BOOST_AUTO_TEST_CASE(bytes_that_are_no_entry_are_found) {
    Ledger ledger = small_ledger();
    ledger.lines[4] = "not an entry";
    auto const report = chain_only(ledger.lines);
    BOOST_TEST(code_of(report) == 1);
    BOOST_TEST(first_seq(report, check::not_an_entry) == 4);
    BOOST_TEST(*report.integrity.first_bad() == 4);
}

BOOST_AUTO_TEST_CASE(an_entry_with_another_spelling_is_found) {
    Ledger ledger = small_ledger();
    ledger.lines[4].insert(1, " ");
    auto const report = chain_only(ledger.lines);
    BOOST_TEST(first_seq(report, check::not_canonical) == 4);
    BOOST_TEST(found(report, check::not_an_entry) == 0);
}

BOOST_AUTO_TEST_CASE(an_edited_entry_breaks_the_chain) {
    Ledger ledger = small_ledger();
    ledger.edit(4, [](Entry& entry) { entry.actor->id = "agent-8"; });
    auto const report = chain_only(ledger.lines);
    BOOST_TEST(code_of(report) == 1);
    BOOST_TEST(first_seq(report, check::chain) == 4);
    BOOST_TEST(found(report, check::chain) == 1);
}

BOOST_AUTO_TEST_CASE(a_first_entry_that_points_back_is_found) {
    Ledger ledger = small_ledger();
    ledger.edit(0, [](Entry& entry) { entry.prev = sha256("before"); });
    auto const report = chain_only(ledger.lines);
    BOOST_TEST(first_seq(report, check::chain) == 0);
}

BOOST_AUTO_TEST_CASE(a_missing_row_is_found_once) {
    Ledger const ledger = small_ledger();
    Tables tables = tables_of(ledger, {5, ledger.size()});
    tables.entries.erase(4);
    auto const report = verify_tables(tables);
    BOOST_TEST(code_of(report) == 1);
    BOOST_TEST(first_seq(report, check::missing) == 4);
    BOOST_TEST(*report.integrity.first_bad() == 4);
    BOOST_TEST(found(report, check::account_count) == 0);
    BOOST_TEST(!report.root.has_value());
}

BOOST_AUTO_TEST_CASE(two_swapped_rows_are_found) {
    Ledger ledger = small_ledger();
    std::swap(ledger.lines[4], ledger.lines[5]);
    auto const rows = chain_only(ledger.lines);
    BOOST_TEST(first_seq(rows, check::misplaced) == 4);
    auto const lines = verify_text(ndjson_of(ledger.lines, trailer_of(small_ledger())));
    BOOST_TEST(code_of(lines) == 1);
    BOOST_TEST(*lines.integrity.first_bad() == 4);
}

BOOST_AUTO_TEST_CASE(a_repeated_line_is_found) {
    Ledger ledger = small_ledger();
    std::string const trailer = trailer_of(ledger);
    ledger.lines.insert(ledger.lines.begin() + 5, ledger.lines[4]);
    auto const report = verify_text(ndjson_of(ledger.lines, trailer));
    BOOST_TEST(code_of(report) == 1);
    BOOST_TEST(first_seq(report, check::misplaced) == 4);
    BOOST_TEST(found(report, check::misplaced) == 1);
}

BOOST_AUTO_TEST_CASE(a_missing_line_is_found) {
    Ledger ledger = small_ledger();
    std::string const trailer = trailer_of(ledger);
    ledger.lines.erase(ledger.lines.begin() + 4);
    auto const report = verify_text(ndjson_of(ledger.lines, trailer));
    BOOST_TEST(code_of(report) == 1);
    BOOST_TEST(first_seq(report, check::missing) == 4);
}

BOOST_AUTO_TEST_CASE(time_that_runs_backward_is_found) {
    Ledger ledger = small_ledger();
    ledger.edit(5, [](Entry& entry) { entry.recorded_at -= 60'000; });
    ledger.rechain(6);
    auto const report = chain_only(ledger.lines);
    BOOST_TEST(code_of(report) == 1);
    BOOST_TEST(first_seq(report, check::time) == 5);
    BOOST_TEST(found(report, check::time) == 1);
}

BOOST_AUTO_TEST_CASE(equal_times_are_fine) {
    Ledger ledger = small_ledger();
    Entry same = account_draft("actor.defined", {{"actor", "agent-9"}});
    same.recorded_at = must(decode(ledger.lines.back())).recorded_at;
    ledger.add(same);
    BOOST_TEST(code_of(chain_only(ledger.lines)) == 0);
}

BOOST_AUTO_TEST_CASE(an_account_that_skips_a_number_is_found) {
    Ledger ledger = small_ledger();
    ledger.edit(6, [](Entry& entry) { entry.account_seq = *entry.account_seq + 1; });
    ledger.rechain(7);
    auto const report = chain_only(ledger.lines);
    BOOST_TEST(first_seq(report, check::account_count) == 6);
}

BOOST_AUTO_TEST_CASE(a_contact_that_skips_a_number_is_found) {
    Ledger ledger = small_ledger();
    ledger.edit(9, [](Entry& entry) { entry.contact_seq = *entry.contact_seq + 1; });
    auto const report = chain_only(ledger.lines);
    BOOST_TEST(first_seq(report, check::contact_count) == 9);
}

BOOST_AUTO_TEST_CASE(a_contact_that_points_back_elsewhere_is_found) {
    Ledger ledger = small_ledger();
    ledger.edit(9, [](Entry& entry) { entry.contact_prev = 3; });
    auto const report = chain_only(ledger.lines);
    BOOST_TEST(first_seq(report, check::contact_count) == 9);
}

BOOST_AUTO_TEST_CASE(content_that_the_kind_does_not_hold_is_found) {
    Ledger ledger = small_ledger();
    ledger.edit(3, [](Entry& entry) { entry.data.set("origin", "thin air"); });
    ledger.rechain(4);
    auto const report = chain_only(ledger.lines);
    BOOST_TEST(code_of(report) == 1);
    BOOST_TEST(first_seq(report, check::content) == 3);
}

BOOST_AUTO_TEST_CASE(an_entry_about_a_contact_needs_one) {
    Ledger ledger = small_ledger();
    ledger.edit(9, [](Entry& entry) {
        entry.contact.reset();
        entry.contact_seq.reset();
        entry.contact_prev.reset();
        entry.state.reset();
    });
    BOOST_TEST(first_seq(chain_only(ledger.lines), check::content) == 9);
}

BOOST_AUTO_TEST_CASE(an_entry_about_a_contact_states_a_status) {
    Ledger ledger = small_ledger();
    ledger.edit(9, [](Entry& entry) { entry.state.reset(); });
    BOOST_TEST(first_seq(chain_only(ledger.lines), check::content) == 9);
}

BOOST_AUTO_TEST_CASE(a_ledger_begins_with_its_creation_and_only_there) {
    Ledger ledger = small_ledger();
    ledger.add(ledger.maker().created());
    auto const twice = chain_only(ledger.lines);
    BOOST_TEST(first_seq(twice, check::beginning) == 9 + 1);
    Ledger headless = small_ledger();
    headless.edit(0, [](Entry& entry) {
        entry.kind = "token.revoked";
        entry.data = {{"token", "t_1"}};
    });
    headless.rechain(1);
    auto const without = chain_only(headless.lines);
    BOOST_TEST(code_of(without) == 1);
    BOOST_TEST(first_seq(without, check::beginning) == 0);
}

BOOST_AUTO_TEST_CASE(a_cascade_is_counted_and_only_the_first_are_shown) {
    Ledger ledger = large_ledger(400);
    for (std::size_t i = 10; i < 400; ++i) ledger.lines[i] = "{}";
    auto const report = chain_only(ledger.lines);
    BOOST_TEST(found(report, check::not_an_entry) == 390);
    BOOST_TEST(report.integrity.groups().find(check::not_an_entry)->second.first.size() == limits::verify_details_per_check);
    BOOST_TEST(*report.integrity.first_bad() == 10);
}

BOOST_AUTO_TEST_SUITE_END()
