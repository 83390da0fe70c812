// Opening a data directory: every check that stands between a file on a disk and the first signature (docs/promises.md "The checks of a start").
// The order matters: keys, the ledger's tail, its head, only then anything that deletes.
//
// Threads: on the thread that opens the service.
#pragma once

#include "ledger/service/core.hpp"
#include "ledger/service/data_dir.hpp"
#include "ledger/service/head_file.hpp"
#include "ledger/service/tail_check.hpp"

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace cl::service {

/// Reads both keys and compares them with entry 0. errc::key_missing, key_mismatch, store_foreign.
struct Keys {
    SecretBytes signing;
    SecretBytes contact;
    std::string first_origin;  ///< of ledger.created
};
[[nodiscard]] Result<Keys> check_keys(DataDir const& dir, log::LogReader& log);

/// What was signed of a ledger by `key`, the head's first, then the newest stored checkpoint, for whoever must not sign an older one.
/// errc::rollback_detected without a head of that key; signature_invalid, note_malformed.
[[nodiscard]] Result<std::vector<Checkpoint>> signed_before(HeadFile::Content const& head, log::LogReader& log,
                                                            std::array<std::uint8_t, 32> const& key);

/// The name under which the ledger signs: of its newest ledger.restored, which the tail holds, or the newest stored checkpoint knows; else
/// entry 0's. What `head` says is compared with it: an old head must not bring a name back that was given up.
[[nodiscard]] std::string origin_in_force(Tail const& tail, Checkpoint const& stored, std::string const& first_origin);

/// Compares the file `head` with the ledger (docs/promises.md "Head guard").
struct HeadVerdict {
    std::optional<Checkpoint> known;  ///< what the head file says, if it says anything
    std::optional<Error> violation;   ///< rollback_detected, with what to do
};
[[nodiscard]] Result<HeadVerdict> check_head(DataDir const& dir, log::LogReader& log, Edge const& edge,
                                             std::array<std::uint8_t, 32> const& key, std::string const& origin);

/// Removes what a crash between the vault's COMMIT and the ledger's left, if it can be nothing else; errc::vault_orphans otherwise.
[[nodiscard]] Result<void> settle_orphans(log::LogStore& store, Seq size, bool head_passed, Core const& core);

/// The state of a store that passed.
struct Recovered {
    Tail tail;
    std::string origin;
};
/// Everything up to the projections; with an accepted rollback also the entry ledger.restored. Fills core.store's followers: origin.
[[nodiscard]] Result<Recovered> recover(DataDir const& dir, Core& core, std::string const& first_origin,
                                        Options const& options);

}  // namespace cl::service
