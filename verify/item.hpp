// One entry on its way through the verifier: read once, hashed and decoded once (on any core), then judged in order.
//
// Threads: prepare() is pure; each batch belongs to one thread at a time.
#pragma once

#include "ledger/consent/kinds.hpp"
#include "ledger/core/entry.hpp"
#include "ledger/core/note.hpp"
#include "verify/source.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cl::verify {

struct Item {
    std::optional<Seq> place;
    Hash32 leaf;
    std::optional<Entry> entry;          ///< if it decodes
    std::optional<Envelope> envelope;    ///< of an entry of another format version
    std::optional<Error> fault;          ///< why there is no entry
    std::optional<consent::Kind> kind;   ///< nothing for one that this program does not know
    std::optional<Error> content_fault;  ///< well-formed, but not what its kind holds
};

enum class Signature {
    valid,
    other_name,  ///< of the key's own bytes, under another name: of a ledger that was restored and had to take a new one
    invalid,
    malformed,
    unchecked,
};

/// A stored checkpoint, its signature looked at.
struct CheckedNote {
    merkle::Size row_size = 0;  ///< the size that it is stored under
    Checkpoint checkpoint;
    Signature signature = Signature::unchecked;
    std::string note;
};

/// A batch after the work that needs no order.
struct Prepared {
    std::vector<Item> items;
    std::vector<Hash32> block_roots;  ///< of the complete blocks of 256 from the first item whose place is a multiple of 256
    std::size_t first_block = 0;      ///< index of that item
    std::vector<CheckedNote> checkpoints;
    std::vector<StoredTile> tiles;
    std::vector<IntegrityFinding> findings;
    std::vector<Incomplete> incomplete;
};

/// Hashes and decodes one entry.
[[nodiscard]] Item to_item(Row row);

/// Hashes, decodes, verifies signatures (with `key`, if there is one). `first_place`: how many rows came before this batch.
[[nodiscard]] Prepared prepare(Batch batch, merkle::Size first_place, note::VerifierKey const* key);

/// Parses a note and looks at its signature. `where` is not touched.
[[nodiscard]] CheckedNote check_note(std::string note, note::VerifierKey const* key);

}  // namespace cl::verify
