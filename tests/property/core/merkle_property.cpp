// Trees of every size up to a few hundred, and random large ones, against a root computed the way RFC 6962 2.1 defines it.
#include "ledger/core/merkle.hpp"
#include "ledger/core/sha256.hpp"
#include "ledger/core/tile.hpp"
#include "tests/property/core/source.hpp"

#include <map>

namespace cl::merkle {
namespace {

/// MTH(D[begin:end]) by recursion: the definition, and no line of the implementation.
Hash32 defined_root(std::vector<Hash32> const& leaves, std::size_t begin, std::size_t end) {
    if (begin == end) return sha256("");
    if (end - begin == 1) return leaves[begin];
    std::size_t k = 1;
    while (k * 2 < end - begin) k *= 2;
    return node_hash(defined_root(leaves, begin, begin + k), defined_root(leaves, begin + k, end));
}

struct Tree {
    std::vector<Hash32> leaves;
    std::vector<Hash32> roots;  ///< of each size from 0
    NodeReader read = [this](int level, Size index) -> Result<Hash32> {
        auto const begin = static_cast<std::size_t>(index << level);
        auto const end = static_cast<std::size_t>((index + 1) << level);
        BOOST_REQUIRE(end <= leaves.size());
        return defined_root(leaves, begin, end);
    };

    Tree(test::Source& random, Size size) {
        for (Size i = 0; i < size; ++i) leaves.push_back(random.hash());
        for (std::size_t i = 0; i <= leaves.size(); ++i) roots.push_back(defined_root(leaves, 0, i));
    }
    [[nodiscard]] Hash32 const& root(Size size) const { return roots[static_cast<std::size_t>(size)]; }
    [[nodiscard]] Hash32 const& leaf(Size index) const { return leaves[static_cast<std::size_t>(index)]; }
};

/// One change that must not go unnoticed.
void damage(test::Source& random, std::vector<Hash32>& proof) {
    auto const last = static_cast<std::int64_t>(proof.size()) - 1;
    switch (proof.empty() ? 0 : random.number(0, 3)) {
    case 0: proof.push_back(random.hash()); break;
    case 1: proof.pop_back(); break;
    case 2: proof[static_cast<std::size_t>(random.number(0, last))].bytes[5] ^= 0x10; break;
    default: proof.insert(proof.begin(), random.hash()); break;
    }
}

BOOST_AUTO_TEST_SUITE(merkle)

BOOST_AUTO_TEST_CASE(frontier_has_the_defined_root_at_every_size) {
    test::Source random;
    Tree const tree(random, 300);
    Frontier frontier;
    for (Size size = 0; size <= 300; ++size) {
        BOOST_REQUIRE(frontier.root() == tree.root(size));
        if (size < 300) frontier.append(tree.leaf(size));
    }
}

BOOST_AUTO_TEST_CASE(every_inclusion_proof_of_every_size_verifies_and_no_damaged_one_does) {
    test::Source random;
    Tree const tree(random, 130);
    for (Size size = 1; size <= 130; ++size) {
        for (Size index = 0; index < size; ++index) {
            auto proof = inclusion_proof(index, size, tree.read).value();
            BOOST_REQUIRE(verify_inclusion(index, size, tree.leaf(index), proof, tree.root(size)));
            BOOST_REQUIRE(!verify_inclusion(index, size, random.hash(), proof, tree.root(size)));
            if (index + 1 < size) BOOST_REQUIRE(!verify_inclusion(index + 1, size, tree.leaf(index), proof, tree.root(size)));
            damage(random, proof);
            BOOST_REQUIRE(!verify_inclusion(index, size, tree.leaf(index), proof, tree.root(size)));
        }
    }
}

BOOST_AUTO_TEST_CASE(every_consistency_proof_of_every_pair_verifies_and_no_damaged_one_does) {
    test::Source random;
    Tree const tree(random, 130);
    for (Size second = 0; second <= 130; ++second) {
        for (Size first = 0; first <= second; ++first) {
            auto proof = consistency_proof(first, second, tree.read).value();
            BOOST_REQUIRE(verify_consistency(first, second, tree.root(first), tree.root(second), proof));
            BOOST_REQUIRE(!verify_consistency(first, second, random.hash(), tree.root(second), proof));
            if (first > 0) BOOST_REQUIRE(!verify_consistency(first, second, tree.root(first), random.hash(), proof));
            damage(random, proof);
            BOOST_REQUIRE(!verify_consistency(first, second, tree.root(first), tree.root(second), proof));
        }
    }
}

BOOST_AUTO_TEST_CASE(two_histories_that_differ_are_never_consistent) {
    test::Source random;
    for (int round = 0; round < 200; ++round) {
        Size const second = random.number(2, 60);
        Size const first = random.number(1, second - 1);
        Tree const one(random, second);
        Tree other = one;
        other.leaves[static_cast<std::size_t>(random.number(0, first - 1))] = random.hash();
        NodeReader const read = [&other](int level, Size index) -> Result<Hash32> {
            return defined_root(other.leaves, static_cast<std::size_t>(index << level),
                                static_cast<std::size_t>((index + 1) << level));
        };
        auto const proof = consistency_proof(first, second, read).value();
        auto const other_root = defined_root(other.leaves, 0, other.leaves.size());
        BOOST_REQUIRE(!verify_consistency(first, second, one.root(first), other_root, proof));
    }
}

// As the log stores it: full tiles of every level, and proofs that read nothing but complete subtrees within tiles.
BOOST_AUTO_TEST_CASE(proofs_read_from_tiles) {
    test::Source random;
    Size const size = random.number(70'000, 80'000);
    BOOST_TEST_MESSAGE("size " << size);
    std::map<int, std::string> rows;  // each level's tile hashes, tile after tile
    Frontier tree;
    Hash32 const seed = random.hash();
    std::vector<Hash32> leaves;
    for (Size i = 0; i < size; ++i) {
        leaves.push_back(sha256({seed.view(), std::to_string(i)}));
        tree.append(leaves.back());
        rows[0] += leaves.back().view();
    }
    for (int level = 0; rows[level].size() >= tile::full_bytes; ++level) {
        std::string const row = rows[level];
        for (std::size_t at = 0; at + tile::full_bytes <= row.size(); at += tile::full_bytes) {
            rows[level + 1] += tile::subtree_root(row.substr(at, tile::full_bytes), 0, tile::height).view();
        }
    }
    NodeReader const read = [&rows](int level, Size index) -> Result<Hash32> {
        int const tile_level = level / tile::height;
        int const within = level % tile::height;
        auto const first = static_cast<std::size_t>(index << within);
        std::size_t const tile_start = first / 256 * tile::full_bytes;
        return tile::subtree_root(std::string_view(rows.at(tile_level)).substr(tile_start), static_cast<int>(first % 256),
                                  within);
    };
    for (int round = 0; round < 300; ++round) {
        Size const index = random.number(0, size - 1);
        auto const proof = inclusion_proof(index, size, read).value();
        BOOST_REQUIRE(verify_inclusion(index, size, leaves[static_cast<std::size_t>(index)], proof, tree.root()));
    }
    Size const first = random.number(1, size - 1);
    Frontier before;
    for (Size i = 0; i < first; ++i) before.append(leaves[static_cast<std::size_t>(i)]);
    BOOST_TEST(
        verify_consistency(first, size, before.root(), tree.root(), consistency_proof(first, size, read).value()).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::merkle
