// The end of the log that no signature covers: said by every kind of source, and no pass where a signature was asked for or promised.
#include "tests/unit/verify/support.hpp"
#include "verify/pin.hpp"

#include <functional>
#include <memory>
#include <utility>

using namespace cl;
using namespace cl::test;
namespace check = cl::verify::check;

namespace {

/// small_ledger() with its newest stored checkpoint at 5.
struct Bare {
    TempDir dir;
    Ledger ledger = small_ledger();
    verify::Options options;

    Bare() {
        options.source = write_database(dir / "ledger.db", tables_of(ledger, {5}));
        write_file(dir / "key", vkey_of(ledger.signer()) + "\n");
    }
    void is_not_signed_to_its_end() const {
        auto const report = verify_with(options);
        BOOST_TEST(code_of(report) == 3);
        BOOST_TEST(report.integrity.clean());
        BOOST_TEST(report.signed_to == 5);
        BOOST_TEST(says(report, "entry 5 to entry 9"));
        BOOST_TEST(to_text(report, false).find("INTACT") == std::string::npos);
        BOOST_TEST(to_json(report).find(R"("unsigned":{"entries":5,"first_seq":5,"last_seq":9})") != std::string::npos);
    }
};

/// A data directory whose service goes on while it is read: `meanwhile` runs when the first entries were judged.
struct Live {
    TempDir dir;
    Ledger ledger = small_ledger();
    verify::Options options;
    std::unique_ptr<sqlite::Connection> owner;
    int calls = 0;

    Live() {
        write_database(dir / "ledger.db", tables_of(ledger, {5}));
        write_file(dir / "head", head_of(ledger.note_at(7), ledger.note_at(8)));
        options.source = dir.path();
    }
    void start() {
        owner = std::make_unique<sqlite::Connection>(
            must(sqlite::Connection::open_owner(dir / "ledger.db", sqlite::Settings{}, ledger_identity)));
    }
    void commit(int count) {
        Tables added;
        auto const known = tiles_of(ledger.lines);
        for (int i = 0; i < count; ++i) {
            Seq const seq = ledger.add(account_draft("actor.defined", {{"actor", "agent-" + std::to_string(10 + i)}}));
            added.entries[seq] = ledger.lines.back();
        }
        added.tiles = tiles_of(ledger.lines);
        std::erase_if(added.tiles, [&](auto const& tile) { return known.contains(tile.first); });
        insert_rows(*owner, added);
    }
    void sign(std::string const& note) const { write_file(dir / "head", head_of(ledger.note_at(8), note)); }
    verify::Report run(std::function<void()> meanwhile) {
        options.progress = [this, work = std::move(meanwhile)](std::int64_t, std::int64_t) {
            if (calls++ == 0) work();
        };
        return verify_with(options);
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(unsigned_end)

BOOST_FIXTURE_TEST_CASE(a_bare_file_that_nothing_was_asked_of_passes_and_is_not_called_intact, Bare) {
    auto const report = verify_with(options);
    BOOST_TEST(code_of(report) == 0);
    BOOST_TEST(verdict(report) == "unsigned_end");
    BOOST_TEST(report.signed_to == 5);
    BOOST_TEST(says(report, "entry 5 to entry 9"));
    for (bool const quiet : {false, true}) {
        auto const text = to_text(report, quiet);
        BOOST_TEST(text.starts_with("Verdict: NOT SIGNED TO ITS END\n"));
        BOOST_TEST(text.find("no signature covers 5 entries") != std::string::npos, text);
        BOOST_TEST(text.find("INTACT") == std::string::npos);
    }
}

BOOST_FIXTURE_TEST_CASE(one_entry_is_named_alone, Bare) {
    options.source = write_database(dir / "ledger.db", tables_of(ledger, {9}));
    BOOST_TEST(says(verify_with(options), "(entry 9)"));
}

BOOST_FIXTURE_TEST_CASE(findings_over_an_unsigned_end_are_not_called_intact_either, Bare) {
    ledger.add(contact_draft("opt_in.agent", "bob"));
    options.source = write_database(dir / "ledger.db", tables_of(ledger, {5}));
    auto const report = verify_with(options);
    BOOST_TEST(code_of(report) == 4);
    BOOST_TEST(to_text(report, true).starts_with("Verdict: NOT SIGNED TO ITS END, WITH FINDINGS\n"));
}

BOOST_FIXTURE_TEST_CASE(with_a_key_it_is_no_pass, Bare) {
    options.key_file = dir / "key";
    is_not_signed_to_its_end();
    options.source = write_database(dir / "ledger.db", tables_of(ledger, {10}));
    BOOST_TEST(code_of(verify_with(options)) == 0);
}

BOOST_FIXTURE_TEST_CASE(with_an_older_trusted_checkpoint_it_is_no_pass_and_with_one_of_the_end_it_is, Bare) {
    write_file(dir / "trusted", ledger.note_at(4));
    options.trusted = {dir / "trusted"};
    is_not_signed_to_its_end();
    write_file(dir / "trusted", ledger.note());
    BOOST_TEST(code_of(verify_with(options)) == 0);
}

BOOST_FIXTURE_TEST_CASE(with_a_pin_it_is_no_pass_and_the_pin_ends_where_the_signature_does, Bare) {
    options.pin_file = dir / "pin";
    is_not_signed_to_its_end();
    auto const made = must(verify::read_pin(dir / "pin"));
    BOOST_REQUIRE(made.has_value());
    BOOST_TEST(made->size == 5);
    BOOST_TEST((made->root == ledger.checkpoint_at(5).root));
    BOOST_TEST(made->checkpoint == ledger.note_at(5));
    // The rewritten end of a later run is not what was pinned.
    Ledger forged = ledger;
    forged.edit(7, [](Entry& entry) { entry.recorded_at += 1; });
    forged.rechain(8);
    write_database(dir / "ledger.db", tables_of(forged, {5}));
    is_not_signed_to_its_end();
    BOOST_TEST(must(verify::read_pin(dir / "pin"))->size == 5);
}

BOOST_FIXTURE_TEST_CASE(a_pin_keeps_its_own_signed_checkpoint_and_is_never_moved_back, Bare) {
    write_database(dir / "ledger.db", tables_of(ledger, {10}));
    options.pin_file = dir / "pin";
    BOOST_TEST(code_of(verify_with(options)) == 0);
    write_database(dir / "ledger.db", tables_of(ledger, {5}));  // the newest checkpoint is gone, the pin has it
    auto const report = verify_with(options);
    BOOST_TEST(code_of(report) == 0);
    BOOST_TEST(report.signed_to == 10);
    BOOST_TEST(must(verify::read_pin(dir / "pin"))->size == 10);
}

BOOST_FIXTURE_TEST_CASE(a_pin_without_a_valid_checkpoint_is_a_memory_and_no_signature, Bare) {
    verify::Pin const old{std::string(origin), vkey_of(ledger.signer()), 10, ledger.checkpoint_at(10).root, ledger.note_at(5)};
    must(verify::write_pin(dir / "pin", old));
    options.pin_file = dir / "pin";
    is_not_signed_to_its_end();
    BOOST_TEST((must(verify::read_pin(dir / "pin")) == old));
}

BOOST_FIXTURE_TEST_CASE(a_change_of_key_is_said_once_and_is_not_taken_for_missing_checkpoints, Bare) {
    Entry rotated;
    rotated.kind = "key.rotated";
    rotated.data = {{"old_key", vkey_of(*make_signer(1))}, {"new_key", vkey_of(*make_signer(2))}};
    ledger.add(rotated);
    Tables tables = tables_of(ledger, {10});
    tables.checkpoints[11] = sign_checkpoint(ledger.checkpoint_at(11), *make_signer(2));
    auto const report = verify_tables(tables);
    BOOST_TEST(code_of(report) == 3);
    BOOST_TEST(says(report, "what was signed after that was not checked"));
}

BOOST_FIXTURE_TEST_CASE(a_directory_whose_head_is_older_than_its_entries_is_no_pass, Live) {
    auto const report = run([] {});
    BOOST_TEST(code_of(report) == 3);
    BOOST_TEST(report.integrity.clean());
    BOOST_TEST(report.signed_to == 8);
    BOOST_TEST(says(report, "entry 8 to entry 9"));
    BOOST_TEST(to_text(report, true).find("INTACT") == std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_head_that_arrives_while_the_end_is_read_covers_it, Live) {
    start();
    auto const report = run([this] { sign(ledger.note()); });
    BOOST_TEST(code_of(report) == 0, to_text(report, false));
    BOOST_TEST(report.size == 10);
    BOOST_TEST(report.signed_to == 10);
    BOOST_TEST(verdict(report) == "intact");
}

BOOST_FIXTURE_TEST_CASE(entries_that_the_newer_head_covers_are_read_too, Live) {
    start();
    auto const report = run([this] {
        commit(300);
        sign(ledger.note());
        commit(3);  // between two signatures
    });
    BOOST_TEST(code_of(report) == 0, to_text(report, false));
    BOOST_TEST(report.size == 310);
    BOOST_TEST(report.signed_to == 310);
    BOOST_TEST(report.checked[1].id == "tiles");
    BOOST_TEST((report.root == ledger.checkpoint_at(310).root));
}

BOOST_FIXTURE_TEST_CASE(a_newer_head_of_another_key_covers_nothing, Live) {
    start();
    auto const report = run([this] { sign(sign_checkpoint(ledger.checkpoint_at(10), *make_signer(2))); });
    BOOST_TEST(code_of(report) == 3);
    BOOST_TEST(report.signed_to == 8);
}

BOOST_FIXTURE_TEST_CASE(a_newer_head_of_another_history_or_of_entries_that_are_not_there_is_tampering, Live) {
    start();
    auto const differs = run([this] {
        Ledger other = ledger;
        other.edit(9, [](Entry& entry) { entry.recorded_at += 1; });
        sign(other.note());
    });
    BOOST_TEST(code_of(differs) == 1);
    BOOST_TEST(first_seq(differs, check::root) == 8);
    calls = 0;
    sign(ledger.note_at(8));
    auto const ahead = run([this] {
        Ledger longer = ledger;
        longer.add(account_draft("actor.defined", {{"actor", "agent-9"}}));
        sign(longer.note());
    });
    BOOST_TEST(code_of(ahead) == 1);
    BOOST_TEST(first_seq(ahead, check::cut_off) == 10);
}

BOOST_FIXTURE_TEST_CASE(a_service_that_starts_over_a_file_that_lay_still_is_read_beside, Live) {
    sign(ledger.note());
    auto const report = run([this] {
        start();
        commit(5);
        sign(ledger.note());
    });
    BOOST_TEST(code_of(report) == 0, to_text(report, false));
    BOOST_TEST(report.size == 15);
    BOOST_TEST(calls >= 2);
}

BOOST_FIXTURE_TEST_CASE(a_file_that_is_changed_during_every_reading_is_no_pass, Live) {
    sign(ledger.note());
    options.progress = [this](std::int64_t, std::int64_t) {
        std::filesystem::last_write_time(dir / "ledger.db",
                                         std::filesystem::file_time_type::clock::now() + std::chrono::hours(++calls));
    };
    auto const report = verify_with(options);
    BOOST_TEST(code_of(report) == 3);
    BOOST_TEST(says(report, "Another program opened the ledger while it was read, twice"));
}

BOOST_AUTO_TEST_SUITE_END()
