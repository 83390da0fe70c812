// Growing an RFC 6962 tree and checking proofs. Making proofs is in merkle_proof.cpp: only that needs stored nodes.
#include "ledger/core/merkle.hpp"

#include "ledger/core/sha256.hpp"

#include <bit>
#include <stdexcept>

namespace cl::merkle {
namespace {

std::uint64_t to_bits(Size size) {
    return static_cast<std::uint64_t>(size);
}

Error refuse(std::string why) {
    return fail(errc::proof_invalid, std::move(why));
}

/// RFC 9162 2.1.3.2 step 4 and 2.1.4.2 step 6: the place in the tree while a proof is walked from the leaf to the root.
struct Walk {
    std::uint64_t node;  ///< fn
    std::uint64_t last;  ///< sn

    /// Whether the next hash of the proof stands to the left.
    [[nodiscard]] bool joins_left() const { return (node & 1) != 0 || node == last; }
    void skip_to_left_turn() {
        while ((node & 1) == 0 && node != 0) {
            up();
        }
    }
    void up() {
        node >>= 1;
        last >>= 1;
    }
};

}  // namespace

Hash32 empty_root() {
    return sha256(std::string_view{});
}

Frontier::Frontier(Size size, std::vector<Hash32> peaks) : size_(size), peaks_(std::move(peaks)) {
    if (size < 0 || peaks_.size() != static_cast<std::size_t>(std::popcount(to_bits(size)))) {
        throw std::logic_error("a tree of this size has another number of complete subtrees");
    }
}

void Frontier::append(Hash32 const& leaf) {
    append_subtree(0, leaf);
}

void Frontier::append_subtree(int level, Hash32 const& root) {
    if (level < 0 || level > 62 || (to_bits(size_) & ((std::uint64_t{1} << level) - 1)) != 0) {
        throw std::logic_error("the tree's end is not where a subtree of this level can stand");
    }
    // Each set bit from `level` upward is a peak as large as the subtree has become: the two join.
    Hash32 joined = root;
    for (std::uint64_t bits = to_bits(size_) >> level; (bits & 1) != 0; bits >>= 1) {
        joined = node_hash(peaks_.back(), joined);
        peaks_.pop_back();
    }
    peaks_.push_back(joined);
    size_ += Size{1} << level;
}

Hash32 Frontier::root() const {
    if (peaks_.empty()) {
        return empty_root();
    }
    Hash32 root = peaks_.back();
    for (std::size_t i = peaks_.size() - 1; i-- > 0;) {
        root = node_hash(peaks_[i], root);
    }
    return root;
}

Result<void> verify_inclusion(Size index, Size size, Hash32 const& leaf, std::vector<Hash32> const& proof, Hash32 const& root) {
    if (index < 0 || index >= size) {
        return refuse("the index is not within the tree");
    }
    Walk walk{to_bits(index), to_bits(size - 1)};
    // The length follows from index and size alone; checking it first leaves no room for padding.
    auto const inner = static_cast<int>(std::bit_width(walk.node ^ walk.last));
    int const border = inner > 63 ? 0 : std::popcount(walk.node >> inner);
    if (proof.size() != static_cast<std::size_t>(inner + border)) {
        return refuse("an inclusion proof for this index and size has another length");
    }
    Hash32 hash = leaf;
    for (Hash32 const& sibling : proof) {
        if (walk.joins_left()) {
            hash = node_hash(sibling, hash);
            walk.skip_to_left_turn();
        } else {
            hash = node_hash(hash, sibling);
        }
        walk.up();
    }
    if (hash != root) {
        return refuse("the inclusion proof leads to another root");
    }
    return {};
}

namespace {

/// RFC 9162 2.1.4.2 for 0 < first < second.
Result<void> walk_consistency(Size first, Size second, Hash32 const& first_root, Hash32 const& second_root,
                              std::vector<Hash32> const& proof) {
    Walk walk{to_bits(first - 1), to_bits(second - 1)};
    while ((walk.node & 1) != 0) {
        walk.up();
    }
    // A first tree that is complete is itself the node that the proof starts from, so the proof leaves it out.
    bool const implied = std::has_single_bit(to_bits(first));
    if (!implied && proof.empty()) {
        return refuse("the consistency proof is empty");
    }
    Hash32 old_hash = implied ? first_root : proof.front();
    Hash32 new_hash = old_hash;
    for (std::size_t i = implied ? 0 : 1; i < proof.size(); ++i) {
        if (walk.last == 0) {
            return refuse("the consistency proof is too long");
        }
        if (walk.joins_left()) {
            old_hash = node_hash(proof[i], old_hash);
            new_hash = node_hash(proof[i], new_hash);
            walk.skip_to_left_turn();
        } else {
            new_hash = node_hash(new_hash, proof[i]);
        }
        walk.up();
    }
    if (walk.last != 0) {
        return refuse("the consistency proof is too short");
    }
    if (old_hash != first_root || new_hash != second_root) {
        return refuse("the consistency proof leads to other roots");
    }
    return {};
}

}  // namespace

Result<void> verify_consistency(Size first, Size second, Hash32 const& first_root, Hash32 const& second_root,
                                std::vector<Hash32> const& proof) {
    if (first < 0 || first > second) {
        return refuse("the first tree is larger than the second");
    }
    if (first != 0 && first != second) {
        return walk_consistency(first, second, first_root, second_root, proof);
    }
    if (!proof.empty()) {
        return refuse("a consistency proof for these sizes is empty");
    }
    if (first == 0 && first_root != empty_root()) {
        return refuse("the root of size 0 is not that of the empty tree");
    }
    if (first == second && first_root != second_root) {
        return refuse("two trees of one size have different roots");
    }
    return {};
}

}  // namespace cl::merkle
