// The pipeline: one thread reads batches, several prepare them (hash, decode, verify signatures), the calling thread judges them in
// order. Memory is bounded by the number of batches in flight.
//
// Threads: run_pipeline starts its own and has joined them when it returns. `source` is used by one of them only; `consume` is called on
// the calling thread.
#pragma once

#include "verify/item.hpp"
#include "verify/source.hpp"

#include <functional>
#include <optional>

namespace cl::verify {

/// Reads `source` to its end; `first` entries of it were read before. Returns what ended the reading early, if anything did; all that was read before was consumed. Exceptions of
/// `consume` pass through.
[[nodiscard]] std::optional<Error> run_pipeline(Source& source, merkle::Size first, note::VerifierKey const* key,
                                                unsigned workers, std::function<void(Prepared)> const& consume);

}  // namespace cl::verify
