// The RFC 6962 tree over the entries as they are read, and the stored tiles beside it: each full tile must hold the hashes that were
// computed.
//
// Threads: a Tree belongs to one thread.
#pragma once

#include "ledger/core/merkle.hpp"
#include "verify/integrity_log.hpp"
#include "verify/item.hpp"

#include <array>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace cl::verify {

class Tree {
public:
    Tree(IntegrityLog& log, bool expects_tiles) : log_(log), expects_tiles_(expects_tiles) {}

    /// The stored tiles that the next entries complete. Replaces what was offered before.
    void offer(std::vector<StoredTile> tiles);
    void append(Hash32 const& leaf);
    /// 256 leaves at once, with the root of their subtree; size() must be a multiple of 256.
    void append_block(std::span<Item const> items, Hash32 const& root);

    [[nodiscard]] merkle::Size size() const noexcept { return frontier_.size(); }
    [[nodiscard]] Hash32 root() const { return frontier_.root(); }
    [[nodiscard]] std::int64_t tiles_compared() const noexcept { return compared_; }

private:
    struct Level {
        std::string hashes;      ///< of the tile that is being filled
        merkle::Size index = 0;  ///< of that tile
    };
    void add(std::size_t level, Hash32 const& hash);
    void complete(std::size_t level, Hash32 const* root);
    void compare(std::size_t level);

    IntegrityLog& log_;
    bool expects_tiles_;
    merkle::Frontier frontier_;
    std::array<Level, 8> levels_;
    std::map<std::pair<int, merkle::Size>, std::string> offered_;
    std::int64_t compared_ = 0;
};

}  // namespace cl::verify
