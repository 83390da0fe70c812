// The file `renaming`: this directory's ledger takes a new name, and has signed nothing under it but the tree up to that entry (docs/promises.md "A new name").
// It is written before the ledger.restored that gives the name and goes when `head` knows the name, so that a start that was cut short in
// between can be finished. No backup has it: another copy of the ledger cannot tell whether the name was used.
//
// Threads: the one that opens the service, which holds the directory's lock.
#pragma once

#include "ledger/core/error.hpp"
#include "ledger/core/hash32.hpp"
#include "ledger/service/data_dir.hpp"

namespace cl::service {

/// Before the entry of that leaf hash is appended. On disk on return. errc::io.
[[nodiscard]] Result<void> begin_renaming(DataDir const& dir, Hash32 const& leaf);

/// Whether the entry of that leaf hash was to give the name, and end_renaming has not come since. A file that cannot be read says no.
[[nodiscard]] bool renaming_by(DataDir const& dir, Hash32 const& leaf);

/// Once `head` has a checkpoint under the name, and before anybody is shown one. No power cut brings the file back after it; there need be
/// none. errc::io.
[[nodiscard]] Result<void> end_renaming(DataDir const& dir);

}  // namespace cl::service
