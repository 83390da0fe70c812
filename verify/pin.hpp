// The pin: what this user last saw of a ledger, kept in a file of theirs between runs (trust on first use). A later run must be a
// continuation of it. A small JSON text; its fields are in docs/verifier.md.
//
// Threads: plain values and functions without state, any thread.
#pragma once

#include "ledger/core/error.hpp"
#include "ledger/core/hash32.hpp"
#include "ledger/core/merkle.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace cl::verify {

struct Pin {
    std::string origin;
    std::string key;  ///< vkey
    merkle::Size size = 0;
    Hash32 root;
    std::string checkpoint;  ///< the newest signed checkpoint that was confirmed, verbatim; may be empty
    friend bool operator==(Pin const&, Pin const&) = default;
};

/// Nothing if there is no such file yet. errc::malformed, io.
[[nodiscard]] Result<std::optional<Pin>> read_pin(std::filesystem::path const& path);

/// Replaces the file whole (replace_file). errc::io.
[[nodiscard]] Result<void> write_pin(std::filesystem::path const& path, Pin const& pin);

}  // namespace cl::verify
