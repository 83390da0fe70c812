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
