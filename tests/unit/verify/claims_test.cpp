// Tiles, checkpoints, head, trusted checkpoints and keys: what the chain cannot see.
#include "tests/unit/verify/support.hpp"

using namespace cl;
using namespace cl::test;
namespace check = cl::verify::check;

namespace {

/// A ledger whose entry 4 was changed and whose chain was then made to fit.
Ledger rechained(Ledger ledger) {
    ledger.edit(4, [](Entry& entry) { entry.actor->id = "agent-8"; });
    ledger.rechain(5);
    return ledger;
}

struct Directory {
    TempDir dir;
    Ledger ledger = small_ledger();
    Directory() {
        write_database(dir / "ledger.db", tables_of(ledger, {5}));
        write_file(dir / "head", head_of(ledger.note_at(7), ledger.note()));
    }
};

std::string note_as(std::string const& name, Ledger const& ledger, merkle::Size size) {
    Checkpoint named = ledger.checkpoint_at(size);
    named.origin = name;
    return sign_checkpoint(named, ledger.signer());
}

std::string vkey_as(std::string const& name, Ledger const& ledger) {
    return note::to_vkey(must(note::make_key(name, ledger.signer().public_key())));
}

/// Of 13 signed entries 10 are left; entry 10 says so, and gives the new name.
struct Restored {
    TempDir dir;
    Ledger lost = small_ledger();
    Ledger ledger = small_ledger();
    Tables tables;

    Restored() {
        for (auto const* const id : {"agent-4", "agent-5", "agent-6"})
            lost.add(account_draft("actor.defined", {{"actor", id}}));
        std::string const name = "ledger.example/again";
        Entry entry;
        entry.kind = "ledger.restored";
        entry.data = {{"origin", name},
                      {"key", vkey_as(name, ledger)},
                      {"head_size", 13},
                      {"head_root", to_hex(lost.checkpoint_at(13).root)}};
        ledger.add(entry);
        for (auto const* const id : {"agent-7", "agent-8", "agent-9"})
            ledger.add(account_draft("actor.defined", {{"actor", id}}));
        tables = tables_of(ledger, {});
        tables.checkpoints[10] = ledger.note_at(10);
        for (merkle::Size const size : {11, 14}) tables.checkpoints[size] = note_as(name, ledger, size);
        write_file(dir / "first.vkey", vkey_as(std::string(origin), ledger));
        write_file(dir / "second.vkey", vkey_as(name, ledger));
        write_file(dir / "third.vkey", vkey_as("ledger.example/other", ledger));
    }

    verify::Report verify(std::string const& key, std::optional<std::filesystem::path> const& kept = {}) const {
        if (!std::filesystem::exists(dir / "ledger.db")) write_database(dir / "ledger.db", tables);
        verify::Options options;
        options.source = dir / "ledger.db";
        if (!key.empty()) options.key_file = dir / key;
        if (kept) options.trusted.push_back(*kept);
        return verify_with(options);
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(claims)

BOOST_AUTO_TEST_CASE(a_ledger_that_was_restored_is_followed_to_its_new_name) {
    Restored const restored;
    for (auto const* const file : {"first.vkey", "second.vkey", ""}) {
        BOOST_TEST_CONTEXT(file) {
            auto const report = restored.verify(file);
            BOOST_TEST(code_of(report) == 0);
            BOOST_TEST(report.signed_to == restored.ledger.size());
            BOOST_TEST(says(report, "goes on under the name \"ledger.example/again\""));
            BOOST_TEST(says(report, "3 entries that had been signed by then are not in it"));
        }
    }
    BOOST_TEST(!says(verify_tables(tables_of(small_ledger(), {10})), "goes on under"));
}

BOOST_AUTO_TEST_CASE(a_name_that_the_ledger_never_had_is_no_name_of_its_key) {
    Restored const restored;
    BOOST_TEST(found(restored.verify("third.vkey"), check::key) == 1);
    write_database(restored.dir / "ledger.db", tables_of(small_ledger(), {10}));
    BOOST_TEST(found(restored.verify("second.vkey"), check::key) == 1);
}

BOOST_AUTO_TEST_CASE(after_a_restore_the_name_before_signs_nothing) {
    Restored restored;
    restored.tables.checkpoints[13] = restored.ledger.note_at(13);  // the old name
    auto const report = restored.verify("");
    BOOST_TEST(code_of(report) == 1);
    BOOST_TEST(first_seq(report, check::signature) == 12);
}

BOOST_AUTO_TEST_CASE(before_a_restore_the_name_after_signs_nothing) {
    Restored restored;
    restored.tables.checkpoints[9] = note_as("ledger.example/again", restored.ledger, 9);
    BOOST_TEST(first_seq(restored.verify(""), check::signature) == 8);
}

BOOST_AUTO_TEST_CASE(a_kept_checkpoint_of_what_a_restore_lost_is_a_fork) {
    Restored const restored;
    write_file(restored.dir / "kept", restored.lost.note());
    auto const report = restored.verify("first.vkey", restored.dir / "kept");
    BOOST_TEST(code_of(report) == 1);
    BOOST_TEST(found(report, check::fork) == 1);
    BOOST_TEST(says(report, "was restored from an older copy"));
    write_file(restored.dir / "kept", restored.lost.note_at(8));
    BOOST_TEST(code_of(restored.verify("first.vkey", restored.dir / "kept")) == 0);
}

BOOST_AUTO_TEST_CASE(a_rewritten_history_differs_from_the_next_signed_root) {
    Ledger const genuine = small_ledger();
    Tables tables = tables_of(rechained(genuine), {});
    for (merkle::Size const size : {3, 7, 10}) tables.checkpoints[size] = genuine.note_at(size);
    auto const report = verify_tables(tables);
    BOOST_TEST(code_of(report) == 1);
    BOOST_TEST(first_seq(report, check::root) == 3);
    BOOST_TEST(*first_case(report, check::root).last == 6);
    BOOST_TEST(found(report, check::chain) == 0);
    BOOST_TEST(report.signed_to == 3);
}

BOOST_AUTO_TEST_CASE(an_edited_last_entry_differs_from_the_signed_root) {
    Ledger const genuine = small_ledger();
    Ledger forged = genuine;
    forged.edit(9, [](Entry& entry) { entry.recorded_at += 1; });
    Tables tables = tables_of(forged, {});
    tables.checkpoints[9] = genuine.note_at(9);
    tables.checkpoints[10] = genuine.note_at(10);
    auto const report = verify_tables(tables);
    BOOST_TEST(first_seq(report, check::root) == 9);
    BOOST_TEST(!first_case(report, check::root).last.has_value());
}

BOOST_AUTO_TEST_CASE(a_stored_tile_names_the_rewritten_entry) {
    Ledger const genuine = large_ledger(300);
    Tables tables = tables_of(rechained(genuine), {});
    tables.tiles = tiles_of(genuine.lines);
    tables.checkpoints[300] = genuine.note();
    auto const report = verify_tables(tables);
    BOOST_TEST(first_seq(report, check::tile_differs) == 4);
    BOOST_TEST(first_seq(report, check::root) == 4);
    BOOST_TEST(*report.integrity.first_bad() == 4);
}

BOOST_AUTO_TEST_CASE(an_altered_tile_is_found) {
    Ledger const ledger = large_ledger(600);
    Tables tables = tables_of(ledger, {600});
    tables.tiles[{0, 1}][32 * 7] ^= 1;
    auto const report = verify_tables(tables);
    BOOST_TEST(code_of(report) == 1);
    BOOST_TEST(first_seq(report, check::tile_differs) == 256 + 7);
    BOOST_TEST(found(report, check::root) == 0);
}

BOOST_AUTO_TEST_CASE(a_missing_tile_is_found) {
    Ledger const ledger = large_ledger(600);
    Tables tables = tables_of(ledger, {600});
    tables.tiles.erase({0, 1});
    auto const report = verify_tables(tables);
    BOOST_TEST(code_of(report) == 1);
    BOOST_TEST(first_seq(report, check::tile_missing) == 256);
    BOOST_TEST(found(report, check::tile_missing) == 1);
}

BOOST_AUTO_TEST_CASE(tiles_beyond_the_end_show_that_entries_were_removed) {
    Ledger const ledger = large_ledger(600);
    Tables tables = tables_of(ledger, {500});
    for (Seq seq = 505; seq < 600; ++seq) tables.entries.erase(seq);
    auto const report = verify_tables(tables);
    BOOST_TEST(code_of(report) == 1);
    BOOST_TEST(first_seq(report, check::tile_beyond) == 505);
}

BOOST_AUTO_TEST_CASE(a_checkpoint_beyond_the_end_shows_that_entries_were_removed) {
    Ledger const ledger = small_ledger();
    Tables tables = tables_of(ledger, {5, 10});
    tables.entries.erase(9);
    tables.entries.erase(8);
    auto const report = verify_tables(tables);
    BOOST_TEST(code_of(report) == 1);
    BOOST_TEST(first_seq(report, check::cut_off) == 8);
    BOOST_TEST(*first_case(report, check::cut_off).last == 9);
}

BOOST_AUTO_TEST_CASE(altered_checkpoints_are_found) {
    Ledger const ledger = small_ledger();
    Tables tables = tables_of(ledger, {5, 10});
    tables.checkpoints[5] = ledger.note_at(4);  // signed, but for another size
    BOOST_TEST(first_seq(verify_tables(tables), check::signature) == 4);
    tables.checkpoints[5] = sign_checkpoint(ledger.checkpoint_at(5), *make_signer(2));
    BOOST_TEST(first_seq(verify_tables(tables), check::signature) == 4);
    tables.checkpoints[5] = "garbage";
    auto const report = verify_tables(tables);
    BOOST_TEST(code_of(report) == 1);
    BOOST_TEST(first_seq(report, check::signature) == 4);
    BOOST_TEST(found(report, check::root) == 0);
}

BOOST_AUTO_TEST_CASE(a_checkpoint_of_the_empty_log_is_compared) {
    Ledger const ledger = small_ledger();
    BOOST_TEST(code_of(verify_tables(tables_of(ledger, {0, 10}))) == 0);
    Tables tables = tables_of(ledger, {10});
    Checkpoint wrong = ledger.checkpoint_at(0);
    wrong.root = sha256("not the empty root");
    tables.checkpoints[0] = sign_checkpoint(wrong, ledger.signer());
    BOOST_TEST(code_of(verify_tables(tables)) == 1);
}

BOOST_AUTO_TEST_CASE(a_ledger_signed_anew_is_found_by_whoever_has_the_key) {
    Ledger const forged(2);
    TempDir const dir;
    verify::Options options;
    options.source = write_database(dir / "ledger.db", tables_of(forged, {1}));
    BOOST_TEST(code_of(verify_with(options)) == 0);  // and says where its key comes from
    write_file(dir / "key", vkey_of(*make_signer(1)));
    options.key_file = dir / "key";
    auto const report = verify_with(options);
    BOOST_TEST(code_of(report) == 1);
    BOOST_TEST(first_seq(report, check::key) == 0);
    BOOST_TEST(first_seq(report, check::signature) == 0);
}

BOOST_AUTO_TEST_CASE(a_key_file_that_cannot_be_used_is_no_pass) {
    Ledger const ledger = small_ledger();
    TempDir const dir;
    verify::Options options;
    options.source = write_database(dir / "ledger.db", tables_of(ledger, {10}));
    options.key_file = dir / "absent";
    BOOST_TEST(code_of(verify_with(options)) == 3);
    write_file(dir / "absent", "ledger.example/consent+00000000+AAAA");
    BOOST_TEST(code_of(verify_with(options)) == 3);
    write_file(dir / "absent", std::string(100'000, 'x'));
    BOOST_TEST(code_of(verify_with(options)) == 3);
}

BOOST_AUTO_TEST_CASE(a_trusted_checkpoint_finds_rollback_and_fork) {
    Ledger const genuine = small_ledger();
    TempDir const dir;
    write_file(dir / "trusted", genuine.note());
    verify::Options options;
    options.trusted = {dir / "trusted"};
    options.source = write_database(dir / "ledger.db", tables_of(genuine, {5, 10}));
    BOOST_TEST(code_of(verify_with(options)) == 0);
    BOOST_TEST(!says(verify_with(options), "rollback not checked"));
    write_file(dir / "trusted", genuine.note() + "\n");  // as an editor or a shell leaves it
    BOOST_TEST(code_of(verify_with(options)) == 0);

    Ledger shorter = genuine;
    shorter.lines.resize(7);
    options.source = write_database(dir / "ledger.db", tables_of(shorter, {5}));
    auto const rollback = verify_with(options);
    BOOST_TEST(code_of(rollback) == 1);
    BOOST_TEST(first_seq(rollback, check::rollback) == 7);

    Ledger const forked = rechained(genuine);  // signed with the true key
    options.source = write_database(dir / "ledger.db", tables_of(forked, {3, 10}));
    auto const fork = verify_with(options);
    BOOST_TEST(code_of(fork) == 1);
    BOOST_TEST(first_seq(fork, check::fork) == 3);
    BOOST_TEST(found(fork, check::root) == 0);
}

BOOST_AUTO_TEST_CASE(a_trusted_checkpoint_of_another_key_is_a_fork_and_a_bad_file_is_no_pass) {
    Ledger const ledger = small_ledger();
    TempDir const dir;
    verify::Options options;
    options.source = write_database(dir / "ledger.db", tables_of(ledger, {10}));
    options.trusted = {dir / "trusted"};
    BOOST_TEST(code_of(verify_with(options)) == 3);  // there is no such file
    write_file(dir / "trusted", "hello");
    BOOST_TEST(code_of(verify_with(options)) == 3);
    write_file(dir / "trusted", sign_checkpoint(ledger.checkpoint_at(10), *make_signer(2)));
    auto const report = verify_with(options);
    BOOST_TEST(code_of(report) == 1);
    BOOST_TEST(found(report, check::fork) == 1);
}

BOOST_FIXTURE_TEST_CASE(a_head_ahead_of_the_ledger_shows_a_rollback, Directory) {
    Ledger shorter = ledger;
    shorter.lines.resize(8);
    write_database(dir / "ledger.db", tables_of(shorter, {5}));
    auto const report = verify_path(dir.path());
    BOOST_TEST(code_of(report) == 1);
    BOOST_TEST(first_seq(report, check::cut_off) == 8);
    BOOST_TEST(code_of(verify_path(dir / "ledger.db")) == 0);  // the bare file cannot know
}

BOOST_FIXTURE_TEST_CASE(a_head_of_another_history_is_found, Directory) {
    write_file(dir / "head", head_of(ledger.note_at(7), rechained(ledger).note()));
    auto const report = verify_path(dir.path());
    BOOST_TEST(code_of(report) == 1);
    BOOST_TEST(first_seq(report, check::root) == 7);
}

BOOST_FIXTURE_TEST_CASE(an_altered_head_is_found, Directory) {
    write_file(dir / "head", head_of(ledger.note_at(7), sign_checkpoint(ledger.checkpoint_at(10), *make_signer(2))));
    auto const forged = verify_path(dir.path());
    BOOST_TEST(code_of(forged) == 1);
    BOOST_TEST(first_seq(forged, check::signature) == 9);
    write_file(dir / "head", head_of("no note", ledger.note()));
    BOOST_TEST(code_of(verify_path(dir.path())) == 1);
    std::string both = head_of(ledger.note_at(7), ledger.note());
    both[100] = static_cast<char>(both[100] ^ 1);
    both[head_slots::slot_bytes + 100] = static_cast<char>(both[head_slots::slot_bytes + 100] ^ 1);
    write_file(dir / "head", both);
    auto const damaged = verify_path(dir.path());
    BOOST_TEST(code_of(damaged) == 1);
    BOOST_TEST(found(damaged, check::head_damaged) == 1);
    write_file(dir / "head", "");
    BOOST_TEST(code_of(verify_path(dir.path())) == 1);
}

BOOST_FIXTURE_TEST_CASE(one_torn_half_or_a_missing_head_is_no_pass_and_no_accusation, Directory) {
    std::string torn = head_of(ledger.note_at(7), ledger.note());
    torn[100] = static_cast<char>(torn[100] ^ 1);
    write_file(dir / "head", torn);
    auto const half = verify_path(dir.path());
    BOOST_TEST(code_of(half) == 3);
    BOOST_TEST(half.integrity.clean());
    std::filesystem::remove(dir / "head");
    auto const missing = verify_path(dir.path());
    BOOST_TEST(code_of(missing) == 3);
    BOOST_TEST(says(missing, "rollback was not checked"));
}

BOOST_AUTO_TEST_CASE(a_change_of_key_is_not_followed_and_no_pass) {
    Ledger ledger = small_ledger();
    Entry rotated;
    rotated.kind = "key.rotated";
    rotated.data = {{"old_key", vkey_of(*make_signer(1))}, {"new_key", vkey_of(*make_signer(2))}};
    ledger.add(rotated);
    Tables tables = tables_of(ledger, {10});
    tables.checkpoints[11] = sign_checkpoint(ledger.checkpoint_at(11), *make_signer(2));
    auto const report = verify_tables(tables);
    BOOST_TEST(code_of(report) == 3);
    tables.checkpoints[10] = sign_checkpoint(ledger.checkpoint_at(10), *make_signer(2));
    BOOST_TEST(code_of(verify_tables(tables)) == 1);  // before the change the old key signs
}

BOOST_AUTO_TEST_SUITE_END()
