// C2SP tlog-checkpoint: three lines, exactly.
#include "ledger/core/note.hpp"
#include "tests/unit/core/samples.hpp"

namespace cl {
namespace {

constexpr char const* origin = "ledger.example/a";
constexpr char const* root_line = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

Checkpoint sample() {
    return Checkpoint{origin, 20'852'163, hash_from_bytes(from_base64(root_line).value()).value()};
}

BOOST_AUTO_TEST_SUITE(checkpoint)

BOOST_AUTO_TEST_CASE(text_is_three_lines) {
    std::string const text = "ledger.example/a\n20852163\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
    BOOST_TEST(checkpoint_text(sample()) == text);
    BOOST_CHECK(parse_checkpoint_text(text).value() == sample());
    Checkpoint const empty{origin, 0, merkle::empty_root()};
    BOOST_CHECK(parse_checkpoint_text(checkpoint_text(empty)).value() == empty);
    Checkpoint const largest{origin, std::numeric_limits<merkle::Size>::max(), Hash32{}};
    BOOST_CHECK(parse_checkpoint_text(checkpoint_text(largest)).value() == largest);
}

BOOST_AUTO_TEST_CASE(refuses_other_texts) {
    std::string const root = root_line;
    for (auto const& text : {std::string(),
                             std::string("a"),
                             std::string("a\n"),
                             std::string("a\n1\n"),
                             "a\n1\n" + root,
                             "\n1\n" + root + "\n",
                             "a\n01\n" + root + "\n",
                             "a\n00\n" + root + "\n",
                             "a\n-1\n" + root + "\n",
                             "a\n+1\n" + root + "\n",
                             "a\n1 \n" + root + "\n",
                             "a\n1.0\n" + root + "\n",
                             "a\n0x1\n" + root + "\n",
                             "a\n\n" + root + "\n",
                             "a\n9223372036854775808\n" + root + "\n",
                             std::string("a\n1\n47DE\n"),
                             "a\n1\n" + root.substr(0, 43) + "\n",
                             "a\n1\n" + root + "=\n",
                             std::string("a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n"),
                             "a\n1\n" + root + "\nextension\n",
                             "a\n1\n" + root + "\n\n",
                             "a\r\n1\r\n" + root + "\r\n"}) {
        BOOST_TEST_CONTEXT(text) {
            BOOST_REQUIRE(!parse_checkpoint_text(text));
            BOOST_CHECK(parse_checkpoint_text(text).error().code == errc::note_malformed);
        }
    }
}

BOOST_AUTO_TEST_CASE(opens_with_the_origins_key_only) {
    Ed25519Signer const signer(test::counting_secret(0));
    Ed25519Signer const other(test::counting_secret(1));
    std::string const note = sign_checkpoint(sample(), signer);
    auto const key = note::make_key(origin, signer.public_key()).value();
    BOOST_CHECK(open_checkpoint(note, key).value() == sample());
    BOOST_CHECK(read_checkpoint(note).value() == sample());

    auto const wrong_key = note::make_key(origin, other.public_key()).value();
    BOOST_CHECK(open_checkpoint(note, wrong_key).error().code == errc::signature_invalid);
    std::string altered = note;
    altered[std::string(origin).size() + 1] = '3';
    BOOST_CHECK(open_checkpoint(altered, key).error().code == errc::signature_invalid);
    BOOST_TEST(read_checkpoint(altered).value().size == 30'852'163);
    // A valid signature of a key of another name says nothing about this origin.
    auto const elsewhere = note::make_key("elsewhere", signer.public_key()).value();
    std::string const foreign = note::sign(checkpoint_text(sample()), "elsewhere", signer);
    BOOST_CHECK(open_checkpoint(foreign, elsewhere).error().code == errc::signature_invalid);
}

BOOST_AUTO_TEST_CASE(refuses_notes_that_hold_no_checkpoint) {
    Ed25519Signer const signer(test::counting_secret(0));
    auto const key = note::make_key(origin, signer.public_key()).value();
    std::string const extended = note::sign(checkpoint_text(sample()) + "extension\n", origin, signer);
    BOOST_CHECK(open_checkpoint(extended, key).error().code == errc::note_malformed);
    BOOST_CHECK(read_checkpoint(extended).error().code == errc::note_malformed);
    BOOST_CHECK(read_checkpoint(checkpoint_text(sample())).error().code == errc::note_malformed);
    BOOST_CHECK(read_checkpoint("").error().code == errc::note_malformed);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl
