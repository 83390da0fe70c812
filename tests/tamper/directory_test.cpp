// A data directory: its file head sees what a bare ledger.db cannot; and the command line's own failures.
#include "tests/tamper/run_verifier.hpp"

using namespace cl;
using namespace cl::test;

namespace {

struct Fixture {
    TempDir dir;
    Ledger genuine = large_ledger(600);

    Fixture() { write(genuine, head_of(genuine.note_at(599), genuine.note())); }
    void write(Ledger const& ledger, std::string const& head) const {
        write_database(dir / "ledger.db", tables_of(ledger, {100, 300}));
        write_file(dir / "head", head);
    }
    [[nodiscard]] Verdict verify(std::vector<std::string> arguments = {}) const {
        arguments.insert(arguments.begin(), dir.path().string());
        return run_verifier(arguments);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(directory, Fixture)

BOOST_AUTO_TEST_CASE(untouched) {
    BOOST_TEST(verify().exit_code == 0);
}

BOOST_AUTO_TEST_CASE(an_older_ledger_under_its_head) {
    Ledger older = genuine;
    older.lines.resize(450);
    write(older, head_of(genuine.note_at(599), genuine.note()));
    is_tampering(verify(), "INT-032", 450);
}

BOOST_AUTO_TEST_CASE(a_rewritten_end_under_its_head) {
    Ledger forged = genuine;
    forged.edit(500, [](Entry& entry) { entry.recorded_at += 1; });
    forged.rechain(501);
    write(forged, head_of(genuine.note_at(599), genuine.note()));
    is_tampering(verify(), "INT-031", 300);
}

BOOST_AUTO_TEST_CASE(the_end_rewritten_under_an_older_head) {
    // Two genuine notes out of the ledger's own past in head, no checkpoint after them, the chain made to fit: no key needed.
    std::string const key = (dir / "ledger.vkey").string();
    write_file(key, vkey_of(genuine.signer()));
    Ledger forged = genuine;
    forged.edit(500, [](Entry& entry) { entry.state->opted_in = true; });
    forged.rechain(501);
    write(forged, head_of(genuine.note_at(100), genuine.note_at(300)));
    std::string const pin = (dir / "pin").string();
    for (std::vector<std::string> const& arguments :
         {std::vector<std::string>{}, {"--key", key}, {"--pin", pin}, {"--fail-on", "never"}, {"-q"}}) {
        auto const verdict = verify(arguments);
        BOOST_TEST(verdict.exit_code == 3, verdict.text);
        BOOST_TEST((verdict.first_unsigned == 300), verdict.text);
    }
    // The same file alone: no pass where a signature is asked for, and never called intact.
    auto const bare = run_verifier({(dir / "ledger.db").string(), "--key", key});
    BOOST_TEST(bare.exit_code == 3, bare.text);
    BOOST_TEST((bare.first_unsigned == 300), bare.text);
    auto const alone = run_verifier({(dir / "ledger.db").string()});
    BOOST_TEST(alone.exit_code == 0, alone.text);
    BOOST_TEST(alone.report.string("verdict") == "findings", alone.text);
    BOOST_TEST((alone.first_unsigned == 300), alone.text);
    // What the older head led to pin is all genuine.
    write(genuine, head_of(genuine.note_at(599), genuine.note()));
    BOOST_TEST(verify({"--pin", pin}).exit_code == 0);
}

BOOST_AUTO_TEST_CASE(checkpoints_and_the_end_of_head_removed) {
    Ledger forged = genuine;
    forged.edit(200, [](Entry& entry) { entry.state->opted_in = true; });
    forged.rechain(201);
    write_database(dir / "ledger.db", tables_of(forged, {}));
    write_file(dir / "head", head_of(genuine.note_at(1), genuine.note_at(100)));
    auto const verdict = verify();
    BOOST_TEST(verdict.exit_code == 3, verdict.text);
    BOOST_TEST((verdict.first_unsigned == 100), verdict.text);
}

BOOST_AUTO_TEST_CASE(altered_slots) {
    write(genuine, head_of(genuine.note_at(599), sign_checkpoint(genuine.checkpoint_at(600), *make_signer(2))));
    is_tampering(verify(), "INT-030", 599);
    std::string damaged = head_of(genuine.note_at(599), genuine.note());
    damaged[30] = static_cast<char>(damaged[30] ^ 1);
    write(genuine, damaged);
    BOOST_TEST(verify().exit_code == 3);
    damaged[head_slots::slot_bytes + 30] = static_cast<char>(damaged[head_slots::slot_bytes + 30] ^ 1);
    write(genuine, damaged);
    auto const both = verify();
    BOOST_TEST(both.exit_code == 1);
    BOOST_TEST(both.ids.contains("INT-035"));
}

BOOST_AUTO_TEST_CASE(a_directory_put_back_whole_is_seen_by_the_pin_alone) {
    std::string const pin = (dir / "pin").string();
    BOOST_TEST(verify({"--pin", pin}).exit_code == 0);
    Ledger older = genuine;
    older.lines.resize(450);
    write(older, head_of(older.note_at(449), older.note()));
    BOOST_TEST(verify().exit_code == 0);
    is_tampering(verify({"--pin", pin}), "INT-037", 450);
}

BOOST_AUTO_TEST_CASE(no_head_and_no_ledger) {
    std::filesystem::remove(dir / "head");
    BOOST_TEST(verify().exit_code == 3);
    std::filesystem::remove(dir / "ledger.db");
    BOOST_TEST(verify().exit_code == 3);
}

BOOST_AUTO_TEST_CASE(usage_is_exit_2) {
    std::string const path = dir.path().string();
    BOOST_TEST(run_verifier({}).exit_code == 2);
    BOOST_TEST(run_verifier({path, "--no-such-option"}).exit_code == 2);
    BOOST_TEST(run_verifier({path, "--fail-on", "sometimes"}).exit_code == 2);
    BOOST_TEST(run_verifier({path, "--at", "2026-11-23T10:00:00"}).exit_code == 2);
    BOOST_TEST(run_verifier({path, path}).exit_code == 2);
    BOOST_TEST(run_verifier({path, "--format", "xml"}).exit_code == 2);
}

BOOST_AUTO_TEST_SUITE_END()
