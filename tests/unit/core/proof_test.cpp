// C2SP tlog-proof: a receipt that is checked offline.
#include "ledger/core/entry.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/core/note.hpp"
#include "ledger/core/sha256.hpp"
#include "tests/unit/core/samples.hpp"

namespace cl {
namespace {

constexpr char const* origin = "ledger.example/a";

/// A tree of three leaves and the receipt of its second.
struct Receipt {
    Ed25519Signer signer{test::counting_secret(0)};
    note::VerifierKey key = note::make_key(origin, signer.public_key()).value();
    std::array<Hash32, 3> leaves{leaf_hash("a"), leaf_hash("b"), leaf_hash("c")};
    TlogProof proof;

    Receipt() {
        merkle::Frontier tree;
        for (Hash32 const& leaf : leaves) tree.append(leaf);
        proof.index = 1;
        proof.hashes = {leaves[0], leaves[2]};
        proof.checkpoint = sign_checkpoint({origin, 3, tree.root()}, signer);
    }
};

BOOST_AUTO_TEST_SUITE(proof)

BOOST_AUTO_TEST_CASE(text_as_the_specification_lays_it_out) {
    Receipt const receipt;
    std::string const text = "c2sp.org/tlog-proof@v1\nindex 1\n" + to_base64(receipt.leaves[0].view()) + "\n" +
                             to_base64(receipt.leaves[2].view()) + "\n\n" + receipt.proof.checkpoint;
    BOOST_TEST(write_proof(receipt.proof) == text);
    auto const parsed = parse_proof(text).value();
    BOOST_TEST(parsed.index == 1);
    BOOST_CHECK(parsed.hashes == receipt.proof.hashes);
    BOOST_TEST(parsed.checkpoint == receipt.proof.checkpoint);
}

BOOST_AUTO_TEST_CASE(a_good_receipt_leads_to_its_checkpoint) {
    Receipt const receipt;
    auto const checkpoint = verify_proof(receipt.proof, receipt.leaves[1], receipt.key).value();
    BOOST_TEST(checkpoint.size == 3);
    BOOST_TEST(checkpoint.origin == origin);
}

BOOST_AUTO_TEST_CASE(each_part_of_a_receipt_counts) {
    Receipt const receipt;
    auto const code_of = [&](TlogProof const& proof, Hash32 const& leaf, note::VerifierKey const& key) {
        auto const result = verify_proof(proof, leaf, key);
        BOOST_REQUIRE(!result);
        return result.error().code;
    };
    BOOST_CHECK(code_of(receipt.proof, receipt.leaves[0], receipt.key) == errc::proof_invalid);
    TlogProof changed = receipt.proof;
    changed.index = 0;
    BOOST_CHECK(code_of(changed, receipt.leaves[1], receipt.key) == errc::proof_invalid);
    changed.index = 3;
    BOOST_CHECK(code_of(changed, receipt.leaves[1], receipt.key) == errc::proof_invalid);
    changed = receipt.proof;
    std::swap(changed.hashes[0], changed.hashes[1]);
    BOOST_CHECK(code_of(changed, receipt.leaves[1], receipt.key) == errc::proof_invalid);
    changed = receipt.proof;
    changed.hashes.push_back(Hash32{});
    BOOST_CHECK(code_of(changed, receipt.leaves[1], receipt.key) == errc::proof_invalid);
    changed.hashes.resize(1);
    BOOST_CHECK(code_of(changed, receipt.leaves[1], receipt.key) == errc::proof_invalid);
    Ed25519Signer const other(test::counting_secret(9));
    BOOST_CHECK(code_of(receipt.proof, receipt.leaves[1], note::make_key(origin, other.public_key()).value()) ==
                errc::signature_invalid);
    changed = receipt.proof;
    changed.checkpoint = "nonsense";
    BOOST_CHECK(code_of(changed, receipt.leaves[1], receipt.key) == errc::note_malformed);
}

BOOST_AUTO_TEST_CASE(refuses_other_texts) {
    Receipt const receipt;
    std::string const head = "c2sp.org/tlog-proof@v1\n";
    std::string const hash = to_base64(receipt.leaves[0].view()) + "\n";
    std::string const tail = "\n" + receipt.proof.checkpoint;
    std::string many;
    for (std::size_t i = 0; i <= limits::proof_hashes; ++i) many += hash;
    std::pair<char const*, std::string> const cases[] = {
        {"empty", ""},
        {"another version", "c2sp.org/tlog-proof@v2\nindex 1\n" + hash + tail},
        {"no index", head + hash + tail},
        {"extra line", head + "extra AAAA\nindex 1\n" + hash + tail},
        {"index with zeros", head + "index 01\n" + hash + tail},
        {"index below 0", head + "index -1\n" + hash + tail},
        {"index beyond", head + "index 9223372036854775808\n" + hash + tail},
        {"index empty", head + "index \n" + hash + tail},
        {"hash in hexadecimal", head + "index 1\n" + to_hex(receipt.leaves[0]) + "\n" + tail},
        {"hash of 31 bytes", head + "index 1\n" + to_base64(std::string(31, 'x')) + "\n" + tail},
        {"too many hashes", head + "index 1\n" + many + tail},
        {"no blank line", head + "index 1\n" + hash},
        {"no checkpoint", head + "index 1\n" + hash + "\n"},
        {"a note that is no checkpoint", head + "index 1\n" + hash + "\n" + note::sign("text\n", origin, receipt.signer)},
        {"carriage returns", "c2sp.org/tlog-proof@v1\r\nindex 1\r\n"},
    };
    for (auto const& [what, text] : cases) {
        BOOST_TEST_CONTEXT(what) {
            BOOST_REQUIRE(!parse_proof(text));
            BOOST_CHECK(parse_proof(text).error().code == errc::note_malformed);
        }
    }
    BOOST_TEST(parse_proof(head + "index 0\n" + tail).has_value());
    BOOST_TEST(parse_proof(head + "index 1\n" + many.substr(hash.size()) + tail).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl
