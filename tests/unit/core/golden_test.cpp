// The program against tests/golden/core, which a second implementation of docs/format.md made (make.py there).
#include "ledger/core/entry.hpp"
#include "ledger/core/note.hpp"
#include "ledger/core/sha256.hpp"
#include "ledger/core/tile.hpp"
#include "tests/common/places.hpp"
#include "tests/unit/core/samples.hpp"

namespace cl {
namespace {

/// The folder's two files, read.
struct Golden {
    json::Object vectors;
    std::vector<std::string> lines;  ///< the entries, without the trailer
    std::string trailer;
    std::vector<Hash32> leaves;

    Golden() {
        auto const folder = cl::test::source_dir() / "tests" / "golden" / "core";
        vectors = *json::parse(test::file_text(folder / "vectors.json"), 1'000'000).value().as_object();
        std::istringstream text(test::file_text(folder / "ledger.ndjson"));
        for (std::string line; std::getline(text, line);) lines.push_back(line);
        trailer = lines.back();
        lines.pop_back();
        for (std::string const& line : lines) leaves.push_back(leaf_hash(line));
    }
    [[nodiscard]] std::string text(std::string_view name) const { return std::string(vectors.string(name)); }
    [[nodiscard]] Hash32 hash(std::string_view name) const { return hash_from_hex(vectors.string(name)).value(); }
    [[nodiscard]] json::Array const& array(std::string_view name) const { return *vectors.find(name)->as_array(); }
    [[nodiscard]] Hash32 root(merkle::Size size) const {
        return hash_from_hex(*array("roots")[static_cast<std::size_t>(size)].as_string()).value();
    }
    /// Complete subtrees, computed from the leaves.
    [[nodiscard]] Result<Hash32> node(int level, merkle::Size index) const {
        merkle::Frontier tree;
        for (merkle::Size i = index << level; i < (index + 1) << level; ++i)
            tree.append(leaves.at(static_cast<std::size_t>(i)));
        return tree.root();
    }
};

std::vector<Hash32> hashes_of(json::Object const& proof) {
    std::vector<Hash32> hashes;
    for (json::Value const& hash : *proof.find("proof")->as_array()) hashes.push_back(hash_from_hex(*hash.as_string()).value());
    return hashes;
}

BOOST_FIXTURE_TEST_SUITE(golden, Golden)

BOOST_AUTO_TEST_CASE(entries_decode_and_encode_to_their_bytes) {
    BOOST_REQUIRE(lines.size() == 5U);
    Hash32 previous;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        BOOST_TEST_CONTEXT("entry " << i) {
            auto const entry = decode(lines[i]);
            BOOST_REQUIRE_MESSAGE(entry, entry.error().detail << " " << entry.error().pointer);
            BOOST_TEST(encode(*entry).value() == lines[i]);
            BOOST_TEST(entry->seq == static_cast<Seq>(i));
            BOOST_CHECK(entry->prev == previous);
            previous = leaf_hash(lines[i]);
            BOOST_TEST(to_hex(previous) == *array("leaf_hashes")[i].as_string());
        }
    }
}

BOOST_AUTO_TEST_CASE(trees_and_their_proofs) {
    merkle::Frontier tree;
    BOOST_CHECK(tree.root() == root(0));
    for (Hash32 const& leaf : leaves) {
        tree.append(leaf);
        BOOST_CHECK(tree.root() == root(tree.size()));
    }
    auto const read = [this](int level, merkle::Size index) { return node(level, index); };
    for (json::Value const& value : array("inclusion")) {
        json::Object const& proof = *value.as_object();
        auto const index = *proof.find("index")->as_int();
        auto const size = *proof.find("size")->as_int();
        BOOST_CHECK(merkle::inclusion_proof(index, size, read).value() == hashes_of(proof));
        BOOST_TEST(merkle::verify_inclusion(index, size, leaves[static_cast<std::size_t>(index)], hashes_of(proof), root(size))
                       .has_value());
    }
    for (json::Value const& value : array("consistency")) {
        json::Object const& proof = *value.as_object();
        auto const first = *proof.find("first")->as_int();
        auto const second = *proof.find("second")->as_int();
        BOOST_CHECK(merkle::consistency_proof(first, second, read).value() == hashes_of(proof));
        BOOST_TEST(merkle::verify_consistency(first, second, root(first), root(second), hashes_of(proof)).has_value());
    }
}

BOOST_AUTO_TEST_CASE(checkpoints_and_proof_texts) {
    Ed25519Signer const signer(SecretBytes(hash("seed").bytes));
    BOOST_TEST(to_hex(Hash32{signer.public_key()}) == text("public_key"));
    auto const key = note::make_key(text("origin"), signer.public_key()).value();
    BOOST_TEST(note::to_vkey(key) == text("vkey"));
    BOOST_TEST(sign_checkpoint({text("origin"), 2, root(2)}, signer) == text("checkpoint_2"));
    BOOST_TEST(sign_checkpoint({text("origin"), 5, root(5)}, signer) == text("checkpoint"));
    BOOST_TEST(open_checkpoint(text("checkpoint"), key).value().size == 5);

    auto const proof = parse_proof(text("proof_3")).value();
    BOOST_TEST(write_proof(proof) == text("proof_3"));
    BOOST_TEST(verify_proof(proof, leaves[3], key).value().size == 5);
    BOOST_TEST(!verify_proof(proof, leaves[2], key).has_value());
}

BOOST_AUTO_TEST_CASE(bundle_and_trailer) {
    std::string bundle;
    for (std::string const& line : lines) BOOST_TEST(tile::append_to_bundle(line, bundle).has_value());
    BOOST_TEST(to_hex(bundle) == text("bundle"));
    json::Object const inner{{"entries", 5}, {"first_seq", 0}, {"last_seq", 4}, {"checkpoint", text("checkpoint")}};
    BOOST_TEST(json::write(json::Object{{"trailer", inner}}) == trailer);
}

BOOST_AUTO_TEST_CASE(commitments_and_tags) {
    ContactKey const key(SecretBytes(hash("contact_key").bytes));
    BOOST_CHECK(key.salt(text("account"), text("phone")) == hash("salt"));
    BOOST_CHECK(key.contact(text("account"), text("phone")) == hash("contact"));
    BOOST_CHECK(key.check_value() == hash("check_value"));
    BOOST_CHECK(key.message_id(text("account"), "twilio", "SM1") == hash("message_id"));
    json::Object const& request = *vectors.find("request")->as_object();
    BOOST_TEST(to_hex(key.request_key(text("account"), "changes", "chg-991", 7)) == request.string("key"));
    BOOST_TEST(to_hex(key.request_body(text("content"))) == request.string("body"));
    BOOST_CHECK(content_commitment(hash("content_salt"), text("content")) == hash("commitment"));
}

// The vectors are of our own making: another run of their maker has to make the same.
BOOST_AUTO_TEST_CASE(vectors_are_what_their_maker_makes) {
    std::string const command = "python3 '" + cl::test::source_dir().string() + "/tests/golden/core/make.py' --check";
    BOOST_TEST(std::system(command.c_str()) == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl
