// The life of a pin: made by the first clean run, moved on by later ones, never by a run with any doubt.
#include "verify/pin.hpp"

#include "tests/unit/verify/support.hpp"

using namespace cl;
using namespace cl::test;
namespace check = cl::verify::check;

namespace {

struct Pinned {
    TempDir dir;
    Ledger ledger = small_ledger();
    verify::Options options;

    Pinned() {
        options.source = dir / "ledger.db";
        options.pin_file = dir / "pin";
    }
    verify::Report run(Ledger const& now) {
        write_database(dir / "ledger.db", tables_of(now, {now.size()}));
        return verify_with(options);
    }
    verify::Pin pin() const {
        auto const found = must(verify::read_pin(dir / "pin"));
        BOOST_REQUIRE(found.has_value());
        return *found;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(pin, Pinned)

BOOST_AUTO_TEST_CASE(the_first_run_makes_it_and_says_so) {
    auto const report = run(ledger);
    BOOST_TEST(code_of(report) == 0);
    BOOST_TEST((report.pin == verify::PinStatus::created));
    BOOST_TEST(says(report, "first run"));
    BOOST_TEST(says(report, "rollback not checked"));
    verify::Pin const made = pin();
    BOOST_TEST(made.origin == origin);
    BOOST_TEST(made.key == vkey_of(ledger.signer()));
    BOOST_TEST(made.size == ledger.size());
    BOOST_TEST((made.root == ledger.checkpoint_at(ledger.size()).root));
    BOOST_TEST(made.checkpoint == ledger.note());
}

BOOST_AUTO_TEST_CASE(a_longer_ledger_moves_it_on_and_the_same_leaves_it) {
    run(ledger);
    auto const same = run(ledger);
    BOOST_TEST((same.pin == verify::PinStatus::unchanged));
    BOOST_TEST(!says(same, "rollback not checked"));
    ledger.add(account_draft("actor.defined", {{"actor", "agent-9"}}));
    auto const longer = run(ledger);
    BOOST_TEST(code_of(longer) == 0);
    BOOST_TEST((longer.pin == verify::PinStatus::advanced));
    BOOST_TEST((longer.key_from == verify::KeyFrom::pin));
    BOOST_TEST(pin().size == 11);
}

BOOST_AUTO_TEST_CASE(a_shorter_ledger_is_a_rollback_and_leaves_it) {
    run(ledger);
    Ledger shorter = ledger;
    shorter.lines.resize(7);
    auto const report = run(shorter);
    BOOST_TEST(code_of(report) == 1);
    BOOST_TEST(first_seq(report, check::rollback) == 7);
    BOOST_TEST((report.pin == verify::PinStatus::kept));
    BOOST_TEST(pin().size == 10);
}

BOOST_AUTO_TEST_CASE(a_rewritten_past_is_a_fork_even_if_it_is_validly_signed_and_longer) {
    run(ledger);
    ledger.edit(4, [](Entry& entry) { entry.actor->id = "agent-8"; });
    ledger.rechain(5);
    ledger.add_raw(ledger.lines.back());
    ledger.edit(10, [](Entry& entry) {
        entry.seq = 10;
        entry.account_seq = *entry.account_seq + 1;
        entry.contact_prev = 9;
        entry.contact_seq = *entry.contact_seq + 1;
    });
    ledger.rechain(10);
    auto const report = run(ledger);
    BOOST_TEST(code_of(report) == 1);
    BOOST_TEST(first_seq(report, check::fork) == 0);
    BOOST_TEST(*first_case(report, check::fork).last == 9);
    BOOST_TEST(pin().size == 10);
}

BOOST_AUTO_TEST_CASE(another_key_or_name_is_not_this_ledger) {
    run(ledger);
    auto const other = run(Ledger(2));
    BOOST_TEST(code_of(other) == 1);
    BOOST_TEST(first_seq(other, check::identity) == 0);
    verify::Pin renamed = pin();
    renamed.origin = "elsewhere.example/log";
    must(verify::write_pin(dir / "pin", renamed));
    BOOST_TEST(found(run(ledger), check::identity) == 1);
}

BOOST_AUTO_TEST_CASE(a_run_with_findings_only_moves_it_on) {
    run(ledger);
    ledger.add(contact_draft("opt_in.agent", "bob"));
    auto const report = run(ledger);
    BOOST_TEST(code_of(report) == 4);
    BOOST_TEST((report.pin == verify::PinStatus::advanced));
}

BOOST_AUTO_TEST_CASE(a_run_that_could_not_finish_leaves_it) {
    run(ledger);
    ledger.add(account_draft("actor.defined", {{"actor", "agent-9"}}));
    options.trusted = {dir / "absent"};
    auto const report = run(ledger);
    BOOST_TEST(code_of(report) == 3);
    BOOST_TEST((report.pin == verify::PinStatus::kept));
    BOOST_TEST(pin().size == 10);
}

BOOST_AUTO_TEST_CASE(a_file_that_is_no_pin_is_no_pass_and_is_not_overwritten) {
    for (char const* bytes : {"", "{}", "garbage", R"({"kind":"consent-verify pin","schema_version":2})"}) {
        write_file(dir / "pin", bytes);
        BOOST_TEST(code_of(run(ledger)) == 3);
        BOOST_TEST(read_file(dir / "pin") == bytes);
    }
}

BOOST_AUTO_TEST_CASE(a_pin_that_cannot_be_written_is_no_pass) {
    options.pin_file = dir / "no-such-folder" / "pin";
    BOOST_TEST(code_of(run(ledger)) == 3);
}

BOOST_AUTO_TEST_CASE(nothing_is_left_beside_it) {
    run(ledger);
    int files = 0;
    for (auto const& file : std::filesystem::directory_iterator(dir.path()))
        files += file.path().filename().string().find("pin") == 0 ? 1 : 0;
    BOOST_TEST(files == 1);
}

BOOST_AUTO_TEST_SUITE_END()
