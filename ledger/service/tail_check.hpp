// What is checked of a ledger on every start, before anything is believed: the last entries against their tiles and each other, the tree's
// right edge, the newest stored checkpoint.
//
// Threads: belongs to whoever owns the reader.
#pragma once

#include "ledger/core/clock.hpp"
#include "ledger/core/note.hpp"
#include "ledger/log/log_store.hpp"
#include "ledger/service/tree.hpp"

#include <array>
#include <string>
#include <vector>

namespace cl::service {

struct Tail {
    log::Head head;
    Seq first = 0;  ///< re-hashed from here on
    Edge edge;
    Millis recorded_at = 0;     ///< of the last entry
    std::vector<Seq> erasures;  ///< subject.erased entries among those re-hashed
    /// The newest ledger.restored among them, and the name that it gives.
    struct Renamed {
        Seq seq = -1;
        std::string origin;
    } renamed;
};

/// Re-hashes the last limits::tail_rehash_entries entries: leaf hashes against the full tiles, `prev`, `seq`; then the newest full tile
/// of each upper level against the level below, and the edge. errc::chain_broken or errc::store_corrupt name the seq.
[[nodiscard]] Result<Tail> check_tail(log::LogReader& log);

/// The right edge of the tree of `size`, from its full tiles and the entries after them. errc::store_corrupt, chain_broken.
[[nodiscard]] Result<Edge> read_edge(log::LogReader& log, merkle::Size size);

/// The newest stored checkpoint must be signed by `key` (under whichever origin) and have the root of the tree at its size. Returns it,
/// or size -1 if none is stored. errc::chain_broken, signature_invalid, note_malformed.
[[nodiscard]] Result<Checkpoint> check_stored_checkpoint(log::LogReader& log, Edge const& edge,
                                                         std::array<std::uint8_t, 32> const& key);

/// Opens a checkpoint that this key signed under the origin that the checkpoint itself names.
[[nodiscard]] Result<Checkpoint> open_own_checkpoint(std::string_view note, std::array<std::uint8_t, 32> const& key);

}  // namespace cl::service
