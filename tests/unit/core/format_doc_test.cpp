// docs/format.md says what the program does: its worked example is computed again, and its script is run.
#include "ledger/core/entry.hpp"
#include "ledger/core/note.hpp"
#include "ledger/core/sha256.hpp"
#include "tests/common/places.hpp"
#include "tests/common/temp_dir.hpp"
#include "tests/unit/core/samples.hpp"

#include <cstdlib>

namespace cl {
namespace {

constexpr char const* origin = "ledger.example/golden";

std::string document() {
    return test::file_text(test::source_dir() / "docs" / "format.md");
}

/// As the document breaks long hexadecimal: 96 digits a line.
std::string in_lines(std::string const& hex) {
    std::string out;
    for (std::size_t at = 0; at < hex.size(); at += 96) out += hex.substr(at, 96) + "\n";
    return out;
}

void check_says(std::string const& what) {
    BOOST_TEST(document().find("\n" + what + (what.ends_with('\n') ? "```" : "\n")) != std::string::npos,
               "docs/format.md does not say: " << what);
}

Entry first_entry(std::string const& vkey) {
    Entry entry;
    entry.recorded_at = parse_stored_time("2026-11-20T09:00:00.000Z").value();
    entry.kind = "ledger.created";
    entry.actor = Actor{"system", "init"};
    entry.data = {{"origin", origin},
                  {"key", vkey},
                  {"format", 1},
                  {"contact_key_check", to_hex(ContactKey(test::counting_secret(32)).check_value())}};
    return entry;
}

Entry second_entry(Hash32 const& prev) {
    Entry entry;
    entry.seq = 1;
    entry.prev = prev;
    entry.recorded_at = parse_stored_time("2026-11-20T09:00:00.250Z").value();
    entry.account = "acme";
    entry.account_seq = 1;
    entry.kind = "account.defined";
    return entry;
}

/// The Python block that holds the marker.
std::string script() {
    std::string const text = document();
    std::string const start = "```python\n# check_export.py\n";
    auto const begin = text.find(start);
    BOOST_REQUIRE(begin != std::string::npos);
    auto const end = text.find("\n```\n", begin);
    BOOST_REQUIRE(end != std::string::npos);
    return text.substr(begin + 10, end + 1 - begin - 10);
}

BOOST_AUTO_TEST_SUITE(format_doc)

BOOST_AUTO_TEST_CASE(worked_example) {
    SecretBytes const seed = test::counting_secret(0);
    Ed25519Signer const signer(seed);
    auto const key = note::make_key(origin, signer.public_key()).value();
    std::string const entry0 = encode(first_entry(note::to_vkey(key))).value();
    std::string const entry1 = encode(second_entry(leaf_hash(entry0))).value();
    merkle::Frontier tree;
    for (std::string const& entry : {entry0, entry1}) {
        check_says(entry);
        check_says(in_lines(to_hex(entry)));
        check_says(to_hex(leaf_hash(entry)));
        BOOST_TEST(document().find("(" + std::to_string(entry.size()) + " bytes)") != std::string::npos);
        tree.append(leaf_hash(entry));
    }
    std::string const node =
        std::string("\x01") + std::string(leaf_hash(entry0).view()) + std::string(leaf_hash(entry1).view());
    BOOST_CHECK(sha256(node) == tree.root());
    check_says(in_lines(to_hex(node)));
    check_says(to_hex(tree.root()));
    check_says(to_base64(tree.root().view()));

    Checkpoint const checkpoint{origin, 2, tree.root()};
    check_says("seed        " + to_hex(std::string(seed.view().begin(), seed.view().end())));
    check_says("public key  " + to_hex(Hash32{signer.public_key()}));
    check_says("vkey        " + note::to_vkey(key));
    check_says(in_lines(to_hex(checkpoint_text(checkpoint))));
    check_says(sign_checkpoint(checkpoint, signer));
}

BOOST_AUTO_TEST_CASE(script_accepts_the_golden_ledger_and_sees_each_kind_of_damage) {
    test::TempDir const dir;
    test::write_file(dir / "check_export.py", script());
    std::string const good = test::file_text(test::source_dir() / "tests" / "golden" / "core" / "ledger.ndjson");
    auto const exit_is_zero = [&dir](std::string const& text) {
        test::write_file(dir / "export.ndjson", text);
        auto const command = "cd '" + dir.path().string() + "' && python3 check_export.py export.ndjson >out.txt 2>&1";
        return std::system(command.c_str()) == 0;
    };
    auto const replaced = [&good](std::string_view from, std::string_view to) {
        std::string text = good;
        auto const place = text.find(from);
        BOOST_REQUIRE(place != std::string::npos);
        return text.replace(place, from.size(), to);
    };
    BOOST_TEST(exit_is_zero(good));
    BOOST_TEST(test::read_file(dir / "out.txt").starts_with("5 entries"));
    auto const second_line = good.find('\n') + 1;
    auto const third_line = good.find('\n', second_line) + 1;
    BOOST_TEST(!exit_is_zero(replaced("\"keyword\":\"stop\"", "\"keyword\":\"help\"")));
    BOOST_TEST(!exit_is_zero(replaced("chg-991", "chg-992")));
    BOOST_TEST(!exit_is_zero(replaced("\"entries\":5", "\"entries\":4")));
    BOOST_TEST(!exit_is_zero(good.substr(0, second_line) + good.substr(third_line)));
    BOOST_TEST(!exit_is_zero(good.substr(second_line)));
    BOOST_TEST(!exit_is_zero(good.substr(0, good.size() - 1)));
    BOOST_TEST(!exit_is_zero(good + good.substr(0, second_line)));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl
