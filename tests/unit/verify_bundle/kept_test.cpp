// What the user brings: a key, checkpoints of earlier bundles, a pin; and a ledger that changed its key.
#include "tests/unit/verify_bundle/support.hpp"

using namespace cl;
using namespace cl::test;

namespace {

struct Fixture {
    TempDir dir;
    Story story = small_story();
    verify::Options options;

    verify::Report check(BundleMaker const& bundle) { return verify_zip(bundle.zip(), options); }
    void trust_key(std::uint8_t seed) {
        write_file(dir / "vkey", vkey_of(*make_signer(seed)) + "\n");
        options.key_file = dir / "vkey";
    }
    void trust_note(std::string const& note) {
        write_file(dir / "note", note);
        options.trusted = {dir / "note"};
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(what_the_user_keeps, Fixture)

BOOST_AUTO_TEST_CASE(a_key) {
    BundleMaker const bundle(story, of_account());
    trust_key(1);
    auto const report = check(bundle);
    BOOST_TEST(code_of(report) == 0, to_text(report, false));
    BOOST_TEST(!says(report, "key taken from the bundle itself"));
    trust_key(7);
    auto const other = check(bundle);
    BOOST_TEST((ids_of(other) == std::set<std::string>{"INT-030", "INT-039"}), to_text(other, false));
}

BOOST_AUTO_TEST_CASE(the_checkpoint_of_an_earlier_bundle) {
    BundleMaker const first(story, of_account());
    Story later = first.whole();
    later.stop(later.contact("+15550100001"));
    BundleAsked asked = of_account();
    asked.earlier = {first.issued + 1};
    BundleMaker const second(later, asked);
    trust_note(later.ledger.note_at(first.issued + 1));
    auto const report = check(second);
    BOOST_TEST(code_of(report) == 0, to_text(report, false));
    BOOST_TEST(says(report, "The log continues what you kept"), to_text(report, false));

    // The proofs taken out, and the list of earlier bundles emptied: that is not seen, and is said; whoever has the earlier one is not told yes.
    BundleMaker stripped(later, asked);
    stripped["data/proofs/consistency.ndjson"].clear();
    stripped.change("data/manifest.json", "\"earlier\":[" + std::to_string(first.issued + 1) + "]", "\"earlier\":[]");
    stripped.seal();
    auto const without = check(stripped);
    BOOST_TEST(code_of(without) == 3, to_text(without, false));
    options.trusted.clear();
    auto const alone = check(stripped);
    BOOST_TEST(code_of(alone) == 0, to_text(alone, false));
    BOOST_TEST(says(alone, "That no bundle of this scope was issued before: nothing signed says which were"),
               to_text(alone, false));
    BOOST_TEST(says(check(second), "That no other bundle of this scope was issued before"));

    trust_note(later.ledger.note_at(first.issued));  // no proof leads from there
    auto const unknown = check(second);
    BOOST_TEST(code_of(unknown) == 3, to_text(unknown, false));
    BOOST_TEST(says(unknown, "not compared"));

    Story other = small_story();
    other.stop(other.contact("+15550100009"));
    trust_note(other.ledger.note_at(first.issued + 1));  // another history of that size, signed with the key
    BOOST_TEST((ids_of(check(second)) == std::set<std::string>{"INT-036"}));

    Ledger const forged(7);
    trust_note(forged.note_at(1));
    BOOST_TEST((ids_of(check(second)) == std::set<std::string>{"INT-036"}));
}

BOOST_AUTO_TEST_CASE(its_own_checkpoint) {
    BundleMaker const bundle(story, of_account());
    trust_note(bundle.whole().ledger.note());
    BOOST_TEST(code_of(check(bundle)) == 0);
}

BOOST_AUTO_TEST_CASE(a_pin) {
    options.pin_file = dir / "pin";
    BundleMaker const first(story, of_account());
    auto const made = check(first);
    BOOST_TEST(code_of(made) == 0, to_text(made, false));
    BOOST_TEST((made.pin == verify::PinStatus::created));
    BOOST_TEST((check(first).pin == verify::PinStatus::unchanged));
    BundleAsked asked = of_account();
    asked.earlier = {first.issued + 1};
    auto const moved = check(BundleMaker(first.whole(), asked));
    BOOST_TEST(code_of(moved) == 0, to_text(moved, false));
    BOOST_TEST((moved.pin == verify::PinStatus::advanced));
    auto const older = check(first);  // older than the pin now
    BOOST_TEST(code_of(older) == 3);
    BOOST_TEST((older.pin == verify::PinStatus::kept));
}

BOOST_AUTO_TEST_CASE(another_name_after_a_restore) {
    Entry restored;
    restored.kind = "ledger.restored";
    std::string const renamed = "ledger.example/after";
    restored.data = {{"origin", renamed}, {"key", vkey_of(story.ledger.signer(), renamed)}};
    Seq const at = story.ledger.add(restored);
    BundleAsked asked = of_account();
    asked.name = renamed;
    BundleMaker bundle(story, asked);
    json::Array const keys{json::Object{{"vkey", vkey_of(story.ledger.signer())}, {"from_seq", 0}, {"to_seq", at - 1}},
                           json::Object{{"vkey", vkey_of(story.ledger.signer(), renamed)}, {"from_seq", at}}};
    bundle["data/keys.json"] = json::write(json::Object{{"origin", renamed}, {"keys", keys}});
    bundle.seal();
    auto const report = check(bundle);
    BOOST_TEST(code_of(report) == 0, to_text(report, false));
    trust_key(1);  // the name before, of the same key
    auto const before = check(bundle);
    BOOST_TEST(code_of(before) == 0, to_text(before, false));
    BOOST_TEST((before.key_from == verify::KeyFrom::file));
}

BOOST_AUTO_TEST_CASE(another_key_after_a_rotation) {
    auto const second = make_signer(2);
    Entry rotated;
    rotated.kind = "key.rotated";
    rotated.data = {{"old_key", vkey_of(story.ledger.signer())}, {"new_key", vkey_of(*second)}};
    Seq const at = story.ledger.add(rotated);
    BundleAsked asked = of_account();
    asked.signed_by = 2;
    BundleMaker bundle(story, asked);
    json::Array const keys{json::Object{{"vkey", vkey_of(story.ledger.signer())}, {"from_seq", 0}, {"to_seq", at - 1}},
                           json::Object{{"vkey", vkey_of(*second)}, {"from_seq", at}}};
    bundle["data/keys.json"] = json::write(json::Object{{"origin", std::string(origin)}, {"keys", keys}});
    bundle.seal();
    auto const report = check(bundle);
    BOOST_TEST(code_of(report) == 0, to_text(report, false));
    trust_key(1);  // the key before
    auto const before = check(bundle);
    BOOST_TEST(code_of(before) == 3, to_text(before, false));
    BOOST_TEST(says(before, "is one that this ledger used before"));
}

BOOST_AUTO_TEST_SUITE_END()
