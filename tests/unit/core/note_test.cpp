// C2SP signed-note: the specification's example, and what a strict reader refuses.
#include "ledger/core/note.hpp"

#include "ledger/core/limits.hpp"
#include "tests/unit/core/samples.hpp"

namespace cl::note {
namespace {

// c2sp.org/signed-note, "Example".
constexpr char const* spec_vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
constexpr char const* spec_text = "This is an example message.\n";
constexpr char const* spec_line =
    "\xe2\x80\x94 example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

std::string spec_note() {
    return std::string(spec_text) + "\n" + spec_line;
}

VerifierKey key_of(std::string_view name, Signer const& signer) {
    return make_key(name, signer.public_key()).value();
}

BOOST_AUTO_TEST_SUITE(note_)

BOOST_AUTO_TEST_CASE(the_specifications_example_verifies) {
    auto const key = parse_vkey(spec_vkey).value();
    BOOST_TEST(key.name == "example.com/foo");
    BOOST_TEST(key.id == 0x530d903aU);
    BOOST_TEST(to_vkey(key) == spec_vkey);
    BOOST_CHECK(make_key(key.name, key.key).value() == key);
    auto const note = parse(spec_note()).value();
    BOOST_TEST(note.text == spec_text);
    BOOST_REQUIRE(note.signatures.size() == 1U);
    BOOST_TEST(note.signatures[0].bytes.size() == 64U);
    BOOST_TEST(verify(note, {key}).has_value());
}

BOOST_AUTO_TEST_CASE(signs_what_it_verifies) {
    Ed25519Signer const signer(test::counting_secret(0));
    std::string const text = "first\n\nsecond, after an empty line\n";
    auto const note = parse(sign(text, "ledger.example/a", signer)).value();
    BOOST_TEST(note.text == text);
    BOOST_TEST(verify(note, {key_of("ledger.example/a", signer)}).has_value());
    BOOST_CHECK_THROW((void)sign("no newline", "ledger.example/a", signer), std::logic_error);
    BOOST_CHECK_THROW((void)sign("text\n", "two words", signer), std::logic_error);
}

BOOST_AUTO_TEST_CASE(unknown_keys_are_ignored_and_known_ones_must_verify) {
    Ed25519Signer const ours(test::counting_secret(0));
    Ed25519Signer const theirs(test::counting_secret(1));
    auto const our_key = key_of("ours", ours);
    auto const their_key = key_of("theirs", theirs);
    std::string const good = sign("text\n", "ours", ours);
    std::string const other_line = sign("text\n", "theirs", theirs).substr(6);
    std::string const wrong_line = sign("another text\n", "theirs", theirs).substr(14);

    BOOST_TEST(verify(parse(good + other_line).value(), {our_key}).has_value());
    BOOST_TEST(verify(parse(good + other_line).value(), {our_key, their_key}).has_value());
    BOOST_TEST(verify(parse(good + wrong_line).value(), {our_key}).has_value());
    BOOST_CHECK(verify(parse(good + wrong_line).value(), {our_key, their_key}).error().code == errc::signature_invalid);
    BOOST_CHECK(verify(parse(good).value(), {their_key}).error().code == errc::signature_invalid);
    BOOST_CHECK(verify(parse(good).value(), {}).error().code == errc::signature_invalid);
    // The same key under another name is another key.
    BOOST_CHECK(verify(parse(good).value(), {key_of("others", ours)}).error().code == errc::signature_invalid);
}

BOOST_AUTO_TEST_CASE(each_changed_bit_of_text_or_signature_shows) {
    auto const key = parse_vkey(spec_vkey).value();
    auto note = parse(spec_note()).value();
    for (std::size_t i = 0; i < note.text.size(); ++i) {
        Note changed = note;
        changed.text[i] = static_cast<char>(changed.text[i] ^ 1);
        BOOST_CHECK(verify(changed, {key}).error().code == errc::signature_invalid);
    }
    for (std::size_t i = 0; i < note.signatures[0].bytes.size(); ++i) {
        Note changed = note;
        changed.signatures[0].bytes[i] = static_cast<char>(changed.signatures[0].bytes[i] ^ 1);
        BOOST_CHECK(verify(changed, {key}).error().code == errc::signature_invalid);
    }
    note.signatures[0].bytes.pop_back();
    BOOST_CHECK(verify(note, {key}).error().code == errc::signature_invalid);
}

BOOST_AUTO_TEST_CASE(refuses_what_is_no_note) {
    std::string const line = spec_line;
    std::string const dash = "\xe2\x80\x94 ";
    std::pair<char const*, std::string> const cases[] = {
        {"empty", ""},
        {"no blank line", "text\n" + line},
        {"no signature", "text\n\n"},
        {"nothing but text", "text\n"},
        {"no last newline", spec_note().substr(0, spec_note().size() - 1)},
        {"a line more", spec_note() + "more\n"},
        {"an empty line at the end", spec_note() + "\n"},
        {"a hyphen for the dash", "text\n\n- name AAAAAAA=\n"},
        {"no name", "text\n\n" + dash + " AAAAAAA=\n"},
        {"no base64", "text\n\n" + dash + "name\n"},
        {"empty base64", "text\n\n" + dash + "name \n"},
        {"key id only", "text\n\n" + dash + "name AAAAAA==\n"},
        {"bad base64", "text\n\n" + dash + "name AAAAAA*=\n"},
        {"bits left over", "text\n\n" + dash + "name AAAAAAB=\n"},
        {"+ in the name", "text\n\n" + dash + "na+me AAAAAAA=\n"},
        {"no-break space in the name", "text\n\n" + dash + "na\xc2\xa0me AAAAAAA=\n"},
        {"two spaces", "text\n\n" + dash + "name  AAAAAAA=\n"},
        {"control character", "te\txt\n\n" + line},
        {"carriage return", "text\r\n\n" + line},
        {"NUL", std::string("te\0xt\n\n", 7) + line},
        {"not UTF-8", "te\xffxt\n\n" + line},
    };
    for (auto const& [what, text] : cases) {
        BOOST_TEST_CONTEXT(what) {
            BOOST_REQUIRE(!parse(text));
            BOOST_CHECK(parse(text).error().code == errc::note_malformed);
        }
    }
    BOOST_TEST(parse("text\n\n" + dash + "name AAAAAAA=\n").has_value());
}

BOOST_AUTO_TEST_CASE(length_and_signatures_are_limited) {
    std::string note = "text\n\n";
    for (std::size_t i = 0; i < limits::note_signatures; ++i) note += spec_line;
    BOOST_TEST(parse(note).value().signatures.size() == limits::note_signatures);
    BOOST_CHECK(parse(note + spec_line).error().code == errc::note_malformed);
    std::string const tail = std::string("\n\n") + spec_line;
    BOOST_TEST(parse(std::string(limits::note_bytes - tail.size(), 'x') + tail).has_value());
    BOOST_CHECK(parse(std::string(limits::note_bytes - tail.size() + 1, 'x') + tail).error().code == errc::note_malformed);
}

BOOST_AUTO_TEST_CASE(refuses_what_is_no_vkey) {
    std::string const good = spec_vkey;
    std::string const encoded = good.substr(25);
    std::string const short_key = to_base64(std::string("\x01", 1) + std::string(31, 'k'));
    std::string const ecdsa = to_base64(std::string("\x02", 1) + std::string(32, 'k'));
    for (auto const& text :
         {std::string(), std::string("name"), std::string("name+00000000"), "+530d903a+" + encoded,
          "example.com/bar+530d903a+" + encoded, "example.com/foo+530d903b+" + encoded, "example.com/foo+530D903A+" + encoded,
          "example.com/foo+530d903+" + encoded, "example.com/foo+530d903a00+" + encoded, good + "=", good + "\n", " " + good,
          "example.com/foo+530d903a+" + short_key, "example.com/foo+530d903a+" + ecdsa,
          std::string("example.com/foo+530d903a")}) {
        BOOST_TEST_CONTEXT(text) {
            BOOST_REQUIRE(!parse_vkey(text));
            BOOST_CHECK(parse_vkey(text).error().code == errc::note_malformed);
        }
    }
}

BOOST_AUTO_TEST_CASE(names_have_no_space_and_no_plus) {
    std::array<std::uint8_t, 32> const key{};
    for (auto const* name : {"a", "ledger.example/a", "\xc3\xb6", "a:b_c-d"}) {
        BOOST_TEST_CONTEXT(name) {
            BOOST_TEST(make_key(name, key).has_value());
        }
    }
    for (auto const* name : {"", " ", "a b", "a+b", "a\n", "a\tb", "\xc2\x85",
                             "a\xe2\x80\x83"
                             "b",
                             "\xe3\x80\x80", "\xff"}) {
        BOOST_TEST_CONTEXT(name) {
            BOOST_REQUIRE(!make_key(name, key));
            BOOST_CHECK(make_key(name, key).error().code == errc::invalid);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::note
