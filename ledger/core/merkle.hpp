// The RFC 6962 tree: root and proofs of an append-only list of leaf hashes.
//
// Threads: a Frontier belongs to one thread; the functions are pure.
#pragma once

#include "ledger/core/hash32.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace cl::merkle {

/// Number of leaves, or an index below it; never negative, never beyond 2^63-1 (C2SP).
using Size = std::int64_t;

/// Root of the empty tree: SHA-256 of nothing.
[[nodiscard]] Hash32 empty_root();

/// The roots of the complete subtrees that make up the tree so far, largest first: all that appending needs.
class Frontier {
public:
    Frontier() = default;
    /// From the roots of the complete subtrees of a tree of `size` (as many as `size` has one bits).
    Frontier(Size size, std::vector<Hash32> peaks);

    void append(Hash32 const& leaf);
    /// Appends a whole complete subtree of 2^level leaves; size() must be a multiple of 2^level.
    void append_subtree(int level, Hash32 const& root);
    [[nodiscard]] Size size() const noexcept { return size_; }
    [[nodiscard]] Hash32 root() const;
    [[nodiscard]] std::vector<Hash32> const& peaks() const noexcept { return peaks_; }

private:
    Size size_ = 0;
    std::vector<Hash32> peaks_;
};

/// The hash of the complete subtree `index` at `level` (2^level leaves, from leaf index * 2^level). Only asked for complete ones.
using NodeReader = std::function<Result<Hash32>(int level, Size index)>;

/// RFC 6962 2.1.1: leaf's sibling first. errc::proof_invalid unless 0 <= index < size. Fails as `read` fails.
[[nodiscard]] Result<std::vector<Hash32>> inclusion_proof(Size index, Size size, NodeReader const& read);
/// RFC 6962 2.1.2. errc::proof_invalid unless 0 <= first <= second; empty for first = 0 and first = second.
[[nodiscard]] Result<std::vector<Hash32>> consistency_proof(Size first, Size second, NodeReader const& read);

/// RFC 9162 2.1.3.2, with the exact proof length required. errc::proof_invalid says why not.
[[nodiscard]] Result<void> verify_inclusion(Size index, Size size, Hash32 const& leaf, std::vector<Hash32> const& proof,
                                            Hash32 const& root);
/// RFC 9162 2.1.4.2. Size 0 with size 0 is consistent if both roots are the empty root and the proof is empty, and size 0 with
/// any size needs an empty proof (C2SP tlog-witness).
[[nodiscard]] Result<void> verify_consistency(Size first, Size second, Hash32 const& first_root, Hash32 const& second_root,
                                              std::vector<Hash32> const& proof);

}  // namespace cl::merkle
