// C2SP tlog-tiles: where a tile is found, and the bytes of entry bundles (reference: c2sp.org/tlog-tiles).
//
// Threads: pure functions, any thread.
#pragma once

#include "ledger/core/merkle.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cl::tile {

inline constexpr int height = 8;
inline constexpr merkle::Size full_width = 256;
inline constexpr std::size_t full_bytes = 256 * 32;

/// A tile of hashes at `level` (0..63), or an entry bundle where level is `entries`.
inline constexpr int entries = -1;

struct Coord {
    int level = 0;
    merkle::Size index = 0;
    int width = 256;  ///< 1..256; 256 = full
    friend bool operator==(Coord const&, Coord const&) = default;
};

/// `tile/0/x001/x234/067`, `tile/entries/000.p/1` (no leading slash).
[[nodiscard]] std::string path(Coord const& coord);
/// Accepts only what path writes; errc::note_malformed otherwise.
[[nodiscard]] Result<Coord> parse_path(std::string_view path);

/// How wide tile (level, index) is in a tree of `size` leaves: 0..256. For entries: as level 0.
[[nodiscard]] int width_at(int level, merkle::Size index, merkle::Size size);

/// Appends `uint16 big-endian length || entry`. errc::too_large above 65,535 bytes.
[[nodiscard]] Result<void> append_to_bundle(std::string_view entry, std::string& bundle);
/// The entries of a bundle, as views into it. errc::note_malformed on a torn bundle.
[[nodiscard]] Result<std::vector<std::string_view>> split_bundle(std::string_view bundle);

/// Root of the complete subtree over hashes[begin, begin + 2^level); `hashes` as stored in a tile (32 bytes each).
[[nodiscard]] Hash32 subtree_root(std::string_view hashes, int begin, int level);

}  // namespace cl::tile
