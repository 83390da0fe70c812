// Evidence bundles with the real program over real files: a sound one is exit 0, and every file of it, altered by one who does not know of digests
// and by one who makes them fit again, is exit 1.
#include "tests/support/bundle_builder.hpp"
#include "tests/tamper/run_verifier.hpp"

using namespace cl;
using namespace cl::test;

namespace {

struct Fixture {
    TempDir dir;
    Story story = small_story();
    std::string key = (dir / "ledger.vkey").string();
    std::string path = (dir / "bundle.zip").string();

    Fixture() { write_file(key, vkey_of(story.ledger.signer()) + "\n"); }
    BundleMaker of(std::string const& phone) {
        BundleAsked asked;
        asked.contact = story.contact(phone);
        return BundleMaker(story, asked);
    }
    Verdict verify(BundleMaker const& bundle, std::vector<std::string> arguments = {}) const {
        write_file(path, bundle.zip());
        arguments.push_back(path);
        return run_verifier(arguments);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(bundle, Fixture)

BOOST_AUTO_TEST_CASE(untouched) {
    auto const verdict = verify(of("+15550100002"), {"--key", key});
    BOOST_TEST(verdict.exit_code == 0, verdict.text);
    BOOST_TEST(verdict.report.string("source") == "evidence bundle");
    BOOST_TEST(verdict.text.find("are all entries of contact") != std::string::npos, verdict.text);
    BOOST_TEST(verdict.text.find("5550100002") == std::string::npos);  // no number in a report
}

BOOST_AUTO_TEST_CASE(every_file_without_its_last_byte) {
    BundleMaker const sound = of("+15550100002");
    for (BundleFile const& file : sound.files) {
        if (file.name == "certificate.txt" || file.name == "custody.csv" || file.content.empty()) continue;
        BundleMaker altered = sound;
        altered[file.name].pop_back();
        BOOST_TEST(verify(altered).exit_code == 1, file.name);
    }
}

BOOST_AUTO_TEST_CASE(every_line_left_out_with_new_digests) {
    BundleMaker const sound = of("+15550100002");
    for (std::string const name : {"data/entries.ndjson", "data/context.ndjson", "data/proofs/inclusion.ndjson",
                                   "data/openings.ndjson", "data/contacts.ndjson"}) {
        std::string const content = BundleMaker(sound)[name];
        auto const lines = static_cast<std::size_t>(std::count(content.begin(), content.end(), '\n'));
        BOOST_TEST(lines > 0U);
        for (std::size_t line = 0; line < lines; ++line) {
            BundleMaker altered = sound;
            altered.drop_line(name, line);
            altered.seal();
            auto const verdict = verify(altered, {"--key", key});
            BOOST_TEST(verdict.exit_code == 1, name << " line " << line << "\n" << verdict.text);
            BOOST_TEST(verdict.text.find("\"proven\":[]") != std::string::npos, verdict.text);
        }
    }
}

BOOST_AUTO_TEST_CASE(any_byte_of_the_evidence_with_new_digests) {
    // Whoever makes all digests fit again is caught by what the log committed to.
    BundleMaker const sound = of("+15550100002");
    for (std::string const name : {"data/entries.ndjson", "data/proofs/inclusion.ndjson", "data/checkpoint", "data/keys.json",
                                   "data/openings.ndjson", "data/contacts.ndjson", "data/manifest.json"}) {
        std::size_t const size = BundleMaker(sound)[name].size();
        for (std::size_t at = 7; at < size; at += size / 12 + 1) {
            BundleMaker altered = sound;
            char& byte = altered[name][at];
            byte = static_cast<char>(byte ^ 1);
            altered.seal();
            bool const of_program =
                name == "data/manifest.json" && altered[name].find("\"program\":\"a test\"") == std::string::npos;
            auto const verdict = verify(altered, {"--key", key});
            BOOST_TEST((verdict.exit_code == 1 || of_program), name << " byte " << at << "\n" << verdict.text);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_forged_ledger_needs_the_key) {
    // All of it made up, and signed with another key: only who has the real key can tell.
    Story forged = small_story();
    forged.ledger = Ledger(7);
    forged.ledger.add(account_draft("account.defined", {}));
    forged.vault = {};
    forged.stop(forged.contact("+15550100002"));
    BundleAsked asked;
    asked.contact = forged.contact("+15550100002");
    BundleMaker const bundle(forged, asked);
    auto const trusting = verify(bundle);
    BOOST_TEST(trusting.exit_code == 0, trusting.text);
    BOOST_TEST(trusting.text.find("key taken from the bundle itself") != std::string::npos);
    auto const verdict = verify(bundle, {"--key", key});
    BOOST_TEST(verdict.exit_code == 1, verdict.text);
    BOOST_TEST(verdict.ids.contains("INT-039"));
}

BOOST_AUTO_TEST_CASE(no_bundle_at_all) {
    write_file(path, std::string("PK\x03\x04", 4) + std::string(100, 'x'));
    BOOST_TEST(run_verifier({path}).exit_code == 3);
    BOOST_TEST(run_verifier({(dir / "nothing.zip").string()}).exit_code == 3);
}

BOOST_AUTO_TEST_SUITE_END()
