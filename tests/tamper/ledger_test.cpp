// Every way to alter a ledger.db or an export, with the real program over real files: each is exit 1 and names the first bad entry. The
// ledger has two full tiles and checkpoints at 100, 300 and 600.
#include "tests/tamper/run_verifier.hpp"

using namespace cl;
using namespace cl::test;

namespace {

constexpr merkle::Size entries = 600;

struct Fixture {
    TempDir dir;
    Ledger genuine = large_ledger(entries);
    std::string key = (dir / "ledger.vkey").string();
    std::string database = (dir / "ledger.db").string();
    std::string trusted = (dir / "trusted").string();
    std::string pin = (dir / "pin").string();

    Fixture() {
        write_file(key, vkey_of(genuine.signer()) + "\n");
        write_file(trusted, genuine.note());
    }
    [[nodiscard]] Tables tables() const { return tables_of(genuine, {100, 300, entries}); }
    Verdict verify(Tables const& altered, std::vector<std::string> arguments = {}) const {
        write_database(database, altered);
        arguments.insert(arguments.begin(), database);
        return run_verifier(arguments);
    }
    /// Entries changed at 200, and the chain made to fit from there on: what needs no key.
    [[nodiscard]] Ledger rewritten() const {
        Ledger forged = genuine;
        forged.edit(200, [](Entry& entry) { entry.state->opted_in = true; });
        forged.rechain(201);
        return forged;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(database, Fixture)

BOOST_AUTO_TEST_CASE(untouched) {
    auto const verdict = verify(tables(), {"--key", key, "--trusted-checkpoint", trusted, "--pin", pin});
    BOOST_TEST(verdict.exit_code == 0, verdict.text);
    BOOST_TEST(!verdict.first_bad.has_value());
}

BOOST_AUTO_TEST_CASE(several_trusted_checkpoints_before_the_path) {
    std::string const older = (dir / "older").string();
    write_file(older, genuine.note_at(200));
    write_database(database, tables());
    auto const verdict = run_verifier({"--trusted-checkpoint", trusted, "--trusted-checkpoint", older, database});
    BOOST_TEST(verdict.exit_code == 0, verdict.text);
    BOOST_TEST(verdict.text.find(R"("count":2,"id":"trusted_checkpoints")") != std::string::npos, verdict.text);
}

BOOST_AUTO_TEST_CASE(a_bare_file_says_what_it_could_not_check) {
    auto const verdict = verify(tables());
    BOOST_TEST(verdict.exit_code == 0);
    BOOST_TEST(verdict.text.find("rollback not checked") != std::string::npos);
    BOOST_TEST(verdict.text.find("key taken from the ledger itself") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(edited) {
    for (Seq const seq : {Seq{0}, Seq{5}, Seq{299}, Seq{598}}) {
        Ledger forged = genuine;
        forged.edit(seq, [](Entry& entry) { entry.recorded_at += 1; });
        Tables altered = tables();
        altered.entries[seq] = forged.lines[static_cast<std::size_t>(seq)];
        auto const verdict = verify(altered);
        BOOST_TEST(verdict.exit_code == 1, verdict.text);
        BOOST_TEST((verdict.first_bad == seq), verdict.text);
    }
}

BOOST_AUTO_TEST_CASE(the_last_entry_edited) {
    // No later entry points at it: all that is known is the stretch since the last checkpoint that fits.
    Tables altered = tables();
    Ledger forged = genuine;
    forged.edit(599, [](Entry& entry) { entry.recorded_at += 1; });
    altered.entries[599] = forged.lines[599];
    auto const verdict = verify(altered);
    is_tampering(verdict, "INT-031", 300);
    BOOST_TEST(verdict.text.find("one of the entries 300 to 599") != std::string::npos, verdict.text);
}

BOOST_AUTO_TEST_CASE(one_byte_changed) {
    Tables altered = tables();
    altered.entries[250][40] ^= 1;
    auto const verdict = verify(altered);
    BOOST_TEST(verdict.exit_code == 1);
    BOOST_TEST((verdict.first_bad == 250), verdict.text);
}

BOOST_AUTO_TEST_CASE(deleted) {
    Tables altered = tables();
    altered.entries.erase(250);
    is_tampering(verify(altered), "INT-003", 250);
    altered.entries.erase(0);
    is_tampering(verify(altered), "INT-003", 0);
}

BOOST_AUTO_TEST_CASE(deleted_and_renumbered) {
    Tables altered = tables();
    for (Seq seq = 250; seq < entries - 1; ++seq) altered.entries[seq] = altered.entries[seq + 1];
    altered.entries.erase(entries - 1);
    is_tampering(verify(altered), "INT-004", 250);
}

BOOST_AUTO_TEST_CASE(swapped) {
    Tables altered = tables();
    std::swap(altered.entries[250], altered.entries[251]);
    is_tampering(verify(altered), "INT-004", 250);
}

BOOST_AUTO_TEST_CASE(inserted) {
    Tables altered = tables();
    for (Seq seq = entries; seq > 250; --seq) altered.entries[seq] = altered.entries[seq - 1];
    is_tampering(verify(altered), "INT-004", 251);
}

BOOST_AUTO_TEST_CASE(an_inserted_entry_with_everything_made_to_fit) {
    Ledger forged(1);
    Ledger const source = genuine;
    forged.lines = source.lines;
    forged.lines.insert(forged.lines.begin() + 200, forged.lines[200]);
    for (std::size_t i = 201; i < forged.lines.size(); ++i) {
        forged.edit(static_cast<Seq>(i), [i](Entry& entry) {
            entry.seq = static_cast<Seq>(i);
            entry.account_seq = *entry.account_seq + 1;
        });
    }
    forged.rechain(201);
    Tables altered = tables_of(forged, {});
    altered.checkpoints = tables().checkpoints;
    auto const verdict = verify(altered, {"--key", key});
    BOOST_TEST(verdict.exit_code == 1);
    BOOST_TEST(*verdict.first_bad >= 100);
    BOOST_TEST(*verdict.first_bad <= 201, verdict.text);
}

BOOST_AUTO_TEST_CASE(rechained_without_the_key) {
    Ledger const forged = rewritten();
    Tables altered = tables_of(forged, {});
    altered.checkpoints = tables().checkpoints;
    // Tiles rebuilt too: only the signed roots are left to tell, and they tell the stretch.
    auto const rebuilt = verify(altered, {"--key", key});
    is_tampering(rebuilt, "INT-031", 100);
    // The genuine tiles name the entry.
    altered.tiles = tables().tiles;
    is_tampering(verify(altered, {"--key", key}), "INT-020", 200);
}

BOOST_AUTO_TEST_CASE(rechained_and_checkpoints_removed) {
    Tables altered = tables_of(rewritten(), {});
    auto const verdict = verify(altered, {"--key", key});
    BOOST_TEST(verdict.exit_code == 3, verdict.text);  // a signature was asked for, and there is none
    is_tampering(verify(altered, {"--trusted-checkpoint", trusted}), "INT-036", 0);
}

BOOST_AUTO_TEST_CASE(the_end_rewritten_and_its_checkpoints_removed) {
    Ledger forged = genuine;
    forged.edit(400, [](Entry& entry) { entry.state->opted_in = true; });
    forged.rechain(401);
    Tables altered = tables_of(forged, {});
    for (merkle::Size const size : {100, 300}) altered.checkpoints[size] = genuine.note_at(size);
    auto const alone = verify(altered);
    BOOST_TEST(alone.exit_code == 0, alone.text);  // nothing was asked of the signatures, and nothing is called intact
    BOOST_TEST((alone.first_unsigned == 300), alone.text);
    BOOST_TEST(alone.report.string("verdict") != "intact", alone.text);
    write_file((dir / "older").string(), genuine.note_at(300));
    std::vector<std::vector<std::string>> const asked = {
        {"--key", key}, {"--pin", pin}, {"--trusted-checkpoint", (dir / "older").string()}, {"--key", key, "--pin", pin}};
    for (auto const& arguments : asked) {
        auto const verdict = verify(altered, arguments);
        BOOST_TEST(verdict.exit_code == 3, verdict.text);
        BOOST_TEST((verdict.first_unsigned == 300), verdict.text);
    }
    // The pin of those runs vouches for nothing beyond the signature: the genuine ledger continues it.
    BOOST_TEST(verify(tables(), {"--pin", pin}).exit_code == 0);
    is_tampering(verify(altered, {"--pin", pin}), "INT-036", 300);
    is_tampering(verify(altered, {"--trusted-checkpoint", trusted}), "INT-036", 300);
}

BOOST_AUTO_TEST_CASE(rechained_and_signed_with_another_key) {
    Ledger forged = rewritten();
    auto const thief = make_signer(2);
    Tables altered = tables_of(forged, {});
    for (merkle::Size const size : {merkle::Size{100}, merkle::Size{300}, entries}) {
        altered.checkpoints[size] = sign_checkpoint(forged.checkpoint_at(size), *thief);
    }
    is_tampering(verify(altered), "INT-030", 99);  // entry 0 still names the true key

    forged.edit(0, [&](Entry& entry) { entry.data.set("key", vkey_of(*thief)); });
    forged.rechain(1);
    altered = tables_of(forged, {});
    for (merkle::Size const size : {merkle::Size{100}, merkle::Size{300}, entries}) {
        altered.checkpoints[size] = sign_checkpoint(forged.checkpoint_at(size), *thief);
    }
    BOOST_TEST(verify(altered).text.find("key taken from the ledger itself") != std::string::npos);
    is_tampering(verify(altered, {"--key", key}), "INT-039", 0);
    is_tampering(verify(altered, {"--trusted-checkpoint", trusted}), "INT-036", 599);
}

BOOST_AUTO_TEST_CASE(truncated) {
    Ledger shorter = genuine;
    shorter.lines.resize(450);
    Tables const altered = tables_of(shorter, {100, 300});
    BOOST_TEST(verify(altered).exit_code == 0);  // the bare file cannot know, and says so
    is_tampering(verify(altered, {"--trusted-checkpoint", trusted}), "INT-037", 450);
    verify(tables(), {"--pin", pin});
    is_tampering(verify(altered, {"--pin", pin}), "INT-037", 450);
}

BOOST_AUTO_TEST_CASE(truncated_and_resumed) {
    verify(tables(), {"--pin", pin});
    Ledger other = genuine;
    other.lines.resize(598);
    Ledger resumed = large_ledger(597);
    resumed.add(account_draft("actor.defined", {{"actor", "agent-1"}}));
    for (int i = 0; i < 20; ++i) resumed.add(account_draft("actor.defined", {{"actor", "agent-2"}}));
    auto const verdict = verify(tables_of(resumed, {100, 300, resumed.size()}), {"--pin", pin});
    BOOST_TEST(verdict.exit_code == 1);
    BOOST_TEST(verdict.ids.contains("INT-036"), verdict.text);
    BOOST_TEST((verdict.first_bad == 300), verdict.text);
}

BOOST_AUTO_TEST_CASE(an_altered_tile) {
    Tables altered = tables();
    altered.tiles[{0, 1}][32 * 10 + 3] ^= 1;
    is_tampering(verify(altered), "INT-020", 266);
}

BOOST_AUTO_TEST_CASE(a_removed_tile) {
    Tables altered = tables();
    altered.tiles.erase({0, 1});
    is_tampering(verify(altered), "INT-021", 256);
}

BOOST_AUTO_TEST_CASE(an_altered_checkpoint) {
    Tables altered = tables();
    std::string& note = altered.checkpoints[300];
    note[note.find('\n') + 1] = '4';  // states size 400
    is_tampering(verify(altered), "INT-030", 299);
    altered = tables();
    Checkpoint other = genuine.checkpoint_at(300);
    other.root = sha256("another root");
    altered.checkpoints[300] = sign_checkpoint(other, genuine.signer());
    is_tampering(verify(altered), "INT-031", 100);
}

BOOST_AUTO_TEST_CASE(edited_in_place_after_taking_the_guards_off) {
    write_database(database, tables());
    {
        auto owner = must(sqlite::Connection::open_owner(database, sqlite::Settings{}, ledger_identity));
        must(
            owner.exec("DROP TRIGGER entries_keep; UPDATE entries SET entry = replace(entry, 'stop', 'spot') WHERE seq = 321"));
    }
    auto const verdict = run_verifier({database});
    is_tampering(verdict, "INT-051", 321);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(ndjson, Fixture)

BOOST_AUTO_TEST_CASE(exports) {
    std::string const file = (dir / "export.ndjson").string();
    std::string const trailer = trailer_of(genuine);
    auto const verify_lines = [&](std::vector<std::string> const& lines, std::vector<std::string> arguments = {}) {
        write_file(file, ndjson_of(lines, trailer));
        arguments.insert(arguments.begin(), file);
        return run_verifier(arguments);
    };
    BOOST_TEST(verify_lines(genuine.lines, {"--key", key, "--trusted-checkpoint", trusted}).exit_code == 0);

    auto edited = genuine;
    edited.edit(250, [](Entry& entry) { entry.recorded_at += 1; });
    is_tampering(verify_lines(edited.lines), "INT-005", 250);

    auto deleted = genuine.lines;
    deleted.erase(deleted.begin() + 250);
    is_tampering(verify_lines(deleted), "INT-003", 250);

    auto swapped = genuine.lines;
    std::swap(swapped[250], swapped[251]);
    is_tampering(verify_lines(swapped), "INT-003", 250);

    auto repeated = genuine.lines;
    repeated.insert(repeated.begin() + 251, repeated[250]);
    is_tampering(verify_lines(repeated), "INT-004", 250);

    is_tampering(verify_lines(rewritten().lines, {"--key", key}), "INT-031", 0);

    // The end rewritten under an older signature: an export's last line covers all of its entries, or contradicts them.
    json::Object const older{{"entries", 600}, {"first_seq", 0}, {"last_seq", 599}, {"checkpoint", genuine.note_at(300)}};
    Ledger end = genuine;
    end.edit(400, [](Entry& entry) { entry.state->opted_in = true; });
    end.rechain(401);
    write_file(file, ndjson_of(end.lines, json::write(json::Value(json::Object{{"trailer", older}}))));
    is_tampering(run_verifier({file}), "INT-033", 300);
    is_tampering(run_verifier({file, "--key", key}), "INT-033", 300);

    auto cut = genuine.lines;
    cut.resize(450);
    is_tampering(verify_lines(cut), "INT-032", 450);
    write_file(file, ndjson_of(cut, ""));
    BOOST_TEST(run_verifier({file}).exit_code == 3);
    is_tampering(run_verifier({file, "--trusted-checkpoint", trusted}), "INT-037", 450);
}

BOOST_AUTO_TEST_SUITE_END()
