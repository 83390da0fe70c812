// Making RFC 6962 proofs out of stored complete subtrees.
#include "ledger/core/merkle.hpp"
#include "ledger/core/sha256.hpp"

#include <algorithm>
#include <bit>

namespace cl::merkle {
namespace {

/// RFC 6962 2.1: the largest power of two below `count`, which is at least 2.
Size split(Size count) {
    return static_cast<Size>(std::bit_floor(static_cast<std::uint64_t>(count - 1)));
}

/// MTH of leaves [begin, end), where `begin` is a place at which the RFC's recursion can arrive: it is a chain of complete
/// subtrees of falling size, joined from the right.
Result<Hash32> range_root(Size begin, Size end, NodeReader const& read) {
    std::vector<Hash32> peaks;
    while (begin < end) {
        int const level = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(end - begin))) - 1;
        CL_TRY_ASSIGN(Hash32 const peak, read(level, begin >> level));
        peaks.push_back(peak);
        begin += Size{1} << level;
    }
    Hash32 root = peaks.back();
    for (std::size_t i = peaks.size() - 1; i-- > 0;) {
        root = node_hash(peaks[i], root);
    }
    return root;
}

}  // namespace

Result<std::vector<Hash32>> inclusion_proof(Size index, Size size, NodeReader const& read) {
    if (index < 0 || index >= size) {
        return fail(errc::proof_invalid, "the index is not within the tree");
    }
    std::vector<Hash32> proof;
    Size begin = 0;
    Size end = size;
    while (end - begin > 1) {
        Size const middle = begin + split(end - begin);
        bool const left = index < middle;
        CL_TRY_ASSIGN(Hash32 const sibling, left ? range_root(middle, end, read) : range_root(begin, middle, read));
        proof.push_back(sibling);
        (left ? end : begin) = middle;
    }
    std::reverse(proof.begin(), proof.end());
    return proof;
}

Result<std::vector<Hash32>> consistency_proof(Size first, Size second, NodeReader const& read) {
    if (first < 0 || first > second) {
        return fail(errc::proof_invalid, "the first tree is larger than the second");
    }
    std::vector<Hash32> proof;
    if (first == 0 || first == second) {
        return proof;
    }
    Size begin = 0;
    Size end = second;
    bool whole = true;  // the subtree that ends at `first` is the first tree itself, whose root the verifier has
    while (end != first) {
        Size const middle = begin + split(end - begin);
        bool const left = first <= middle;
        CL_TRY_ASSIGN(Hash32 const sibling, left ? range_root(middle, end, read) : range_root(begin, middle, read));
        proof.push_back(sibling);
        (left ? end : begin) = middle;
        whole = whole && left;
    }
    if (!whole) {
        CL_TRY_ASSIGN(Hash32 const base, range_root(begin, end, read));
        proof.push_back(base);
    }
    std::reverse(proof.begin(), proof.end());
    return proof;
}

}  // namespace cl::merkle
