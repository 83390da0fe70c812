// Trees, and the 196 vectors of transparency-dev/merkle.
#include "ledger/core/merkle.hpp"

#include "ledger/core/limits.hpp"
#include "ledger/core/sha256.hpp"
#include "tests/unit/core/samples.hpp"

namespace cl::merkle {
namespace {

Frontier tree_of(Size size) {
    Frontier tree;
    for (Size i = 0; i < size; ++i) tree.append(sha256(std::to_string(i)));
    return tree;
}

/// One vector file. A leaf index of 2^64-1, which our index type excludes, is read as -1.
json::Object read_vector(std::filesystem::path const& path) {
    std::string text = test::file_text(path);
    std::string const beyond = "18446744073709551615";
    if (auto const place = text.find(beyond); place != std::string::npos) text.replace(place, beyond.size(), "-1");
    auto const value = json::parse(text, 1'000'000);
    BOOST_REQUIRE_MESSAGE(value, path << ": " << value.error().detail);
    return *value->as_object();
}

/// A hash of a vector. Some are shorter than 32 bytes ("don't care"): padded, so that the rest of the vector decides. An empty one is
/// no hash, and no call of ours could pass it.
std::optional<Hash32> vector_hash(json::Value const& value) {
    std::string bytes = from_base64(*value.as_string()).value();
    if (bytes.empty()) return std::nullopt;
    bytes.resize(32);
    return hash_from_bytes(bytes).value();
}

/// The proof, or nothing where it has hashes that are not 32 bytes: no proof of ours can hold them.
std::optional<std::vector<Hash32>> vector_proof(json::Object const& vector) {
    std::vector<Hash32> proof;
    auto const* const array = vector.find("proof")->as_array();
    if (array == nullptr) return proof;
    for (json::Value const& hash : *array) {
        auto const bytes = hash_from_bytes(from_base64(*hash.as_string()).value());
        if (!bytes) return std::nullopt;
        proof.push_back(*bytes);
    }
    return proof;
}

std::vector<std::filesystem::path> vector_files(std::string const& kind) {
    std::vector<std::filesystem::path> files;
    auto const folder = test::shared_vectors("merkle/" + kind);
    if (folder.empty()) return files;
    for (auto const& file : std::filesystem::recursive_directory_iterator(folder)) {
        if (file.is_regular_file()) files.push_back(file.path());
    }
    BOOST_TEST(files.size() == 98U);
    return files;
}

BOOST_AUTO_TEST_SUITE(merkle)

BOOST_AUTO_TEST_CASE(inclusion_vectors) {
    for (auto const& file : vector_files("inclusion")) {
        BOOST_TEST_CONTEXT(file) {
            json::Object const vector = read_vector(file);
            auto const proof = vector_proof(vector);
            auto const leaf = vector_hash(*vector.find("leafHash"));
            auto const root = vector_hash(*vector.find("root"));
            bool const ok =
                proof && leaf && root &&
                verify_inclusion(*vector.find("leafIdx")->as_int(), *vector.find("treeSize")->as_int(), *leaf, *proof, *root);
            BOOST_TEST(ok != *vector.find("wantErr")->as_bool());
        }
    }
}

// The vectors refuse every proof from size 0 as meaningless; C2SP witnesses take the empty proof from the empty tree, and so do we.
BOOST_AUTO_TEST_CASE(consistency_vectors) {
    auto const files = vector_files("consistency");
    int special = 0;
    for (auto const& file : files) {
        BOOST_TEST_CONTEXT(file) {
            json::Object const vector = read_vector(file);
            auto const proof = vector_proof(vector);
            Size const first = *vector.find("size1")->as_int();
            Size const second = *vector.find("size2")->as_int();
            Hash32 const first_root = vector_hash(*vector.find("root1")).value();
            Hash32 const second_root = vector_hash(*vector.find("root2")).value();
            bool const from_nothing = first == 0 && proof && proof->empty() && first_root == empty_root() &&
                                      (second > 0 || second_root == empty_root());
            special += from_nothing ? 1 : 0;
            bool const ok = proof && verify_consistency(first, second, first_root, second_root, *proof);
            BOOST_TEST(ok == (from_nothing || !*vector.find("wantErr")->as_bool()));
        }
    }
    BOOST_TEST(special == (files.empty() ? 0 : 1));
}

BOOST_AUTO_TEST_CASE(empty_tree) {
    BOOST_TEST(to_hex(empty_root()) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    BOOST_CHECK(Frontier().root() == empty_root());
    BOOST_TEST(verify_consistency(0, 0, empty_root(), empty_root(), {}).has_value());
    BOOST_TEST(verify_consistency(0, 5, empty_root(), tree_of(5).root(), {}).has_value());
    BOOST_CHECK(verify_consistency(0, 0, tree_of(1).root(), tree_of(1).root(), {}).error().code == errc::proof_invalid);
    BOOST_CHECK(verify_consistency(0, 0, empty_root(), tree_of(1).root(), {}).error().code == errc::proof_invalid);
    BOOST_CHECK(verify_consistency(0, 0, empty_root(), empty_root(), {Hash32{}}).error().code == errc::proof_invalid);
    BOOST_CHECK(verify_consistency(0, 5, empty_root(), tree_of(5).root(), {Hash32{}}).error().code == errc::proof_invalid);
    BOOST_CHECK(verify_consistency(0, 5, Hash32{}, tree_of(5).root(), {}).error().code == errc::proof_invalid);
}

BOOST_AUTO_TEST_CASE(small_trees_by_hand) {
    auto const leaf = [](int i) { return sha256(std::to_string(i)); };
    BOOST_CHECK(tree_of(1).root() == leaf(0));
    BOOST_CHECK(tree_of(2).root() == node_hash(leaf(0), leaf(1)));
    BOOST_CHECK(tree_of(3).root() == node_hash(node_hash(leaf(0), leaf(1)), leaf(2)));
    BOOST_TEST(tree_of(6).peaks().size() == 2U);
    BOOST_TEST(tree_of(7).peaks().size() == 3U);
    BOOST_TEST(tree_of(8).peaks().size() == 1U);
    BOOST_TEST(tree_of(8).size() == 8);
}

BOOST_AUTO_TEST_CASE(frontier_goes_on_from_its_peaks) {
    for (Size size = 0; size < 40; ++size) {
        Frontier const before = tree_of(size);
        Frontier again(size, before.peaks());
        again.append(sha256(std::to_string(size)));
        BOOST_CHECK(again.root() == tree_of(size + 1).root());
    }
    BOOST_CHECK_THROW(Frontier(3, {Hash32{}}), std::logic_error);
    BOOST_CHECK_THROW(Frontier(-1, {}), std::logic_error);
}

BOOST_AUTO_TEST_CASE(subtrees_append_as_their_leaves_do) {
    Frontier subtree;
    for (int i = 256; i < 512; ++i) subtree.append(sha256(std::to_string(i)));
    Frontier tree = tree_of(256);
    tree.append_subtree(8, subtree.root());
    BOOST_CHECK(tree.root() == tree_of(512).root());
    BOOST_TEST(tree.size() == 512);
    Frontier odd = tree_of(257);
    BOOST_CHECK_THROW(odd.append_subtree(8, subtree.root()), std::logic_error);
    BOOST_CHECK_THROW(tree.append_subtree(-1, Hash32{}), std::logic_error);
    BOOST_CHECK_THROW(tree.append_subtree(63, Hash32{}), std::logic_error);
}

BOOST_AUTO_TEST_CASE(out_of_range_is_refused_before_anything_is_read) {
    bool asked = false;
    NodeReader const read = [&asked](int, Size) -> Result<Hash32> {
        asked = true;
        return Hash32{};
    };
    for (auto const& [index, size] : {std::pair<Size, Size>{0, 0}, {5, 5}, {-1, 5}, {6, 5}}) {
        BOOST_CHECK(inclusion_proof(index, size, read).error().code == errc::proof_invalid);
        BOOST_CHECK(verify_inclusion(index, size, Hash32{}, {}, Hash32{}).error().code == errc::proof_invalid);
    }
    for (auto const& [first, second] : {std::pair<Size, Size>{6, 5}, {-1, 5}, {-2, -1}}) {
        BOOST_CHECK(consistency_proof(first, second, read).error().code == errc::proof_invalid);
        BOOST_CHECK(verify_consistency(first, second, Hash32{}, Hash32{}, {}).error().code == errc::proof_invalid);
    }
    BOOST_TEST(consistency_proof(0, 5, read).value().empty());
    BOOST_TEST(consistency_proof(5, 5, read).value().empty());
    BOOST_TEST(!asked);
}

BOOST_AUTO_TEST_CASE(a_reader_that_fails_fails_the_proof) {
    NodeReader const read = [](int, Size) -> Result<Hash32> { return fail(errc::store_corrupt, "gone"); };
    BOOST_CHECK(inclusion_proof(1, 5, read).error().code == errc::store_corrupt);
    BOOST_CHECK(consistency_proof(3, 5, read).error().code == errc::store_corrupt);
}

BOOST_AUTO_TEST_CASE(the_largest_tree_has_proofs_too) {
    constexpr Size largest = std::numeric_limits<Size>::max();
    NodeReader const read = [](int level, Size index) -> Result<Hash32> {
        return sha256({std::to_string(level), "/", std::to_string(index)});
    };
    auto const proof = inclusion_proof(largest - 1, largest, read);
    BOOST_REQUIRE(proof.has_value());
    BOOST_TEST(proof->size() <= limits::proof_hashes);
    BOOST_TEST(!verify_inclusion(largest - 1, largest, Hash32{}, *proof, Hash32{}).has_value());
    BOOST_TEST(consistency_proof(largest - 1, largest, read).value().size() <= limits::proof_hashes);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::merkle
